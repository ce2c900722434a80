"""The stage reads what is drawn, says what cannot be read, doubts, and tells why it answers so."""

from __future__ import annotations

import base64
import io
import re

import numpy as np
import pytest
from PIL import Image

from core.drawing import prepare
from core.explain.scores import strongest_rival
from core.pretrained import load
from pages.ui.widgets.digits.why import LIMIT, name_of
from tests.pages.app import (
    SEVEN,
    TWO_DIGITS,
    answer,
    draw,
    drawn,
    on_stage,
    open_page,
    press,
    shape,
    take,
)

pytestmark = pytest.mark.usefixtures("fresh_server")

BAD_DRAWINGS = {  # what the canvas might send, and what is said of it
    "a dot": (drawn([["M", 100, 100], ["L", 100, 100]]), "only a dot"),
    "not numbers": (drawn([["M", "a", "b"], ["L", None, 3]]), "where a number should be"),
    "no path": ({"drawing": {"raw": {"objects": [{"type": "Path"}]}}}, "has no"),
    "no stroke": ({"drawing": {"raw": {"objects": ["a line"]}}}, "should be a JSON object"),
    "infinite": (drawn([["M", 1, 1], ["L", float("inf"), 3]]), "infinite or not a number"),
}


@pytest.mark.parametrize("name", BAD_DRAWINGS)
def test_a_drawing_that_cannot_be_read_gets_a_sentence(name):
    sent, sentence = BAD_DRAWINGS[name]
    page = open_page("predict")
    page.session_state["predict-0"] = sent
    page.run()
    assert not page.exception
    assert not answer(page)
    assert sentence in on_stage(page)["message"]
    assert sentence in on_stage(page)["said"]


@pytest.mark.parametrize("sent", [drawn(), {"drawing": {"raw": "a string", "data": None}}])
def test_where_nothing_is_drawn_nothing_is_read_and_the_recording_plays(sent):
    page = open_page("predict")
    page.session_state["predict-0"] = sent
    page.run()
    assert not page.exception
    assert not answer(page)
    assert on_stage(page)["demonstration"]


def test_a_hundred_thousand_points_are_read():
    long_seven = [["M", 60, 60]]
    long_seven += [["L", 60 + 140 * i / 50_000, 60] for i in range(50_000)]
    long_seven += [["L", 200 - 80 * i / 50_000, 60 + 170 * i / 50_000] for i in range(50_000)]
    page = draw(open_page("predict"), "predict", long_seven)
    assert not page.exception
    assert answer(page) == "7"


@pytest.mark.parametrize("name", ["heart", "star", "spiral"])
def test_what_is_no_digit_is_doubted_and_the_nearest_digit_named(name):
    page = draw(open_page("predict"), "predict", shape(name))
    assert not page.exception
    assert answer(page) == "?"
    (reading,) = on_stage(page)["readings"]
    said = f"That does not look like a digit to me. Closest: {reading['answer']}"
    assert reading["below"] == said
    assert on_stage(page)["said"] == f"{said}."
    assert len(reading["sure"]) == 10  # the bars stay
    assert "has to choose" not in on_stage(page)["below"]


def test_a_network_that_never_learned_to_doubt_chooses_and_says_so():
    page = open_page("predict")
    take(page, "Network", "tutorial")
    draw(page, "predict", shape("heart"))
    assert answer(page).isdigit()
    assert "It has to choose one of ten digits" in on_stage(page)["below"]
    assert "never saw one drawn on a screen" in on_stage(page)["below"]


def test_numbers_that_have_grown_too_large_get_a_sentence(monkeypatch):
    from core.demonstration import brightness

    monkeypatch.setattr(brightness, "reading_of", lambda *_: None)
    page = draw(open_page("home"), "home", SEVEN)
    assert "grown too large" in on_stage(page)["message"]


@pytest.mark.parametrize("name", ["home", "predict"])
def test_who_cannot_draw_takes_a_sample_and_the_next_time_another(name):
    page = press(open_page(name), "Show me one")
    assert not page.exception
    assert answer(page) == "7"
    assert answer(press(page, "Show me one")) == "3"
    assert not answer(press(page, "Clear"))


def pixels_of(encoded: str) -> np.ndarray:
    """A picture of a page, int (H, W, 3)."""
    file = Image.open(io.BytesIO(base64.b64decode(encoded)))
    return np.asarray(file.convert("RGB")).astype(int)


def test_why_paints_the_digit_asked_about_for_the_answer_and_the_runner_up():
    page = draw(open_page("predict"), "predict", *TWO_DIGITS)
    assert [each["why"] for each in on_stage(page)["readings"]] == ["Why 1?", "Why 7?"]
    assert on_stage(page)["why"] is None
    seen = prepare({"objects": drawn(TWO_DIGITS[1])["drawing"]["raw"]["objects"]}).image
    page.session_state["visit"].why = ("default", name_of(seen), "stage-network")
    page.run()
    assert not page.exception
    why = on_stage(page)["why"]
    assert why["place"] == 1
    runner_up = strongest_rival(load("default").model, seen, 7)
    title, after = re.findall(r"<b>(.*?)</b>", why["html"])
    assert title == f"Why 7, not {runner_up}?"
    assert re.fullmatch(r"\d orange spots? covered( at once)?", after)
    assert f". {after}: it reads " in on_stage(page)["said"]
    assert on_stage(page)["said"].endswith(LIMIT) and why["meaning"].endswith(LIMIT)
    painted, black = re.findall(r'src="[^,]*,([^"]*)"', why["html"])
    red, _, blue = np.moveaxis(pixels_of(painted), -1, 0)
    assert red.shape == (28, 28)
    coloured = np.abs(red - blue) > 40
    assert coloured.any()
    assert not coloured[seen == 0].any()
    left = pixels_of(black)[4::8, 4::8].max(axis=2) / 255  # the middle of each pixel
    assert set(np.unique((left - seen).round(2)[left > 0])) == {0}
    assert (seen[left == 0] > 0.5).any()
    take(page, "Network", "tutorial")
    assert on_stage(page)["why"] is None  # another network is asked anew
