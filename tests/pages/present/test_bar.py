"""The presenter on a page: a bar in place of the navigation, and each stop sets what it names."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.config import TrainingConfig
from pages.ui import shell
from pages.ui.present.stops import demo
from pages.ui.state.address import SETTING_NAMES
from pages.ui.state.visit import KEY
from pages.ui.words import text_files
from tests.pages.app import (
    all_handed_over,
    answer,
    dropdown,
    handed_over,
    on_stage,
    open_page,
    texts,
)

pytestmark = pytest.mark.usefixtures("fresh_server")
STOPS = demo(shell.PAGES)


def bar(page: AppTest) -> dict:
    """What the browser is given to show at the foot of the page."""
    return handed_over(page, "titles")


def number_of(title: str) -> int:
    return next(number for number, each in enumerate(STOPS, 1) if each.title == title)


def open_stop(title: str) -> AppTest:
    return open_page("home", present="1", stop=str(number_of(title)))


def links(page: AppTest) -> list[str]:
    return [each.proto.label for each in page.get("page_link")]


@pytest.mark.parametrize("stop", ["", "0", "99", "<b>", "١"])
def test_before_the_first_stop_the_page_is_as_it_is_without_a_menu(stop):
    page = open_page("home", present="1", stop=stop)
    assert not page.exception
    assert bar(page)["stop"] == 0
    assert bar(page)["titles"] == [each.title for each in STOPS]
    assert "Home" not in links(page)
    assert on_stage(page)["demonstration"]


def test_nobody_else_sees_the_bar():
    page = open_page("home", stop="2")
    assert "Home" in links(page)
    with pytest.raises(StopIteration):
        bar(page)


def test_the_crossed_7_fails_and_then_does_not():
    page = open_stop("It fails")
    assert page.title[0].value == "Predict"
    assert bar(page)["say"] == STOPS[number_of("It fails") - 1].say
    assert answer(page) == "2"
    assert answer(open_stop("Other teachers")) == "7"


def test_a_training_begins_with_settings_of_its_own_where_there_is_no_mnist():
    """No network is needed: the built-in handwriting stands in."""
    page = open_stop("It learns")
    assert page.title[0].value == "Train"
    config = page.session_state[KEY].train.settings
    assert config == TrainingConfig(dataset="generated", seed=7)
    assert dropdown(page, "Speed").label == "Speed: 5 batches a second"
    shown = bar(page)
    assert (shown["press"], shown["arrival"]) == (["start"], 1)
    assert set(page.query_params) - set(SETTING_NAMES) == {"present", "stop"}


def test_a_stop_opens_its_section_of_the_page():
    page = open_stop("The map")
    assert page.title[0].value == "Inside"
    assert page.session_state["inside-section"] == "map"


def test_what_the_presenter_changes_at_a_stop_stays():
    page = open_stop("It fails")
    before = page.session_state[KEY].presenter.arrivals
    page.session_state[KEY].asked_network = "default"
    page.run()
    assert answer(page) == "7"
    assert page.session_state[KEY].presenter.arrivals == before


def test_a_broken_demo_says_so_and_the_page_goes_on(monkeypatch, tmp_path):
    monkeypatch.setattr(text_files, "TEXT", tmp_path)
    page = open_page("home", present="1", stop="2")
    assert not page.exception
    assert "demo.toml is missing" in page.error[0].value
    assert on_stage(page)["demonstration"]


def test_the_window_with_the_notes_shows_nothing_else():
    page = open_page("train", present="notes")
    assert not page.exception
    (data,) = all_handed_over(page)
    assert [each["notes"] for each in data["stops"]] == [each.notes for each in STOPS]
    assert not page.title
    assert not texts(page)
