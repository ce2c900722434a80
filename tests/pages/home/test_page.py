"""Home: the stage is given what was recorded or what was drawn; the cards; what is ready."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.datasets.mnist import SIZES
from core.demonstration.recording import load
from core.runs.kept.names import spoken_name
from pages.ui import shell
from tests.pages.app import (
    SEVEN,
    answer,
    draw,
    html,
    on_stage,
    open_page,
    press,
    say_it_is,
    texts,
    wait_for_end,
)

pytestmark = pytest.mark.usefixtures("fresh_server")
OFF_THE_WAY = ("home", "room")  # pages without a card


def put_mnist_into(home: Path) -> None:
    """As if MNIST were at hand; nobody reads it here."""
    raw = home / "data" / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for name in SIZES:
        (raw / name).touch()


def test_until_something_is_drawn_the_recording_plays():
    stage = on_stage(open_page("home"))
    assert not stage["readings"]
    assert not stage["message"]
    assert stage["below"] == "An example, not yours yet. Read by the built-in network."
    for shown, recorded in zip(stage["demonstration"], load().digits, strict=True):
        assert shown["strokes"] == recorded.strokes
        assert shown["answer"] == recorded.reading.answer
        assert shown["levels"] == recorded.reading.to_dict()["levels"]
        assert len(shown["labels"]) == len(shown["shapes"])
    assert stage["demonstration"][0]["labels"][:3] == [
        "It sees 28 × 28",
        "Layer 1: 16 pattern finders (filters)",
        "Layer 2: 32 filters",
    ]


def test_what_was_drawn_on_home_stands_on_predict_and_is_read_alike():
    page = draw(open_page("home"), "home", SEVEN)
    assert not page.exception
    stage = on_stage(page)
    assert stage["demonstration"] is None
    (reading,) = stage["readings"]
    assert reading["answer"] == 7
    assert stage["said"] == f"It reads 7, {reading['sure'][7]} sure."
    assert stage["below"] == "Read by the built-in network."
    page.switch_page("pages/predict.py").run()
    assert on_stage(page) == stage
    press(page, "Clear")
    page.switch_page("app.py").run()
    assert not answer(page)


def test_one_primary_button_that_leads_to_train(home):
    put_mnist_into(home)
    page = open_page("home")
    said = f"{page.title[0].value} {texts(page)} {on_stage(page)['below']}"
    assert "Draw a digit. Watch a network read it." in said
    primary = [each for each in page.button if each.proto.type == "primary"]
    assert [each.label for each in primary] == ["Train your own"]
    primary[0].click().run()
    assert page.title[0].value == "Train"


def test_every_page_of_the_way_has_one_card_with_a_picture_in_the_order_of_the_way():
    page = open_page("home")
    pictures = re.findall(r'class="card" role="img" aria-label="([^"]+)"><img', html(page))
    links = [each.proto.label for each in page.get("page_link")]
    on_cards = [label for label in links if label.startswith("**") and "Next" not in label]
    assert on_cards == [
        f"**{each.label}**" for name, each in shell.PAGES.items() if name not in OFF_THE_WAY
    ]
    assert len(set(pictures)) == len(on_cards) == 7
    assert len(html(page)) < 60_000  # letters: the pictures are small


def test_at_first_nothing_is_here():
    said = texts(open_page("home"))
    assert "The MNIST digits are not here yet." in said
    assert "them fetches them (12 MB)" in said
    assert "You have not trained a network of your own yet." in said


def test_of_digits_at_hand_nothing_is_said(home):
    put_mnist_into(home)
    assert "MNIST" not in texts(open_page("home"))


def test_a_run_that_is_gone_is_told():
    assert "is no longer on this server" in texts(open_page("home", run="nothing-here"))


def test_the_score_of_a_run_is_told_and_the_run_reads_what_is_drawn(monkeypatch, generated):
    from core import data

    monkeypatch.setattr(data, "load_dataset", lambda *args, **kwargs: generated)
    page = open_page("train", dataset="generated", training_images="1000")
    page.button(key="start").click().run()
    wait_for_end(page)
    page.switch_page("app.py").run()
    assert "Your run has finished. It reads" in texts(page)
    assert "of 1,617 test images correctly" in texts(page)
    draw(page, "home", SEVEN)
    name = spoken_name(page.query_params["run"])
    assert on_stage(page)["below"].startswith(f"Read by {name}.")
    (reading,) = on_stage(page)["readings"]
    assert [each["units"] for each in reading["shapes"]] == [1, 100, 50]


def test_a_wrong_answer_can_be_put_right_where_it_is_given():
    page = say_it_is(draw(open_page("home"), "home", SEVEN), 0, 1)
    assert "You have 1 digit of your own." in texts(page)
    press(page, "Examine on them")
    assert page.title[0].value == "Exam"
