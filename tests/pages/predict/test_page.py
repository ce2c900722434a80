"""Predict: who reads, the ways to hand over a digit, the way from there to what is read."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from core.drawing import prepare
from tests.pages.app import SEVEN, TWO_DIGITS, choose, draw, drawn, html, open_page, take, texts

pytestmark = pytest.mark.usefixtures("fresh_server")
STEPS = "Show how your digit becomes what the network sees"


def photo(paths: list) -> bytes:
    """A drawing as a PNG file, dark on light and larger than what networks see."""
    ink = prepare({"objects": drawn(*paths)["drawing"]["raw"]["objects"]}).image
    pixels = (255 * (1 - np.kron(np.pad(ink, 8), np.ones((8, 8))))).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, format="PNG")
    return file.getvalue()


def test_another_network_can_be_asked_about_the_same_drawing():
    page = draw(open_page("predict"), "predict", SEVEN)
    assert "Read by the built-in network." in texts(page)
    take(page, "Network", "tutorial")
    assert "Read by the tutorial network." in texts(page)
    assert 'data-testid="answer">7<' in html(page)


def test_a_picture_is_read_and_one_that_is_none_gets_a_sentence():
    page = choose(open_page("predict"), "Your digit", "file")
    assert "Write one large digit on plain paper." in texts(page)
    (upload,) = page.file_uploader
    upload.set_value([("seven.png", photo([SEVEN]), "image/png")]).run()
    assert not page.exception
    assert 'data-testid="answer">7<' in html(page)
    (upload,) = page.file_uploader
    upload.set_value([("broken.png", b"no picture", "image/png")]).run()
    assert not page.exception
    assert "cannot be opened as a picture" in page.warning[0].value
    assert "answer" not in html(page)


def test_a_photo_can_be_taken_instead():
    page = choose(open_page("predict"), "Your digit", "camera")
    assert len(page.camera_input) == 1
    assert "Write one large digit on plain paper." in texts(page)


def test_the_steps_from_the_drawing_to_what_is_read_are_shown_when_asked_for():
    page = open_page("predict")
    assert not page.toggle
    draw(page, "predict", SEVEN)
    (toggle,) = [each for each in page.toggle if each.label == STEPS]
    assert "<figcaption><b>1 ·" not in html(page)
    toggle.set_value(True).run()
    stages = prepare({"objects": drawn(SEVEN)["drawing"]["raw"]["objects"]}).stages
    for number, stage in enumerate(stages, start=1):
        assert f"<b>{number} · {stage.title}</b>" in html(page)
        assert stage.reason in html(page)


def test_several_digits_are_read_left_to_right_each_with_its_bars():
    page = draw(open_page("predict"), "predict", *TWO_DIGITS)
    assert not page.exception
    assert 'data-testid="answer">17<' in html(page)
    assert html(page).count('data-testid="digit"') == 2
    assert html(page).count('class="bars"') == 2
    (toggle,) = [each for each in page.toggle if each.label == STEPS]
    toggle.set_value(True).run()
    assert [tab.label for tab in page.tabs] == ["Digit 1", "Digit 2"]
    assert html(page).count("What you drew") == 4  # once for a screen reader, once for all


def test_digits_too_close_together_are_said_to_be_several():
    wave = [["M", 20, 100], *(["L", 40 + 40 * n, 180 - 80 * (n % 2)] for n in range(6))]
    page = draw(open_page("predict"), "predict", wave)
    assert "There seem to be several digits" in page.warning[0].value
    assert "answer" not in html(page)


def test_a_picture_can_be_turned_and_one_without_a_digit_shows_what_was_taken_for_ink():
    page = choose(open_page("predict"), "Your digit", "file")
    sideways = np.rot90(np.asarray(Image.open(io.BytesIO(photo([SEVEN])))))
    file = io.BytesIO()
    Image.fromarray(sideways).save(file, format="PNG")
    page.file_uploader[0].set_value([("seven.png", file.getvalue(), "image/png")]).run()
    (turn,) = [each for each in page.button if each.label == "Turn it upright"]
    assert 'alt="Your picture"' in html(page)
    turn.click().run()
    assert 'data-testid="answer">7<' in html(page)
    blot = np.full((200, 200), 255, np.uint8)
    blot[95:105, 95:105] = 0
    file = io.BytesIO()
    Image.fromarray(blot).save(file, format="PNG")
    page.file_uploader[0].set_value([("dot.png", file.getvalue(), "image/png")]).run()
    assert not page.exception
    assert "only a dot" in page.warning[0].value
    assert "What was taken for ink" in html(page)
