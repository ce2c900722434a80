"""The duel against the network: it stands ready, and is scored when it is over."""

from __future__ import annotations

import pytest

from core.exam.sitting import sit_exam
from core.pretrained import load
from pages.ui.widgets.digits.pictures import picture
from tests.pages.app import announced, handed_over, html, press, texts

pytestmark = pytest.mark.usefixtures("fresh_server")


def test_a_game_stands_ready_and_is_scored_for_both(shelf, examined):
    page = examined("game")
    game = page.session_state["visit"].exam.game
    exam = sit_exam(load("tutorial").model, shelf.test)
    ready = handed_over(page, "networks")
    assert len(set(game.images)) == 20
    assert ready["labels"] == shelf.test.labels[game.images].tolist()
    assert ready["networks"] == exam.answers[game.images].tolist()
    assert ready["sheet"] == picture(shelf.test.images[game.images].reshape(-1, 28).numpy())
    assert announced(page) == ""
    given = [digit if n >= 3 else (digit + 1) % 10 for n, digit in enumerate(ready["labels"])]
    game.finish(given, 31.26)  # as the browser says it
    page.run()
    assert not page.exception
    right = int(exam.right[game.images].sum())
    assert "<b>17<span> of 20</span></b>You" in html(page)
    assert f"<b>{right}<span> of 20</span></b>The network" in html(page)
    assert "31.3 s for 19" in html(page)
    assert announced(page).endswith(f"You read 17 of 20, the network {right}.")
    assert "**You missed 3**" in texts(page)
    missed = handed_over(page, "captions")["captions"]
    assert missed == [f"{d} → {(d + 1) % 10}" for d in ready["labels"][:3]]
    assert f"**The network missed {20 - right}**" in texts(page)
    press(page, "Play again")
    assert handed_over(page, "networks")["labels"] != ready["labels"]


def test_another_network_begins_another_game(shelf, examined):
    page = examined("game")
    first = handed_over(page, "networks")
    page.run()
    assert handed_over(page, "networks") == first
    examined("game", "default", page)
    assert handed_over(page, "networks")["game"] != first["game"]
