"""“Wrong? It is a …”: a drawing is kept with its true digit, and Exam can examine on it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.drawing import prepare_all
from core.exam.packing import MOST, PIXELS, packed
from pages.ui.state.own_digits import NAME
from tests.pages.app import (
    SEVEN,
    TWO_DIGITS,
    answer,
    draw,
    drawn,
    open_page,
    say_it_is,
    texts,
    to_browser,
)

pytestmark = pytest.mark.usefixtures("fresh_server")


def labels(page: AppTest) -> list[str]:
    return [each.label for each in page.menu_button if each.key.startswith("wrong-")]


def kept(page: AppTest) -> list[tuple[int, bytes]]:
    return page.session_state["visit"].exam.own_digits


def test_a_drawing_is_kept_as_what_it_is_and_can_be_corrected():
    page = draw(open_page("predict"), "predict", SEVEN)
    assert labels(page) == ["Wrong? It is a …"]
    assert "of your own" not in texts(page)
    assert not [each for each in page.button if each.label == "Examine on them"]
    say_it_is(page, 0, 1)
    assert not page.exception
    assert labels(page) == ["Kept as a 1"]
    assert "You have 1 digit of your own." in texts(page)
    assert answer(page) == "7"
    say_it_is(page, 0, 8)
    assert labels(page) == ["Kept as an 8"]
    (image,) = prepare_all({"objects": drawn(SEVEN)["drawing"]["raw"]["objects"]})
    assert kept(page) == [(8, (image.image * 255).round().astype("uint8").tobytes())]
    draw(page, "predict", [["M", 60, 60], ["L", 200, 70], ["L", 120, 240]])
    assert labels(page) == ["Wrong? It is a …"]  # another drawing
    assert "You have 1 digit of your own." in texts(page)


def test_each_of_several_digits_can_be_kept():
    page = draw(open_page("predict"), "predict", *TWO_DIGITS)
    say_it_is(page, 1, 2)
    assert labels(page) == ["Not 1? It is a …", "Kept as a 2"]
    say_it_is(page, 0, 7)
    assert [digit for digit, _ in kept(page)] == [2, 7]
    assert "You have 2 digits of your own." in texts(page)


def test_no_more_than_a_limit_are_kept():
    page = open_page("predict")
    page.session_state["visit"].exam.own_digits = [(1, bytes(PIXELS))] * MOST
    draw(page, "predict", SEVEN)
    (menu,) = [each for each in page.menu_button if each.key == "wrong-0"]
    assert menu.disabled
    assert f"You have {MOST} digits of your own, and no more are kept." in texts(page)


def test_the_browser_is_handed_the_digits_once():
    page = draw(open_page("predict"), "predict", SEVEN)
    assert to_browser(page, NAME)["stamp"] == ""
    say_it_is(page, 0, 1)
    first = to_browser(page, NAME)
    assert first["value"] == packed(kept(page))
    page.run()
    assert to_browser(page, NAME) == first | {"value": None}
    page.switch_page("app.py").run()
    page.switch_page("pages/predict.py").run()
    assert to_browser(page, NAME) == first | {"value": None}
