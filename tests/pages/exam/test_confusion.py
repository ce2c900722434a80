"""The confusion matrix on the page: cells that are chosen, and its words."""

from __future__ import annotations

import json
import re

import pytest

from core.exam import sitting as exams
from core.exam.scores import DigitScore, digit_score, worst_cell
from core.pretrained import load
from pages.ui.exam.confusion_words import digit_words, of_hundred
from tests.pages.app import html, take, texts

pytestmark = pytest.mark.usefixtures("fresh_server")


def test_at_first_the_most_frequent_mistake_is_shown(shelf, examined):
    page = examined("confusion")
    exam = exams.sit_exam(load("tutorial").model, shelf.test)
    label, answer = worst_cell(exam.total.confusion)
    count = int(exam.total.confusion[label, answer])
    assert f"read as {answer}: {count} images" in texts(page)
    assert f"{count} images" in html(page)


def test_the_lists_choose_a_cell_as_a_click_does(shelf, examined):
    page = examined("confusion")
    exam = exams.sit_exam(load("tutorial").model, shelf.test)
    take(page, "It was", 4)
    take(page, "It answered", 9)
    assert f"Fours read as 9: {len(exam.in_cell(4, 9))} image" in texts(page)
    score = digit_score(exam.total.confusion, 4)
    assert f"{score.right:,} of {score.shown:,}" in texts(page)


def test_the_chosen_cell_is_framed_in_the_chart(shelf, examined):
    page = examined("confusion")
    for label, value in (("It was", 4), ("It answered", 9)):
        take(page, label, value)
    (chart,) = page.get("plotly_chart")
    (frame,) = json.loads(chart.proto.spec)["layout"]["shapes"]
    assert [frame[side] for side in ("x0", "x1", "y0", "y1")] == [8.5, 9.5, 3.5, 4.5]


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
