"""What Home shows by itself is what the shipped networks do: recorded again, and compared."""

from __future__ import annotations

import json

import numpy as np
import pytest

from core.datasets.pens.collection import load as load_pens
from core.datasets.pens.collection import split
from core.demonstration import make
from core.demonstration.recording import FILE, Reading, load, packed, unpacked
from core.pretrained import load as load_network

AGAIN = "the weights changed: run python -m core.demonstration.make"


@pytest.fixture(scope="module")
def fresh():
    """The same, measured now."""
    return make.record()


def test_it_is_of_the_weights_that_ship():
    assert load().weights == load_network("default").card.weights_file, AGAIN


def test_the_digits_shown_are_read_now_as_they_were_then(fresh):
    assert len(load().digits) == len(fresh.digits) == 10
    for then, now in zip(load().digits, fresh.digits, strict=True):
        assert (then.digit, then.strokes) == (now.digit, now.strokes)
        assert then.reading.answer == now.reading.answer, AGAIN
        assert then.reading.shapes == now.reading.shapes
        np.testing.assert_allclose(then.reading.shares, now.reading.shares, atol=1e-3)
        for before, after in zip(then.reading.levels, now.reading.levels, strict=True):
            np.testing.assert_allclose(before.astype(int), after.astype(int), atol=1)


def test_what_the_cards_show_is_measured_now_as_it_was_then(fresh):
    np.testing.assert_array_equal(load().samples, fresh.samples)
    np.testing.assert_allclose(load().losses, fresh.losses, atol=0.02)
    for then, now in zip(load().steps, fresh.steps, strict=True):
        assert (then.title, then.reason) == (now.title, now.reason), AGAIN
        np.testing.assert_allclose(then.image, now.image, atol=0.005)
    assert abs(load().confusion - fresh.confusion).sum() <= 4  # other processors round otherwise
    assert load().confusion.sum() == fresh.confusion.sum() == 1_617


def test_each_digit_is_shown_once_and_the_network_never_saw_its_writer():
    learned, held_back = split(load_pens())
    assert sorted(each.digit for each in load().digits) == list(range(10))
    for each in load().digits:
        same = [pens for pens in (learned, held_back) if each.strokes in strokes_of(pens, each)]
        assert same == [held_back]


def strokes_of(pens, written) -> list:
    """All digits of this kind and with as many points, as the recording has them."""
    return [
        make.whole_strokes(pens, index)
        for index in np.flatnonzero(pens.labels == written.digit)
        if len(pens.strokes(index)) == len(written.strokes)
    ]


def test_the_lot_does_not_look_at_the_answers():
    _, held_back = split(load_pens())
    chosen = make.chosen_digits(held_back)
    assert [make.whole_strokes(held_back, each) for each in chosen] == [
        each.strokes for each in load().digits
    ]
    assert make.chosen_digits(held_back, seed=1) != chosen


def test_the_file_is_small_and_comes_back_as_it_was(fresh, tmp_path):
    assert FILE.stat().st_size <= 100_000
    file = tmp_path / "again.json"
    file.write_text(fresh.to_json(), encoding="utf-8")
    again = load(file)
    assert again.to_json() == fresh.to_json()
    assert again.digits[3].reading.shares == pytest.approx(fresh.digits[3].reading.shares, abs=1e-6)


def test_a_reading_comes_back_from_json():
    reading = load().digits[0].reading
    again = Reading.from_dict(json.loads(json.dumps(reading.to_dict())))
    assert again.shapes == reading.shapes
    for before, after in zip(reading.levels, again.levels, strict=True):
        np.testing.assert_array_equal(before, after)


def test_packed_bytes_are_unpacked():
    numbers = np.random.default_rng(0).integers(0, 256, 999, dtype=np.uint8)
    np.testing.assert_array_equal(unpacked(packed(numbers)), numbers)


def test_the_command_writes_the_file_and_says_what_is_in_it(fresh, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(make, "record", lambda: fresh)
    assert make.main(tmp_path / "recording.json") == 0
    assert "10 read correctly" in capsys.readouterr().out
    assert load(tmp_path / "recording.json").weights == fresh.weights
