"""A saved room: what was drawn, for who saved it, and files that are none."""

from __future__ import annotations

import numpy as np
import pytest

from core.room import saved
from core.room.dataset import name_of
from core.room.room import RoomError
from core.room.saved import files_of, folder, load, save


def test_a_room_comes_back_as_it_was_without_what_was_hidden(home, room, write):
    write(room, 12, phones=3)
    room.hide(2)
    assert save(room, "owner") == 11
    (path,) = files_of(["other", "owner"])
    found = load(path)
    digits = room.digits()
    assert len(found) == len(digits)
    for each, other in zip(found, digits, strict=True):
        assert (each.label, each.phone) == (other.label, other.phone)
        assert np.array_equal(each.image, other.image)
        assert all(map(np.array_equal, each.strokes, other.strokes))
    assert saved.find(name_of(digits)) is not None
    assert saved.find(name_of(digits[1:])) is None
    assert files_of(["other"]) == files_of([]) == []
    assert "owner" not in path.name


def test_saved_again_it_is_one_file(home, room, write):
    write(room, 3)
    save(room, "owner")
    write(room, 3)
    save(room, "owner")
    (path,) = files_of(["owner"])
    assert len(load(path)) == 6


def test_strokes_can_be_read_without_this_program(home, room, write):
    write(room, 4)
    save(room, "owner")
    (path,) = folder().iterdir()
    with np.load(path, allow_pickle=False) as file:
        strokes = np.split(file["points"], np.cumsum(file["stroke_points"])[:-1])
        assert len(strokes) == file["digit_strokes"].sum()
    assert np.array_equal(strokes[0], room.digits()[0].strokes[0])


def test_an_empty_room_and_one_too_many_are_not_saved(home, room, write, monkeypatch):
    with pytest.raises(RoomError, match="nothing is drawn"):
        save(room, "owner")
    monkeypatch.setattr(saved, "MOST_SAVED", 0)
    write(room, 2)
    with pytest.raises(RoomError, match="that is the most"):
        save(room, "owner")


WRONG = {
    "nonsense": b"nonsense",
    "nothing": b"",
    "something else": {"images": np.zeros((2, 3))},
    "images of floats": {"images": np.zeros((2, 28, 28)), "labels": np.zeros(2)},
    "no digit": {"images": np.zeros((0, 28, 28), np.uint8), "labels": np.zeros(0)},
    "too few labels": {"images": np.zeros((2, 28, 28), np.uint8), "labels": np.zeros(1)},
}


@pytest.mark.parametrize("case", WRONG)
def test_a_file_that_is_no_room_is_none(tmp_path, case):
    path, content = tmp_path / "a.npz", WRONG[case]
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        strokes = {"points": np.zeros((2, 2)), "stroke_points": np.ones(2, int)}
        np.savez(path, phones=np.zeros(2), digit_strokes=np.ones(2, int), **strokes, **content)
    assert load(path) is None


def test_a_file_that_is_gone_is_none(tmp_path):
    assert load(tmp_path / "gone.npz") is None
