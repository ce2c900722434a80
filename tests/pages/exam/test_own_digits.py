"""The visitor's own exam: digits drawn as asked, graded at once, kept as a set."""

from __future__ import annotations

import pytest

from core.evaluation import evaluate
from core.pretrained import load
from pages.ui.state.own_digits import NAME
from tests.pages.app import (
    SEVEN,
    TWO_DIGITS,
    draw,
    dropdown,
    group,
    html,
    open_page,
    press,
    put,
    say_it_is,
    texts,
    to_browser,
)
from tests.pages.exam.conftest import PLACES

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
    assert f"; of the MNIST test set {100 * total.accuracy:.1f}" in texts(page)
    press(page, "Examine on them above")
    assert not page.exception
    examined("confusion", page=page)
    assert "<b>1 of 2</b> digits that you drew" in html(page)
    for place in PLACES:
        assert not examined(place, page=page).exception
    examined("own_digits", page=page)
    press(page, "Forget my digits")
    assert not page.exception
    assert dropdown(page, "Examine it on").label.startswith("Examine it on: MNIST")
    assert "Draw a 0" in texts(page)


def test_the_last_stroke_before_the_button_counts(shelf, examined):
    page = draw(examined("own_digits"), "own-box-0", [["M", 60, 60], ["L", 140, 60]])
    press(put(page, "own-box-0", SEVEN), "That is my 0")
    assert "It read your 0 as 7" in page.error[0].value
    assert "Draw a 1" in texts(page)


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


def test_two_digits_at_once_are_not_handed_in(examined):
    page = examined("own_digits")
    draw(page, "own-box-0", *TWO_DIGITS)
    press(page, "That is my 0")
    assert "There seem to be 2 digits here" in page.warning[0].value
    assert "Draw a 0" in texts(page)


def test_exam_examines_on_what_was_kept(shelf):
    page = draw(open_page("predict"), "predict", SEVEN)
    say_it_is(page, 0, 3)
    press(page, "Examine on them")
    assert not page.exception
    assert page.title[0].value == "Exam"
    assert "It read your 3 as 7" in page.error[0].value
    assert "**0 of your 1**" in texts(page)
    assert any("Your own digits" in each for each in dropdown(page, "Examine it on").options)
    assert "It reads your digits (1)" in str(group(page, "The contest").proto.options)
    page.switch_page("pages/exam.py").run()  # where the harness is, too
    press(page, "Forget my digits")
    assert page.session_state["visit"].exam.own_digits == []
    assert to_browser(page, NAME)["heard"]  # it no longer matters what the browser kept
    assert to_browser(page, NAME)["stamp"] == ""
