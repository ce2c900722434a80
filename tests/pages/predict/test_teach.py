"""“Teach it your hand”: the visitor's own digits teach a network, and the way back is one press."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.exam.own_digits import own_digit
from pages.ui.state import server
from tests.pages.app import dropdown, html, open_page, press, take, texts, wait_for_lessons

pytestmark = pytest.mark.usefixtures("fresh_server")


def own(digits, count: int) -> AppTest:
    """Predict, with so many digits kept."""
    page = open_page("predict")
    kept = [
        own_digit(int(label), image.numpy() / 255)
        for image, label in zip(digits.images[:count], digits.labels[:count], strict=True)
    ]
    page.session_state["visit"].exam.own_digits = kept
    return take(page, "Network", "tutorial")


def test_ones_own_hand_teaches_and_undo_leads_back(generated, brief_lessons):
    page = own(generated.test, 60)
    assert "You have kept 60 digits. It takes 20." in texts(page)
    press(page, "Teach it")
    wait_for_lessons(page)
    assert not page.exception
    assert dropdown(page, "Network").label.startswith("Network: the tutorial network + your hand, ")
    assert html(page).count("95 % interval") == 3
    (key,) = page.session_state["visit"].taught
    judges = server.taught().get(key).learned.others[1].images
    assert 20 <= judges <= 40  # half of sixty, every other one of each digit
    press(page, "Forget it")
    assert dropdown(page, "Network").label.startswith("Network: the tutorial network, ")
    assert "95 % interval" not in html(page)
    assert server.taught().get(key) is None


def test_too_few_digits_are_refused_with_what_would_do(generated, brief_lessons):
    page = own(generated.test, 3)
    press(page, "Teach it")
    wait_for_lessons(page)
    assert "There are 3 digits, and 20 are needed: draw some more." in texts(page)
    press(page, "Draw some")
    assert not page.exception
    assert page.title[0].value == "Exam"
    assert "Draw a 3" in texts(page)


def test_taught_again_it_learns_on_and_its_name_stays_short(generated, brief_lessons):
    page = own(generated.test, 40)
    for _ in range(2):
        press(page, "Teach it")
        wait_for_lessons(page)
    name = "Network: the tutorial network + your hand, "
    assert dropdown(page, "Network").label.startswith(name)
    assert len(page.session_state["visit"].taught) == 2


def test_a_taught_network_is_used_on_the_other_pages(generated, brief_lessons):
    page = own(generated.test, 40)
    press(page, "Teach it")
    wait_for_lessons(page)
    for name in ("exam", "inside", "train", "runs"):
        page.switch_page(f"pages/{name}.py").run()
        assert not page.exception, name
        assert "+ your hand" in dropdown(page, "Network").label, name
