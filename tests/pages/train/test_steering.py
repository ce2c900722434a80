"""Who steers a run, and how soon it is seen: clicks, tabs, visitors, signs of life."""

from __future__ import annotations

import threading
import time

import pytest

from core.runs.snapshot import JobState
from pages.ui.state import owner, server, speed, steering
from pages.ui.state.visit import KEY, InBrowser, TrainVisit, Visit
from pages.ui.widgets import task
from tests.pages.app import open_page, press, take, texts

pytestmark = pytest.mark.usefixtures("fresh_server")

PLAIN = {"dataset": "generated", "training_images": "1000", "epochs": "100"}


@pytest.fixture
def page(at_hand):
    """Train, with a run of one batch a second."""
    page = open_page("train", **PLAIN)
    take(page, "Speed", "1 batch a second")
    page.button(key="start").click().run()
    return page


@pytest.fixture
def rhythms(monkeypatch):
    """How often each fragment of the pages built from now on is run again."""
    seen, fragment = [], task.st.fragment

    def spy(function, *, run_every=None):
        seen.append(run_every)
        return fragment(function, run_every=run_every)

    monkeypatch.setattr(task.st, "fragment", spy)
    return seen


def visitor(page_name: str, run: str, owners: list[str], answered: bool = True):
    """Another browser, or another tab, at the address of a run."""
    page = open_page(page_name)
    page.session_state[KEY] = Visit(train=TrainVisit(speed=speed.FULL), owners=owners)
    page.session_state[KEY].in_browser[owner.NAME] = InBrowser(heard=answered)
    page.query_params["run"] = run
    return page.run()


def the_job():
    (job,) = server.board().jobs()
    return job


def test_impatient_clicks_on_start_start_one_run(page):
    """The clicks come with what the page showed before: its callback is that of the button."""
    job = the_job()
    visit = page.session_state[KEY]
    from core.config import TrainingConfig

    with pytest.MonkeyPatch.context() as script:
        script.setattr(steering, "current_job", lambda: job)
        script.setattr(owner, "visit", lambda: visit)
        for _ in range(3):
            assert not steering.start(TrainingConfig(), None)
            steering.step_once(TrainingConfig(), None)
    assert server.board().jobs() == [job]
    assert job.state is not JobState.PAUSED  # nor did the clicks meant to begin it hold it up


def test_another_visitor_watches_and_cannot_steer(page):
    run = page.query_params["run"]
    other = visitor("train", run, ["a" * 22])
    assert f"You are watching **{the_job().name}**" in texts(other)
    labels = {each.label for each in other.button}
    assert not labels & {"Start training", "Pause", "Stop", "Reset", "One step"}
    press(other, "Train your own")
    assert "run" not in other.query_params
    assert not other.button(key="start").disabled
    assert not the_job().controls.stop_reason
    other.button(key="start").click().run()
    assert len(server.board().jobs()) == 2
    press(other, "Stop")


def test_a_browser_that_has_not_said_whose_it_is_can_press_nothing_yet(page):
    run, mine = page.query_params["run"], page.session_state[KEY].owners
    other = visitor("train", run, [], answered=False)
    assert all(each.disabled for each in other.button[:8])
    other.session_state[KEY].owners = mine  # it says so
    other.run()
    assert not other.button(key="stop").disabled


@pytest.mark.parametrize("call", ["press", "stop", "reset"])
def test_a_press_that_is_not_the_owners_does_nothing(page, call):
    """Whatever the browser asks for."""
    from core.runs.steering.controls import Controls

    job, stranger = the_job(), Visit(owners=["a" * 22])
    with pytest.MonkeyPatch.context() as script:
        script.setattr(owner, "visit", lambda: stranger)
        script.setattr(steering, "current_job", lambda: job)
        script.setattr(steering, "leave_run", lambda: None)
        {
            "press": lambda: steering.press(job, Controls.pause),
            "stop": lambda: steering.stop(job),
            "reset": steering.reset,
        }[call]()
    assert (job.controls.pending, job.controls.held) == ("", False)


def test_a_paused_run_is_watched_in_every_tab_as_closely_as_one_that_goes_on(page, rhythms):
    """Not with a heartbeat of seconds: what is pressed in one tab is seen in all."""
    press(page, "Pause")
    the_job().wait_until_still(20)
    run, mine = page.query_params["run"], page.session_state[KEY].owners
    rhythms.clear()
    tab = visitor("train", run, mine)
    assert "paused" in tab.get("progress")[0].proto.text
    assert min(each for each in rhythms if each) <= 0.5
    press(tab, "Stop")  # its effect is on the page that the press builds
    assert the_job().over or "stopping" in tab.get("progress")[0].proto.text


def test_any_sign_of_life_on_any_page_keeps_a_run(page, monkeypatch):
    job, mine = the_job(), page.session_state[KEY].owners
    for name in ("home", "learn", "data"):
        monkeypatch.setattr(job.controls.presence, "_last", -1e9)
        other = open_page(name)
        other.session_state[KEY] = Visit(owners=mine)
        other.run()
        assert job.controls.presence.unseen_for() < 1e6
    monkeypatch.setattr(job.controls.presence, "_last", -1e9)
    stranger = open_page("home")
    stranger.session_state[KEY] = Visit(owners=["a" * 22])
    stranger.run()
    assert job.controls.presence.unseen_for() > 1e6
    job.controls.presence.seen()


def test_a_run_that_was_stopped_is_gone_on_with_by_its_owner_alone(page):
    job, deadline = the_job(), time.monotonic() + 20
    while not job.snapshot().iteration and time.monotonic() < deadline:
        time.sleep(0.01)
    press(page, "Stop")
    job.task.wait(20)
    run = page.run().query_params["run"]
    other = visitor("train", run, ["a" * 22])
    assert "Go on" not in {each.label for each in other.button}
    press(page, "Go on")
    assert not the_job().over
    assert the_job().id == run


def test_a_run_that_was_stopped_before_its_first_batch_was_not_kept(monkeypatch, generated):
    stopped = threading.Event()
    monkeypatch.setattr("core.data.load_dataset", lambda *_, **__: stopped.wait(20) and generated)
    page = open_page("train", **PLAIN)
    page.button(key="start").click().run()
    press(page, "Stop")
    stopped.set()
    the_job().task.wait(20)
    assert "Go on" not in {each.label for each in page.run().button}
