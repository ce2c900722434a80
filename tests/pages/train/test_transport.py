"""The bar of buttons on Train: all of them, always in the same order, and what can be pressed."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.state import speed
from pages.ui.state.visit import KEY
from tests.pages.app import (
    choose,
    dropdown,
    open_page,
    press,
    take,
    texts,
    to_browser,
    wait_for_end,
)

pytestmark = pytest.mark.usefixtures("fresh_server")

FULL, SLOW = "As fast as it goes", "Slow down to watch"
IDLE = {"Start training", "One step"}
RUNNING = {"Pause", "Stop", "Reset"}
PAUSED = {"Resume", "Stop", "One step", "Reset", "10 batches", "1 epoch"}
OVER = {"Train a new one", "Reset"}


def bar(page: AppTest) -> list[str]:
    """The labels of the buttons of the bar, in their order."""
    return [each.label for each in page.button[:8]]


def can_be_pressed(page: AppTest) -> set[str]:
    return {each.label for each in page.button[:8] if not each.disabled} - {FULL, SLOW}


def in_order(first: str, pace: str = FULL) -> list[str]:
    return [first, "Pause", "Stop", "One step", pace, "10 batches", "1 epoch", "Reset"]


def start(page: AppTest) -> None:
    page.button(key="start").click().run()


def test_every_button_keeps_its_place_from_idle_to_finished(page):
    assert bar(page) == in_order("Start training", SLOW)
    assert can_be_pressed(page) == IDLE
    take(page, "Speed", "1 batch a second")
    start(page)
    assert bar(page) == in_order("Start training")
    assert can_be_pressed(page) == RUNNING
    press(page, "Pause")
    from pages.ui.state import server

    (job,) = server.board().jobs()
    job.wait_until_still(20)
    page.run()
    assert bar(page) == in_order("Resume")
    assert can_be_pressed(page) == PAUSED
    take(page, "Speed", "as fast as it goes")
    press(page, "Resume")
    wait_for_end(page)
    assert bar(page) == in_order("Train a new one", SLOW)
    assert can_be_pressed(page) == OVER
    press(page, "Reset")
    assert can_be_pressed(page) == IDLE


def test_while_a_run_goes_on_its_settings_are_shown_and_cannot_be_changed(page):
    def settings() -> list[bool]:
        buttons = [page.button(key=key) for key in ("take-tutorial", "take-best", "build")]
        return [each.disabled for each in (dropdown(page, "Make it fail"), *buttons)]

    assert settings() == [False] * 4
    take(page, "Speed", "1 batch a second")
    start(page)
    assert settings() == [True] * 4
    assert "1,000 training images" in texts(page)
    press(page, "Stop")
    wait_for_end(page)
    assert settings() == [False] * 4
    assert page.query_params["training_images"] == "1000"


def test_what_stop_and_reset_keep_is_said_on_them(page):
    for name in ("stop", "reset"):
        said = page.button(key=name).help
        assert re.search("keep what the network has learned|has learned is kept", said), said


def test_a_new_visitors_run_is_slow_enough_to_watch_and_the_fastest_stands_beside_it(page):
    from pages.ui.state import server

    page.session_state[KEY].train.speed = None  # nothing chosen yet
    page.run()
    assert dropdown(page, "Speed").label == "Speed: slow, 12 s or more"
    start(page)
    (job,) = server.board().jobs()
    assert job.controls.speed * 12 == pytest.approx(job.config.epochs * 8)  # batches in all
    press(page, "As fast as it goes")
    assert job.controls.speed is None
    assert dropdown(page, "Speed").label == "Speed: as fast as it goes"
    assert page.button(key="full-speed").label == SLOW
    assert to_browser(page, speed.NAME)["value"] == [speed.FULL]


def test_a_run_of_another_visitors_settings_is_shown_with_its_own(page):
    """Whoever opens the link of a run sees what that run learns from."""
    choose(press(page, "Build your own network"), "Learn from", "mnist")
    take(page, "Speed", "1 batch a second")
    start(page)
    other = open_page("train", run=page.query_params["run"], dataset="generated")
    assert "Own settings: 784-100-50-10 · 1,000 training images · 1 epoch" in texts(other)
    press(page, "Stop")


def test_what_is_chosen_together_with_the_press_counts(page):
    """A slow server hears both at once, in whatever order."""
    page.button(key="take-linear").click()
    start(page)
    assert not page.exception
    from pages.ui.state import server

    (job,) = server.board().jobs()
    assert job.config.hidden_sizes == ()
    assert page.query_params["run"]


@pytest.mark.parametrize(("begins", "is_there"), [(0.1, True), (1.1, False)])
def test_a_zoom_is_offered_once_something_is_there(page, monkeypatch, begins, is_there):
    monkeypatch.setattr("pages.ui.train.loss_chart.TOP_TENTH", begins)
    assert page.button(key="top-tenth").disabled
    start(page)
    wait_for_end(page)
    assert page.button(key="top-tenth").disabled is not is_there
