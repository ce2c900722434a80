"""A drawing from a phone: a digit like any other, or a sentence about what is wrong with it."""

from __future__ import annotations

import json

import numpy as np
import pytest

from core.drawing import DrawingError, EmptyDrawing, prepare
from core.room.drawing import checked_strokes, digit_of
from core.room.limits import MOST_POINTS, MOST_STROKES, PAD
from tests.drawn import CLOSE, SEVEN
from tests.replay import canvas_json


def as_sent(strokes: list[np.ndarray]) -> list[list[int]]:
    """Strokes in a box of 100 × 100, on the pad."""
    return [(150 + 7 * stroke).round().astype(int).ravel().tolist() for stroke in strokes]


def test_a_phones_drawing_becomes_the_image_that_the_canvas_would_give():
    digit = digit_of(as_sent(SEVEN), label=7, phone=3)
    assert (digit.label, digit.phone) == (7, 3)
    expected = prepare(canvas_json(SEVEN)).image
    assert np.abs(digit.image / 255 - expected).max() < CLOSE


def test_its_strokes_are_kept_in_a_box_of_bytes():
    digit = digit_of(as_sent(SEVEN), 7, 0)
    assert digit.points.dtype == np.uint8
    assert [len(stroke) for stroke in digit.strokes] == digit.lengths.tolist()
    assert len(digit.strokes) == 2
    assert digit.points.max() == 255
    drawn = np.concatenate(SEVEN)
    kept = digit.points / 255 * np.ptp(drawn, axis=0).max() + drawn.min(0)
    apart = np.linalg.norm(kept[:, None] - drawn, axis=2)
    assert apart.min(axis=1).max() < 0.5  # of 100: every point that is kept was drawn


def test_strokes_apart_are_one_digit_as_one_was_asked_for():
    two_lines = [[100, 100, 100, 800], [700, 100, 700, 800]]
    assert digit_of(two_lines, 0, 0).image.any()


def test_a_dot_is_no_digit():
    with pytest.raises(EmptyDrawing, match="only a dot"):
        digit_of([[500, 500, 503, 502]], 1, 0)


WRONG = {
    "nothing": None,
    "a text": "[[1, 2]]",
    "an object": {"strokes": []},
    "no list of numbers": [1, 2],
    "an empty stroke": [[]],
    "half a point": [[1, 2, 3]],
    "texts": [["1", "2"]],
    "true and false": [[True, False]],
    "parts of units": [[0.5, 0.5]],
    "what is no number": [[float("nan"), 1]],
    "off the pad": [[0, PAD + 1]],
    "below the pad": [[-1, 0]],
    "lists in lists": [[[1], [2]]],
    "too many strokes": [[1, 1]] * (MOST_STROKES + 1),
    "too many points": [[1, 1] * (MOST_POINTS + 1)],
}


@pytest.mark.parametrize("case", WRONG)
def test_whatever_else_a_phone_sends_is_refused_in_words(case):
    with pytest.raises(DrawingError, match="Press Clear and draw again"):
        checked_strokes(WRONG[case])


def test_an_empty_pad_is_no_drawing():
    with pytest.raises(EmptyDrawing):
        checked_strokes([])


def test_the_largest_drawing_is_as_large_as_the_limits_say():
    strokes = [[PAD, PAD] * MOST_POINTS]
    assert len(checked_strokes(strokes)[0]) == MOST_POINTS
    assert len(json.dumps(strokes, separators=(",", ":"))) <= 11_000
