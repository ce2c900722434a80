"""Underlines, circles and boxes are told from digits; what is part of a digit stays."""

from __future__ import annotations

import numpy as np
import pytest

from core.drawing import prepare, prepare_all
from core.strokes.around import without_lines_around
from core.strokes.pen import Strokes
from tests.beside import AROUND, canvas_of, is_digit, side_by_side
from tests.drawn import DIGITS, FIVE, SEVEN, ZERO, curve

SIX = [curve((60, 5), (20, 60), (40, 95), (65, 75), (25, 65))]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("name", ["seven", "five", "zero"])
def test_a_line_around_one_digit_is_left_out(around, name):
    random = np.random.default_rng(1)
    beside = side_by_side([DIGITS[name]], 0, random)
    canvas = canvas_of([*beside.strokes, AROUND[around](beside, random)])
    (digit,) = prepare_all(canvas)
    assert is_digit(digit.image, DIGITS[name])
    assert np.array_equal(prepare(canvas).image, digit.image)


@pytest.mark.parametrize("around", AROUND)
def test_a_line_around_two_digits_is_left_out(around):
    random = np.random.default_rng(1)
    beside = side_by_side([SIX, FIVE], 0.25, random)
    found = prepare_all(canvas_of([AROUND[around](beside, random), *beside.strokes]))
    assert [
        is_digit(each.image, digit) for each, digit in zip(found, beside.digits, strict=True)
    ] == [True, True]


def test_two_underlines_and_a_box_of_four_strokes_are_left_out():
    low, high = -25, 125
    sides = [
        curve((low, low), (high, low)),
        curve((high, low), (high, high)),
        curve((high, high), (low, high)),
        curve((low, high), (low, low)),
    ]
    twice = [curve((10, 108), (80, 109)), curve((10, 116), (80, 117))]
    for around in (sides, twice):
        (digit,) = prepare_all(canvas_of([*SIX, *around]))
        assert is_digit(digit.image, SIX)


PARTS = {
    "the bar of a 7": SEVEN,
    "the hat of a 5": FIVE,
    "the slash of a 0": [*ZERO, curve((85, 5), (15, 95))],
    "a slash inside a 0": [*ZERO, curve((68, 25), (32, 75))],
    "a dot inside a 0": [*ZERO, curve((48, 45), (54, 55))],
    "the foot of a 2": [curve((10, 25), (35, 5), (60, 25), (10, 93)), curve((10, 93), (70, 93))],
    "the foot of a 1": [curve((30, 15), (50, 0), (50, 100)), curve((30, 100), (70, 100))],
}


@pytest.mark.parametrize("name", PARTS)
def test_what_is_part_of_a_digit_stays(name):
    lines = PARTS[name]
    points = np.concatenate(lines)
    begins = np.concatenate([np.arange(len(line)) == 0 for line in lines])
    strokes = Strokes(points, begins, np.ones(len(points)))
    assert without_lines_around(strokes) is strokes
