"""Repeat: settings with other seeds, and two of them compared."""

from __future__ import annotations

import pytest
import streamlit as st

from core.background import Refused
from core.config import PRESETS
from core.runs.series import cluster
from core.runs.series.spread import Difference
from pages.ui.runs.series import earlier, repeat, task_room
from pages.ui.runs.series.contenders import Contender, short_name
from pages.ui.state import server
from pages.ui.state.visit import KEY
from tests.pages.app import html, take, texts
from tests.pages.runs.kept_runs import NASTY, chart
from tests.waiting import going

LINEAR = Contender(PRESETS["linear"].label, PRESETS["linear"].config)


def begin(page, seeds: int):
    page.slider(key="repeat-seeds").set_value(seeds).run()
    return page.button(key="repeat-begin").click().run()


def test_settings_are_repeated_and_two_are_compared(open_section, wait_for_tasks):
    page = open_section("repeat")
    assert "5 runs, about 5 seconds on one processor core." in texts(page)
    begin(page, 2)
    wait_for_tasks(page)
    assert "Mean of 2 seeds, 500 digits of the practice exam" in html(page)
    assert "95 % interval" in html(page)
    assert "repeat-verdict" not in html(page)
    take(page, "Repeat", LINEAR)
    begin(page, 2)
    wait_for_tasks(page)
    assert "No hidden layer" in html(page)
    assert "Welch's test" in html(page)
    assert {line.get("name") for line in chart(page, "repeat-losses")["data"]} >= {
        "Train’s settings",
        "No hidden",
    }
    begin(page, 3)  # two of the three are known
    wait_for_tasks(page)
    assert "Mean of 3 seeds" in html(page)
    assert html(page).count('class="score"') == 2


def test_what_is_done_is_kept_when_it_is_stopped(open_section, wait_for_tasks, monkeypatch):
    def stopped(task, configs, shelf, known, with_losses, keep):
        run = first(task, configs[:1], shelf, known, with_losses, keep)
        task.stop()
        task.tell(0.5, run)

    first = task_room.run_series
    monkeypatch.setattr(task_room, "run_series", stopped)
    page = begin(open_section("repeat"), 2)
    wait_for_tasks(page)
    assert "Mean of 1 seed," in html(page)
    assert page.button(key="repeat-stop").disabled
    monkeypatch.setattr(task_room, "run_series", first)
    page = begun_anew(page, open_section)
    assert "Mean of 1 seed," in html(page)
    page.button(key="repeat-go-on").click().run()
    wait_for_tasks(page)
    assert "Mean of 2 seeds," in html(page)
    assert page.button(key="repeat-go-on").disabled
    assert "Mean of 2 seeds," in html(begun_anew(page, open_section))
    assert "Mean of" not in html(open_section("repeat"))  # another visitor


def begun_anew(page, open_section):
    """The page in a new tab of the same browser, after a restart of the server."""
    st.cache_resource.clear()
    st.cache_data.clear()
    again = open_section("repeat")
    again.session_state[KEY].owners = page.session_state[KEY].owners
    again.run()
    assert not again.exception
    return again


def test_what_is_kept_is_looked_at_again_taken_home_and_deleted(open_section, wait_for_tasks):
    page = begin(open_section("repeat"), 2)
    wait_for_tasks(page)
    take(page, "Repeat", LINEAR)
    begin(page, 2)
    wait_for_tasks(page)
    here = page.session_state[KEY].looked_at
    first, second = here.series["repeat"]
    assert (first.name, second.name) == ("Train’s settings", "No hidden layer")
    take(page, "Kept", first)
    assert here.series["repeat"] == [second, first]
    assert earlier.file_of(first, earlier.FILES["csv"]).count("\n") == 3
    page.button(key="repeat-delete").click().run()
    assert server.series().of([first.owner]) == [second]
    assert page.session_state[KEY].looked_at.series["repeat"] == [second]
    assert "Train’s settings is deleted." in html(page)
    page.button(key="undo").click().run()
    assert page.session_state[KEY].looked_at.series["repeat"] == [second, first]
    assert html(page).count("Mean of 2 seeds,") == 2


def test_while_it_goes_on_it_can_be_stopped_and_nothing_else_begun(open_section, monkeypatch):
    monkeypatch.setattr(task_room, "run_series", lambda task, **_: forever(task))
    page = begin(open_section("repeat"), 2)
    assert page.button(key="repeat-begin").disabled
    assert not page.button(key="repeat-stop").disabled
    (task,) = going(server.tasks())
    page.button(key="repeat-stop").click().run()
    assert task.wait(60)
    assert task.stopped


def forever(task) -> None:
    while True:
        task.tell(0.1)


def test_a_cluster_that_does_not_answer_is_a_sentence_and_can_be_tried_again(
    open_section, wait_for_tasks, monkeypatch
):
    def refuse(scheduler, configs, tell):
        raise Refused("The cluster at tcp://here:1 does not answer.")

    monkeypatch.setenv(cluster.VARIABLE, "tcp://here:1")
    monkeypatch.setattr(cluster, "trained", refuse)
    page = begin(open_section("repeat"), 2)
    assert "shared among the workers of a cluster" in texts(page)
    wait_for_tasks(page)
    assert "does not answer" in page.info[0].value
    monkeypatch.delenv(cluster.VARIABLE)
    page.button(key="repeat-begin").click().run()
    wait_for_tasks(page)
    assert "Mean of 2 seeds" in html(page)


def test_names_are_never_read_as_html():
    words = repeat.spread_html(NASTY, {}, 90)
    words += repeat.difference_html(Difference(0.1, (0.0, 0.2), 0.01), [NASTY, "Owl"])
    assert "<img src=x>" not in words + short_name(NASTY)
    assert "&lt;img src=x&gt;**[a](b) is better" in words


@pytest.mark.parametrize(("chance", "said"), [(0.01, "one is better"), (0.3, "Too close to call")])
def test_a_difference_is_called_real_only_where_it_is(chance, said):
    assert said in repeat.difference_html(Difference(0.1, (0.0, 0.2), chance), ["one", "two"])


def test_too_much_is_refused_before_it_begins(open_section, monkeypatch):
    monkeypatch.setattr(server, "cost_of", lambda config: type("Cost", (), {"seconds": 1e3}))
    page = open_section("repeat")
    assert "30 are allowed" in texts(page)
    assert page.button(key="repeat-begin").disabled
    assert not going(server.tasks())
