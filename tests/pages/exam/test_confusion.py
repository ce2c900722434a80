"""The confusion matrix on the page: cells that are chosen, and its words."""

from __future__ import annotations

import re

import numpy as np
import pytest

from core.exam import sitting as exams
from core.exam.scores import DigitScore, digit_score, worst_cell
from core.pretrained import load
from pages.ui.exam.confusion_grid import LARGEST, RIGHT, SMALLEST, sizes
from pages.ui.exam.confusion_words import digit_words, of_hundred
from pages.ui.widgets.digits.pictures import picture
from tests.pages.app import all_handed_over, handed_over, take, texts

pytestmark = pytest.mark.usefixtures("fresh_server")


def test_at_first_the_most_frequent_mistake_is_shown(shelf, examined):
    page = examined("confusion")
    exam = exams.sit_exam(load("tutorial").model, shelf.test)
    label, answer = worst_cell(exam.total.confusion)
    count = int(exam.total.confusion[label, answer])
    assert f"read as {answer}: {count} images" in texts(page)
    walls = [each["names"] for each in all_handed_over(page) if "clickable" in each]
    assert [len(names) for names in walls] == [count]


def test_the_lists_choose_a_cell_as_a_click_does(shelf, examined):
    page = examined("confusion")
    exam = exams.sit_exam(load("tutorial").model, shelf.test)
    take(page, "It was", 4)
    take(page, "It answered", 9)
    assert f"Fours read as 9: {len(exam.in_cell(4, 9))} image" in texts(page)
    score = digit_score(exam.total.confusion, 4)
    assert f"{score.right:,} of {score.shown:,}" in texts(page)


def test_each_cell_shows_its_typical_image_and_its_number(shelf, examined):
    page = examined("confusion")
    exam = exams.sit_exam(load("tutorial").model, shelf.test)
    grid, confusion = handed_over(page, "counts"), exam.total.confusion
    assert grid["counts"] == confusion.flatten().tolist()
    typical = [number for number in exam.typical().ravel().tolist() if number >= 0]
    assert grid["sheet"] == picture(shelf.test.images[typical].reshape(-1, 28).numpy())
    shown = [place for place in grid["places"] if place >= 0]
    assert shown == list(range(len(typical)))
    for cell, (count, place) in enumerate(zip(grid["counts"], grid["places"], strict=True)):
        assert (place >= 0) == (count > 0)
        assert f"{count:,} image" in grid["names"][cell]


def test_the_chosen_cells_are_marked(shelf, examined):
    page = examined("confusion")
    for choice, cells in (((4, 9), [49]), ((4, "any"), [*range(40, 50)])):
        for label, value in zip(("It was", "It answered"), choice, strict=True):
            take(page, label, value)
        assert handed_over(page, "counts")["chosen"] == cells


def test_frequent_mistakes_are_larger_and_areas_can_be_compared():
    counts = np.zeros((10, 10), dtype=int)
    counts[3, 5], counts[4, 9], counts[7, 7] = 9, 36, 1_000
    found = sizes(counts)
    assert found[4, 9] == LARGEST
    assert (found[3, 5] - SMALLEST) / (LARGEST - SMALLEST) == pytest.approx(0.5, abs=0.01)
    assert found[7, 7] == found[0, 0] == RIGHT


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.968, "97"), (1.0, "100"), (0.999, "more than 99"), (0.0, "0"), (0.001, "fewer than 1")],
)
def test_no_rounding_claims_certainty(share, words):
    assert of_hundred(share) == words


def test_a_digit_in_words():
    score = DigitScore(7, shown=1_028, answered=1_030, right=997)
    words = digit_words(score)
    assert "Of 100 sevens it finds **97** (*recall*: 997 of 1,028)" in words
    assert "right **97** times (*precision*: 997 of 1,030)" in words
    assert re.search(r"\*\*0\.969\*\*", words)
    assert "no sevens here" in digit_words(DigitScore(7, 0, 5, 0))
    assert "never says 7" in digit_words(DigitScore(7, 5, 0, 0))
