"""Home: the stage is given what was recorded or what was drawn; the cards; what is ready."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.datasets.mnist import SIZES
from core.demonstration.recording import load
from core.runs.kept.names import spoken_name
from pages.ui import shell
from tests.conftest import ROOT
from tests.pages.app import SEVEN, draw, drawn, html, open_page, press, shape, texts, wait_for_end

pytestmark = pytest.mark.usefixtures("fresh_server")
MOST_WORDS = 60  # outside controls, charts and menus


def on_stage(page: AppTest) -> dict:
    """What the browser is given to show beside the pad."""
    given = [json.loads(each.proto.json) for each in page.get("bidi_component")]
    (stage,) = [each for each in given if "demonstration" in each]
    return stage


def put_mnist_into(home: Path) -> None:
    """As if MNIST were at hand; nobody reads it here."""
    raw = home / "data" / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for name in SIZES:
        (raw / name).touch()


def test_until_something_is_drawn_the_recording_plays():
    stage = on_stage(open_page("home"))
    assert stage["reading"] is None
    assert not stage["message"]
    assert stage["read_by"] == "Real pen digits, read by the built-in network."
    for shown, recorded in zip(stage["demonstration"], load().digits, strict=True):
        assert shown["strokes"] == recorded.strokes
        assert shown["answer"] == recorded.reading.answer
        assert shown["levels"] == recorded.reading.to_dict()["levels"]
        assert len(shown["labels"]) == len(shown["shapes"])
    assert stage["demonstration"][0]["labels"][:2] == [
        "What it sees: 28 × 28",
        "Layer 1: 16 filters",
    ]


def test_a_drawing_is_read_as_predict_reads_it():
    page = open_page("home")
    draw(page, "home", SEVEN)
    assert not page.exception
    stage = on_stage(page)
    assert stage["demonstration"] is None
    assert stage["reading"]["answer"] == 7
    assert stage["reading"]["said"] == f"It reads 7, {stage['reading']['sure'][7]} sure."
    assert stage["read_by"] == "Read by the built-in network."
    other = open_page("predict")
    draw(other, "predict", SEVEN)
    answer, sure = re.search(
        r'"answer">(\d)<.*"sure">([^<]+) sure<', html(other), re.DOTALL
    ).groups()
    assert (int(answer), unescape(sure)) == (7, stage["reading"]["sure"][7])


BAD_DRAWINGS = {  # what the canvas might send, and what is said of it
    "a dot": (drawn([["M", 100, 100], ["L", 100, 100]]), "only a dot"),
    "not numbers": (drawn([["M", "a", "b"], ["L", None, 3]]), "where a number should be"),
}


@pytest.mark.parametrize("name", BAD_DRAWINGS)
def test_a_drawing_that_cannot_be_read_gets_a_sentence(name):
    sent, sentence = BAD_DRAWINGS[name]
    page = open_page("home")
    page.session_state["home-0"] = sent
    page.run()
    assert not page.exception
    assert on_stage(page)["reading"] is None
    assert sentence in on_stage(page)["message"]


def test_numbers_that_have_grown_too_large_get_a_sentence(monkeypatch):
    from core.demonstration import brightness

    monkeypatch.setattr(brightness, "reading_of", lambda *_: None)
    page = open_page("home")
    draw(page, "home", SEVEN)
    assert "grown too large" in on_stage(page)["message"]


def test_what_is_no_digit_is_doubted():
    page = draw(open_page("home"), "home", shape("heart"))
    reading = on_stage(page)["reading"]
    assert reading["none"]
    assert reading["below"] == f"No digit, I think. Closest: {reading['answer']}"


def test_after_clear_the_stage_is_empty():
    page = open_page("home")
    draw(page, "home", SEVEN)
    press(page, "Clear")
    assert on_stage(page)["reading"] is None


def test_few_words_and_one_primary_button_that_leads_to_train(home):
    put_mnist_into(home)
    page = open_page("home")
    said = f"{page.title[0].value} {texts(page)} {on_stage(page)['read_by']}"
    words = re.sub(r":material/\w+:|[*·]", " ", said).split()
    assert "Draw a digit. Watch a network read it." in said
    assert 10 < len(words) <= MOST_WORDS, words
    primary = [each for each in page.button if each.proto.type == "primary"]
    assert [each.label for each in primary] == ["Train your own"]
    primary[0].click().run()
    assert page.title[0].value == "Train"


def test_every_page_has_one_card_with_a_picture_in_the_order_of_the_way():
    page = open_page("home")
    pictures = re.findall(r'class="card" role="img" aria-label="([^"]+)"><img', html(page))
    links = [each.proto.label for each in page.get("page_link")]
    on_cards = [label for label in links if label.startswith("**") and "Next" not in label]
    assert on_cards == [f"**{each.label}**" for name, each in shell.PAGES.items() if name != "home"]
    assert len(set(pictures)) == len(on_cards) == 6
    assert len(html(page)) < 60_000  # letters: the pictures are small


def test_at_first_nothing_is_here():
    said = texts(open_page("home"))
    assert "The MNIST digits are not here yet." in said
    assert "them fetches them (12 MB)" in said
    assert "You have not trained a network yet." in said


def test_digits_at_hand_are_told(home):
    put_mnist_into(home)
    assert "The MNIST digits are on this server." in texts(open_page("home"))


def test_a_run_that_is_gone_is_told():
    assert "is no longer on this server" in texts(open_page("home", run="nothing-here"))


def test_the_score_of_a_run_is_told_and_the_run_reads_what_is_drawn(monkeypatch, generated):
    from core import data

    monkeypatch.setattr(data, "load_dataset", lambda *args, **kwargs: generated)
    page = open_page("train", dataset="generated", training_images="1000")
    page.button(key="start").click().run()
    wait_for_end(page)
    page.switch_page(str(ROOT / shell.PAGES["home"].path)).run()
    assert "Your run has finished. It reads" in texts(page)
    assert "of 1,617 test images correctly" in texts(page)
    draw(page, "home", SEVEN)
    name = spoken_name(page.query_params["run"])
    assert on_stage(page)["read_by"].startswith(f"Read by {name}.")
    assert [each["units"] for each in on_stage(page)["reading"]["shapes"]] == [1, 100, 50]
