"""A game against the network, tap by tap."""

from __future__ import annotations

import re

import pytest

from core.data import Digits
from core.exam.sitting import sit_exam
from core.pretrained import load
from pages.ui.widgets.pictures import picture
from tests.pages.app import html, press, texts

pytestmark = pytest.mark.usefixtures("fresh_server")


def shown(page, digits: Digits) -> int:
    """Which of the digits the page asks for, told by its picture."""
    (source,) = re.findall(r'<img src="([^"]+)" alt="A digit that is hard to read"', html(page))
    return next(
        number for number, image in enumerate(digits.images) if picture(image.numpy()) == source
    )


def test_a_game_is_scored_for_both(shelf, examined):
    page = examined("game")
    press(page, "Start")
    images = []
    for number in range(20):
        assert f"**{number + 1} of 20**" in texts(page)
        images.append(shown(page, shelf.test))
        digit = int(shelf.test.labels[images[-1]])
        answer = digit if number >= 3 else (digit + 1) % 10
        press(page, str(answer))
    assert not page.exception
    exam = sit_exam(load("tutorial").model, shelf.test)
    assert len(set(images)) == 20
    assert "| **You** | 17 of 20 |" in texts(page)
    assert f"| The network | {exam.right[images].sum()} of 20 |" in texts(page)
    assert "You missed 3" in texts(page)
    press(page, "Play again")
    assert "**1 of 20**" in texts(page)


def test_another_network_begins_another_game(shelf, examined):
    page = examined("game")
    press(page, "Start")
    assert "**1 of 20**" in texts(page)
    examined("game", "default", page)
    assert "**20 digits, a tap for each.**" in texts(page)
