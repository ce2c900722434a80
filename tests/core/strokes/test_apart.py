"""Digits side by side are taken apart, and what belongs together stays together."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from core.datasets.pens.collection import Pens, load
from core.drawing import SeveralDigits, prepare, prepare_all, prepare_one
from tests.beside import canvas_of, is_digit, outcome, side_by_side
from tests.drawn import DIGITS, FIVE, ONE, SEVEN, ZERO, curve, dot

FOUR = [curve((30, 5), (5, 60), (75, 60)), curve((60, 30), (58, 98))]
OPEN_FOUR = [curve((20, 5), (5, 60), (60, 58)), curve((72, 20), (68, 98))]
TWO = [curve((10, 25), (35, 5), (60, 25), (10, 95), (65, 93))]
SIX = [curve((60, 5), (20, 60), (40, 95), (65, 75), (25, 65))]
LOOSE_FIVE = [FIVE[0], FIVE[1] + np.array([8, -8])]
BROKEN_SEVEN = [curve((15, 5), (80, 6)), curve((85, 12), (40, 95))]
TWO_RINGS = [  # an 8
    np.stack([50 + 20 * np.cos(t), 27 + 22 * np.sin(t)], 1) for t in [np.linspace(0, 6.2, 60)]
] + [np.stack([50 + 26 * np.cos(t), 75 + 25 * np.sin(t)], 1) for t in [np.linspace(0, 6.2, 60)]]

ONE_DIGIT = {
    "a 5 with a loose hat": LOOSE_FIVE,
    "a 4 in two strokes": FOUR,
    "an open 4": OPEN_FOUR,
    "a broken 7": BROKEN_SEVEN,
    "a crossed 7": SEVEN,
    "an 8 of two rings": TWO_RINGS,
    "a 6 with a dot after it": [
        curve((60, 5), (20, 60), (40, 95), (65, 75), (25, 65)),
        dot(95, 95),
    ],
    "a slashed 0": [*ZERO, curve((85, 5), (15, 95))],
}


@pytest.mark.parametrize("name", [*ONE_DIGIT, *DIGITS])
def test_one_digit_stays_one_and_is_that_of_prepare(name):
    canvas = canvas_of((ONE_DIGIT | DIGITS)[name])
    (digit,) = prepare_all(canvas)
    assert np.array_equal(digit.image, prepare(canvas).image)
    assert np.array_equal(prepare_one(canvas).image, digit.image)


NUMBERS = {
    "42": [FOUR, TWO],
    "10": [ONE, ZERO],
    "44": [FOUR, OPEN_FOUR],
    "57": [LOOSE_FIVE, BROKEN_SEVEN],
    "75": [SEVEN, FIVE],
    "111": [ONE, ONE, ONE],
    "4051": [OPEN_FOUR, ZERO, FIVE, ONE],
}


@pytest.mark.parametrize("gap", [0.12, 0.5])
@pytest.mark.parametrize("name", NUMBERS)
def test_digits_side_by_side_come_out_left_to_right(name, gap):
    beside = side_by_side(NUMBERS[name], gap, np.random.default_rng(0))
    strokes = beside.strokes[::-1]  # whichever was drawn first
    found = prepare_all(canvas_of(strokes))
    assert len(found) == len(name)
    for each, digit in zip(found, beside.digits, strict=True):
        assert is_digit(each.image, digit)


def test_every_digit_has_the_stages_of_its_own():
    beside = side_by_side([ONE, ZERO], 0.4, np.random.default_rng(0))
    found = prepare_all(canvas_of(beside.strokes))
    first, second = ([stage.image for stage in each.stages] for each in found)
    assert np.array_equal(first[0], second[0])  # all that was drawn
    assert np.array_equal(first[-1], found[0].image)
    assert np.array_equal(second[-1], found[1].image)


def test_digits_that_grow_into_one_another_are_said_to_be_several():
    beside = side_by_side([ZERO, ONE], -0.1, np.random.default_rng(0))
    long = [curve((0, 0), (50, 100), (100, 0), (150, 100), (200, 0), (300, 100))]
    for strokes in (beside.strokes, long):
        with pytest.raises(SeveralDigits, match="There seem to be several digits"):
            prepare_all(canvas_of(strokes))


def test_a_bare_line_is_no_row_of_digits():
    assert len(prepare_all(canvas_of([curve((0, 50), (300, 55))]))) == 1


def test_where_it_has_to_be_one_two_are_too_many():
    beside = side_by_side([FOUR, TWO], 0.3, np.random.default_rng(0))
    with pytest.raises(SeveralDigits, match="There seem to be 2 digits here"):
        prepare_one(canvas_of(beside.strokes))


def test_a_dash_far_from_any_digit_is_left_out():
    dash = curve((0, 50), (30, 50))
    moved = [stroke + np.array([100, 0]) for stroke in TWO]
    (digit,) = prepare_all(canvas_of([dash, *moved]))
    assert is_digit(digit.image, TWO)


def test_a_scribble_of_many_strokes_is_left_in_one_piece():
    strokes = [curve((x, 0), (x + 1, 100)) for x in range(0, 400, 10)]
    assert len(prepare_all(canvas_of(strokes))) == 1


@pytest.fixture(scope="module")
def pens() -> Pens:
    return load()


def test_real_single_digits_stay_one(pens):
    """All 8,127: see tests/benchmarks/several_digits.py. Here those of more strokes than one, of
    which alone it is not sure, and not all of them."""
    starts = np.bincount(pens.owners[pens.begins])
    several = np.flatnonzero(starts > 1)[::5]
    assert len(several) > 400
    counts = Counter(outcome_alone(pens.strokes(index)) for index in several)
    assert counts["one"] >= 0.99 * len(several), counts


def outcome_alone(strokes: list[np.ndarray]) -> str:
    try:
        return "one" if len(prepare_all(canvas_of(strokes))) == 1 else "taken apart"
    except SeveralDigits:
        return "several"


@pytest.mark.parametrize(("gap", "right", "silent"), [(0.05, 0.95, 0.04), (-0.1, 0.6, 0.1)])
def test_real_digits_of_one_writer_side_by_side(pens, gap, right, silent):
    """Most come out right; of the others it mostly says that there are several."""
    random = np.random.default_rng(0)
    counts: Counter[str] = Counter()
    for _ in range(80):
        writer = random.integers(len(pens.names))
        own = random.choice(np.flatnonzero(pens.writers == writer), 2)
        counts[outcome(side_by_side([pens.strokes(i) for i in own], gap, random))] += 1
    assert counts["right"] >= right * 80, counts
    assert counts["one"] + counts["wrong"] <= silent * 80, counts
