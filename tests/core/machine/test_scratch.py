"""A file without a name: what is put in comes out, and nothing of it can be found."""

from __future__ import annotations

import pytest

from core.machine import scratch
from core.machine.scratch import Scratch
from tests.full_disk import full


def test_every_piece_comes_back_in_any_order(home):
    file = Scratch()
    pieces = [bytes([number]) * number for number in (5, 0, 3, 250)]
    places = [file.add(piece) for piece in pieces]
    assert [file.read(place) for place in reversed(places)] == pieces[::-1]
    assert file.size == sum(map(len, pieces))


def test_it_has_no_name_in_the_folder(home):
    file = Scratch()
    file.add(b"something")
    assert list(home.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_left_for_the_machines_own(tmp_path, monkeypatch):
    (tmp_path / "a file").write_text("where the folder should be")
    monkeypatch.setenv("DIGITLAB_HOME", str(tmp_path / "a file"))
    file = Scratch()
    assert file.read(file.add(b"kept")) == b"kept"


def test_what_cannot_be_written_is_told_and_takes_no_place(home, monkeypatch):
    class Full:
        def seek(self, place):
            pass

        write = full

    monkeypatch.setattr(scratch, "_open", Full)
    file = Scratch()
    with pytest.raises(OSError, match="No space"):
        file.add(b"too much")
    assert file.size == 0
