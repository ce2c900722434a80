"""The exhibit: one thing at a time, no way out, a run of its own, and nothing left behind."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.data import DigitDataset
from core.runs.snapshot import JobState
from pages.ui import shell
from pages.ui.kiosk import runs
from pages.ui.state import server
from pages.ui.state.speed import WATCHABLE_SECONDS
from pages.ui.state.visit import KEY, ExhibitVisit, Visit
from tests.pages.app import SEVEN, answer, draw, handed_over, on_stage, open_page, press, texts

pytestmark = pytest.mark.usefixtures("fresh_server")


@pytest.fixture
def digits(monkeypatch, generated) -> DigitDataset:
    """At hand at once, and so few that a run is over soon."""
    part = generated.test[:1_000]
    dataset = DigitDataset("generated", part, part, part)
    monkeypatch.setattr("core.data.load_dataset", lambda *args, **kwargs: dataset)
    monkeypatch.setattr(runs.speed, "batches_a_second", lambda *args: None)
    return dataset


def the_run():
    (job,) = server.exhibit_board().jobs()
    return job


def guard(page: AppTest) -> dict:
    """What the browser is given to watch over."""
    return handed_over(page, "countdown")


@pytest.mark.parametrize("name", shell.PAGES)
def test_every_address_shows_the_pad_and_no_way_out(name):
    page = open_page(name, kiosk="1", run="abcdef-12", present="1", seed="x")
    assert not page.exception
    assert page.title[0].value == "Draw a digit"
    assert on_stage(page)["demonstration"]
    assert [each.label for each in page.button] == [
        "Undo",
        "Clear",
        "Show me one",
        "Watch one learn",
    ]
    for kind in ("page_link", "file_uploader", "camera_input", "download_button", "menu_button"):
        assert not page.get(kind), kind
    assert guard(page) == {"idle": 60, "countdown": 15, "lost": 10, "over": False}


def test_only_1_is_an_exhibit():
    assert open_page("home", kiosk="0").get("page_link")


def test_what_is_drawn_is_read():
    assert answer(draw(open_page("home", kiosk="1"), "exhibit", SEVEN)) == "7"


def test_a_network_learns_and_reads_and_is_kept_nowhere(digits, home):
    page = draw(open_page("home", kiosk="1"), "exhibit", SEVEN)
    press(page, "Watch one learn")
    assert not page.exception
    the_run().task.wait(60)
    page.run()
    assert page.title[0].value == "It has learned"
    assert "of 1,000 new digits" in texts(page)
    press(page, "Draw for it")
    assert page.title[0].value == "Draw for your network"
    assert on_stage(page)["below"].startswith("Read by your network.")
    assert "run" not in page.query_params
    kept = home.rglob("*.safetensors")
    assert not [each for each in kept if home / "data" not in each.parents]
    assert not server.board().jobs()


def test_whoever_leaves_leaves_nothing(digits, monkeypatch):
    monkeypatch.setattr(runs.speed, "batches_a_second", lambda *args: 1.0)
    page = draw(open_page("home", kiosk="1"), "exhibit", SEVEN)
    press(page, "Watch one learn")
    job = the_run()
    press(page, "Start over")
    assert not page.exception
    assert guard(page)["over"]  # so that the browser begins anew
    visit = page.session_state[KEY]
    assert visit.exhibit == ExhibitVisit(over=True)
    assert (visit.boxes, visit.runs, visit.exam) == ({}, [], Visit().exam)
    job.task.wait(20)
    assert job.state is JobState.STOPPED
    assert not server.exhibit_board().jobs()


def test_a_run_that_takes_too_long_is_ended(digits, monkeypatch):
    monkeypatch.setattr(runs.speed, "batches_a_second", lambda *args: 1.0)
    monkeypatch.setattr(runs, "LONGEST", 0.5)
    page = press(open_page("home", kiosk="1"), "Watch one learn")
    job = the_run()
    assert job.task.wait(60)
    assert job.state is JobState.STOPPED
    page.run()
    assert not page.exception
    assert page.title[0].value == "It has learned"


def test_a_run_has_time_to_be_watched_and_ends_within_half_a_minute():
    assert WATCHABLE_SECONDS < runs.LONGEST <= 30


def test_a_full_server_says_so(monkeypatch):
    monkeypatch.setattr("core.runs.board.OPEN_JOBS", 0)
    page = press(open_page("home", kiosk="1"), "Watch one learn")
    assert page.title[0].value == "Draw a digit"
    assert "Try again in a few minutes" in page.warning[0].value
