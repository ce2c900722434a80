"""The visitor's own exam: digits drawn as asked, graded at once, kept as a set."""

from __future__ import annotations

import pytest

from core.evaluation import evaluate
from core.pretrained import load
from pages.ui.exam.sections import SECTIONS
from tests.pages.app import draw, press, texts

LINE = [["M", 140, 40], ["L", 138, 140], ["L", 136, 240]]

pytestmark = pytest.mark.usefixtures("fresh_server")


def hand_in(page, number: int) -> None:
    draw(page, f"own-box-{number}", LINE)
    press(page, f"That is my {number}")


def test_own_digits_are_graded_at_once_and_kept_as_a_set(shelf, examined):
    page = examined("own_digits")
    assert "Draw a 0" in texts(page)
    hand_in(page, 0)
    assert "It read your 0 as 1" in page.error[0].value  # a line is no zero
    assert "Draw a 1" in texts(page)
    hand_in(page, 1)
    assert "It read your 1 as 1" in page.success[0].value
    assert "**1 of your 2**" in texts(page)
    total = evaluate(load("tutorial").model, shelf.test)
    assert f"of the MNIST test set {100 * total.accuracy:.1f}" in texts(page)
    press(page, "Examine on them above")
    assert not page.exception
    assert "**1 of 2** images of your own digits" in texts(page)
    for section in SECTIONS:
        assert not examined(section, page=page).exception
    press(page, "Forget my digits")
    assert not page.exception
    assert "images of the MNIST test set" in texts(page)
    assert "Draw a 0" in texts(page)


def test_a_dot_is_no_digit_to_hand_in(shelf, examined):
    page = examined("own_digits")
    draw(page, "own-box-0", [["M", 100, 100], ["L", 100, 100]])
    press(page, "That is my 0")
    assert "only a dot" in page.warning[0].value
    assert "Draw a 0" in texts(page)


def test_own_digits_can_be_drawn_without_any_test_set(examined):
    page = examined("own_digits")
    hand_in(page, 0)
    assert not page.exception
    assert "**0 of your 1**" in texts(page)
