"""A drawing is read wherever there is a box to draw in, and what cannot be read gets a sentence."""

from __future__ import annotations

import re

import pytest

from tests.pages.app import SEVEN, draw, drawn, html, open_page, shape, take, texts

pytestmark = pytest.mark.usefixtures("fresh_server")


def test_a_drawing_is_read_and_the_reader_is_named():
    page = open_page("predict")
    draw(page, "predict", SEVEN)
    assert not page.exception
    assert 'data-testid="answer">7<' in html(page)
    assert "Read by the built-in network." in texts(page)


BAD_DRAWINGS = {  # what the canvas might send, and what is said of it
    "nothing": (drawn(), "Draw a digit from 0 to 9"),
    "no table": ({"drawing": {"raw": "a string", "data": None}}, "Draw a digit from 0 to 9"),
    "a dot": (drawn([["M", 100, 100], ["L", 100, 100]]), "only a dot"),
    "not numbers": (drawn([["M", "a", "b"], ["L", None, 3]]), "where a number should be"),
    "no path": ({"drawing": {"raw": {"objects": [{"type": "Path"}]}}}, "has no"),
    "infinite": (drawn([["M", 1, 1], ["L", float("inf"), 3]]), "infinite or not a number"),
}


@pytest.mark.parametrize("name", BAD_DRAWINGS)
def test_a_drawing_that_cannot_be_read_gets_a_sentence(name):
    sent, sentence = BAD_DRAWINGS[name]
    page = open_page("predict")
    page.session_state["predict-0"] = sent
    page.run()
    assert not page.exception
    assert "answer" not in html(page)
    assert sentence in texts(page)


def test_a_hundred_thousand_points_are_read():
    long_seven = [["M", 60, 60]]
    long_seven += [["L", 60 + 140 * i / 50_000, 60] for i in range(50_000)]
    long_seven += [["L", 200 - 80 * i / 50_000, 60 + 170 * i / 50_000] for i in range(50_000)]
    page = open_page("predict")
    draw(page, "predict", long_seven)
    assert not page.exception
    assert 'data-testid="answer">7<' in html(page)


@pytest.mark.parametrize("name", ["heart", "star", "spiral"])
def test_what_is_no_digit_is_doubted_and_the_nearest_digit_named(name):
    page = draw(open_page("predict"), "predict", shape(name))
    assert not page.exception
    assert "That does not look like a digit to me" in html(page)
    assert 'data-testid="answer">?<' in html(page)
    assert re.search(r'data-testid="closest">\d<', html(page))
    assert html(page).count('class="share"') == 10  # the bars stay
    assert "has to choose" not in texts(page)


def test_a_network_that_never_learned_to_doubt_chooses_and_says_so():
    page = open_page("predict")
    take(page, "Network", "tutorial")
    draw(page, "predict", shape("heart"))
    assert re.search(r'data-testid="answer">\d<', html(page))
    assert "It has to choose one of ten digits" in texts(page)
    assert "never saw one drawn on a screen" in texts(page)
