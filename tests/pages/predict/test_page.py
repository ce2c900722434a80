"""Predict: who reads, the ways to hand over a digit, the way from there to what is read."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from streamlit.runtime.context import ContextProxy

from core.drawing import prepare
from tests.pages.app import (
    SEVEN,
    TWO_DIGITS,
    answer,
    choose,
    draw,
    drawn,
    html,
    on_stage,
    open_page,
    take,
)

pytestmark = pytest.mark.usefixtures("fresh_server")


def photo(paths: list) -> bytes:
    """A drawing as a PNG file, dark on light and larger than what networks see."""
    ink = prepare({"objects": drawn(*paths)["drawing"]["raw"]["objects"]}).image
    pixels = (255 * (1 - np.kron(np.pad(ink, 8), np.ones((8, 8))))).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, format="PNG")
    return file.getvalue()


def test_another_network_can_be_asked_about_the_same_drawing():
    page = draw(open_page("predict"), "predict", SEVEN)
    assert on_stage(page)["below"] == "Read by the built-in network."
    take(page, "Network", "tutorial")
    assert on_stage(page)["below"].startswith("Read by the tutorial network.")
    assert answer(page) == "7"


def test_a_picture_is_read_and_one_that_is_none_gets_a_sentence():
    page = choose(open_page("predict"), "Your digit", "file")
    assert on_stage(page)["message"] == "Write large digits on plain paper."
    (upload,) = page.file_uploader
    upload.set_value([("seven.png", photo([SEVEN]), "image/png")]).run()
    assert not page.exception
    assert answer(page) == "7"
    (upload,) = page.file_uploader
    upload.set_value([("broken.png", b"no picture", "image/png")]).run()
    assert not page.exception
    assert "cannot be opened as a picture" in on_stage(page)["message"]
    assert not answer(page)


def test_a_photo_can_be_taken_instead():
    page = choose(open_page("predict"), "Your digit", "camera")
    assert len(page.camera_input) == 1
    assert on_stage(page)["message"] == "Write large digits on plain paper."


def test_where_a_browser_gives_no_camera_the_page_says_why_and_what_helps(monkeypatch):
    page = choose(open_page("predict"), "Your digit", "camera")
    for address, may in (
        ("http://192.168.1.7:8501", False),
        ("http://lab.school.org", False),
        ("https://lab.school.org", True),
        ("http://localhost:8501", True),
        ("http://127.0.0.1:8501", True),
    ):
        monkeypatch.setattr(ContextProxy, "url", address)
        page.run()
        assert not page.exception
        assert len(page.camera_input) == may
        assert may or "over http. Choose “Upload a picture”" in on_stage(page)["message"]


def test_the_steps_from_the_drawing_to_what_is_read_are_shown_in_room_kept_for_them():
    page = open_page("predict")
    stages = prepare({"objects": drawn(SEVEN)["drawing"]["raw"]["objects"]}).stages
    assert html(page).count("<figcaption>") == len(stages)
    assert html(page).count('class="stages pale"') == 1  # of a digit that somebody else wrote
    draw(page, "predict", SEVEN)
    assert 'class="stages"' in html(page)
    for number, stage in enumerate(stages, start=1):
        assert f"<figcaption>{number} · {stage.title}</figcaption>" in html(page)
        assert f'title="{stage.reason}"' in html(page)
        assert f'alt="{stage.reason}"' in html(page)


def test_several_digits_are_read_left_to_right_each_with_its_bars():
    page = draw(open_page("predict"), "predict", *TWO_DIGITS)
    assert not page.exception
    assert answer(page) == "17"
    assert [len(each["sure"]) for each in on_stage(page)["readings"]] == [10, 10]
    assert on_stage(page)["said"] == "It reads 2 digits, left to right: 1, 7."
    assert [tab.label for tab in page.tabs] == ["Digit 1", "Digit 2"]
    assert html(page).count("As drawn") == 2


def test_digits_too_close_together_are_said_to_be_several():
    wave = [["M", 20, 100], *(["L", 40 + 40 * n, 180 - 80 * (n % 2)] for n in range(6))]
    page = draw(open_page("predict"), "predict", wave)
    assert "There seem to be several digits" in on_stage(page)["message"]
    assert on_stage(page)["said"] == on_stage(page)["message"]
    assert not answer(page)


def test_a_picture_can_be_turned_and_one_without_a_digit_shows_what_was_taken_for_ink():
    page = choose(open_page("predict"), "Your digit", "file")
    sideways = np.rot90(np.asarray(Image.open(io.BytesIO(photo([SEVEN])))))
    file = io.BytesIO()
    Image.fromarray(sideways).save(file, format="PNG")
    page.file_uploader[0].set_value([("seven.png", file.getvalue(), "image/png")]).run()
    (turn,) = [each for each in page.button if each.label == "Turn it upright"]
    assert 'alt="Your picture"' in html(page)
    turn.click().run()
    assert answer(page) == "7"
    blot = np.full((200, 200), 255, np.uint8)
    blot[95:105, 95:105] = 0
    file = io.BytesIO()
    Image.fromarray(blot).save(file, format="PNG")
    page.file_uploader[0].set_value([("dot.png", file.getvalue(), "image/png")]).run()
    assert not page.exception
    assert "only a dot" in on_stage(page)["message"]
    assert "What was taken for ink" in html(page)
