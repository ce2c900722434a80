"""What is taken home: files made when a button is pressed, with what is true of the network."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from core.config import TrainingConfig
from core.demonstration import recording
from core.drawing import prepare, prepare_pixels
from core.evaluation import read
from pages.ui.state import server
from pages.ui.state.networks import Network, networks
from pages.ui.widgets.take_home import offer
from pages.ui.widgets.take_home.card import (
    CROPPED,
    NOT_YOURS,
    YOURS,
    card_of,
    page_file,
    picture_file,
    reader_file,
)
from pages.ui.widgets.take_home.facts import is_public, way_back
from tests.drawn import FIVE, painted
from tests.pages.app import SEVEN, TWO_DIGITS, draw, drawn, open_page, shape

pytestmark = pytest.mark.usefixtures("fresh_server")

LABELS = ["A network in one file", "Picture card", "Card to print"]


@pytest.fixture
def shipped() -> dict[str, Network]:
    return {each.key: each for each in networks()}


def prepared(path: list):
    return prepare({"objects": drawn(path)["drawing"]["raw"]["objects"]})


def downloads(page) -> list[str]:
    return [each.label for each in page.get("download_button")]


def popover(page):
    return next(
        each.proto.popover for each in page.get("popover") if "home" in each.proto.popover.label
    )


@pytest.mark.parametrize("name", ["home", "predict"])
def test_after_a_reading_it_can_be_taken_home_and_before_the_button_keeps_its_place(name):
    page = open_page(name)
    assert popover(page).disabled
    assert not downloads(page)
    draw(page, name, SEVEN)
    assert not page.exception
    assert not popover(page).disabled
    assert downloads(page) == LABELS


def test_the_card_says_what_the_network_says(shipped):
    digit, network = prepared(SEVEN), shipped["default"]
    card = card_of(digit, network, "https://digits.example/predict")
    assert card.shares == read(network.get(), digit.renderings).tolist()
    assert (card.answer, card.sure) == ("7", "> 99.9\u202f% sure")
    assert card.whose == YOURS
    assert card.network == "The built-in network"
    assert card.score == "99.5\u202f% of 10,000 test images right (MNIST)"
    assert np.array_equal(card.seen, digit.image)
    assert len(card.code) == len(card.code[0]) > 20
    assert card.losses is None
    assert picture_file(digit, network, "").startswith(b"\x89PNG")
    assert b"read as 7 by The built-in network" in page_file(digit, network, "")


def test_what_is_no_digit_is_none_on_the_card_too(shipped):
    card = card_of(prepared(shape("star")), shipped["default"], "")
    assert card.answer == "?"
    assert card.sure.startswith("No digit? Closest: ")
    assert card.code == ()
    assert card_of(prepared(shape("star")), shipped["tutorial"], "").answer != "?"


def test_of_a_drawing_and_of_a_picture_the_ink_is_on_the_card():
    for digit in (prepared(SEVEN), prepare_pixels(painted(FIVE, ink=0, paper=230))):
        assert digit.stages[CROPPED].title == "Cropped"


def test_without_a_drawing_somebody_elses_digit_is_read_and_that_is_said(shipped):
    card = card_of(None, shipped["default"], "")
    assert card.whose == NOT_YOURS
    assert card.answer == str(recording.load().digits[0].digit)


def test_the_file_has_the_networks_doubt_its_score_and_where_it_learned(shipped):
    page = reader_file(shipped["default"]).decode()
    assert "<h1>The built-in network</h1>" in page
    assert "<p>99.5\u202f% of 10,000 test images right (MNIST).</p>" in page
    assert "<p>Trained in Digit Lab on MNIST, real pen strokes, " in page
    assert doubt_in(page) == server.shipped("default").card.doubt.above
    assert doubt_in(reader_file(shipped["tutorial"]).decode()) is None


def doubt_in(page: str) -> float | None:
    return json.loads(re.search(r'id="network">(.*?)</script>', page)[1])["doubtAbove"]


def test_of_two_digits_the_first_is_taken(monkeypatch):
    taken = []
    monkeypatch.setattr(offer, "show_downloads", lambda network, digit: taken.append(digit))
    page = draw(open_page("predict"), "predict", *TWO_DIGITS)
    assert not page.exception
    (digit,) = taken
    assert read(server.shipped("default").model, digit.renderings).argmax() == 1


def test_a_run_has_its_curve_and_one_that_is_too_large_says_so(monkeypatch):
    large = TrainingConfig(hidden_sizes=(2_048,))
    seen = type("Seen", (), {"config": large})
    monkeypatch.setattr(server, "snapshot", lambda run_id: seen)
    network = Network("some-run", "Quiet Otter", "", lambda: None)
    assert offer.problem_with_file(network).startswith("This network has 1,628,170 weights")
    assert offer.problem_with_file(Network("default", "", "", lambda: None)) == ""


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://digits.example/predict", "https://digits.example/predict?run=some-run"),
        ("http://digits.example:8501/", "http://digits.example:8501/?run=some-run"),
        ("http://localhost:8501/predict", ""),
        ("http://127.0.0.1:8501/predict", ""),
        ("http://192.168.1.20:8501/", ""),
        ("http://[::1]:8501/", ""),
        ("http://teacher:8501/", ""),
        ("http://teacher.local:8501/", ""),
        ("javascript:alert(1)//digits.example", ""),
        (None, ""),
    ],
)
def test_the_way_back_is_known_where_others_can_reach_it(monkeypatch, address, link):
    from pages.ui.widgets.take_home import facts

    monkeypatch.setattr(facts.st, "context", type("Context", (), {"url": address}))
    assert way_back(Network("some-run", "", "", lambda: None)) == link
    if link:
        assert way_back(Network("default", "", "", lambda: None)) == address
        assert way_back(Network("some-run@12", "", "", lambda: None)) == link


def test_numbers_of_machines_anywhere_are_public():
    assert is_public("8.8.8.8")
    assert not is_public("")
