"""Race: two runs on one clock, shown together, and kept like any others."""

from __future__ import annotations

from dataclasses import replace

from core.background import Task
from core.runs.snapshot import JobState
from pages.ui.runs.compare import names
from pages.ui.runs.series import race
from pages.ui.state import server
from pages.ui.state.visit import KEY
from pages.ui.words.numbers import percent
from tests.pages.app import choose, group, html, texts
from tests.pages.runs.kept_runs import chart


def wait_for_both(page) -> None:
    for job in server.board().jobs():
        assert job.task.wait(120)
    page.run()
    assert not page.exception


def test_two_are_raced_shown_together_and_kept(open_section):
    page = open_section("race")
    assert "Both learn from MNIST, with the same seed." in texts(page)
    assert page.button(key="race-stop").disabled
    page.button(key="race-begin").click().run()
    assert not page.exception
    wait_for_both(page)
    assert html(page).count('data-testid="racer"') == 2
    scores = [job.snapshot().validation[-1].accuracy for job in server.board().jobs()]
    said = "reads more: " if scores[0] != scores[1] else "Both read "
    assert f"{said}{percent(max(scores))}" in html(page)
    assert html(page).count("spread won") == scores.count(max(scores))
    assert html(page).count("of 500 digits, practice exam") == 2
    assert html(page).count("finished · batch 48 of 48") == 2
    lines = chart(page, "race-losses")["data"]
    assert [line["name"] for line in lines] == ["Train’s settings", "No hidden"]
    seconds = lines[0]["x"]
    choose(page, "Along the axis", "batch")
    assert chart(page, "race-losses")["data"][0]["x"] == list(range(1, 49))
    assert len(seconds) == 48

    left, right = server.board().jobs()
    assert left.name == "Train’s settings (race 1)"
    assert "Raced against No hidden layer" in left.keeping.label.note
    assert names.next_race([left.name, "Wild Owl"]) == 2
    assert names.without_race(left.name) == "Train’s settings"
    waiting = replace(left.snapshot(), state=JobState.WAITING)
    assert race.state_in_words(waiting).startswith("waits for its turn · batch 48 of 48")
    assert "&lt;b&gt;" in race.racer_html("<b>", waiting, 0)
    assert (
        left.keeping.origin.owner == right.keeping.origin.owner == page.session_state[KEY].owners[0]
    )
    assert page.session_state[KEY].runs == []  # Train stays with what it shows
    page.button(key="race-compare").click().run()
    assert not page.exception
    assert group(page, "What to do").value == "kept"
    assert page.session_state[KEY].looked_at.chosen == [left.id, right.id]


def test_stop_ends_both_and_a_full_server_is_told(open_section, monkeypatch):
    page = open_section("race")
    monkeypatch.setattr("core.runs.board.OPEN_JOBS", 0)
    page.button(key="race-begin").click().run()
    assert "it can hold no more" in page.error[0].value
    monkeypatch.setattr("core.runs.board.OPEN_JOBS", 2)
    queue = server.board().queue
    somebody_else = Task(lambda task: None, queue)
    somebody_else.enter()
    page.button(key="race-begin").click().run()
    assert not page.button(key="race-stop").disabled
    assert page.button(key="race-begin").disabled
    page.button(key="race-stop").click().run()
    somebody_else.leave()
    wait_for_both(page)
    assert {job.state for job in server.board().jobs()} == {JobState.STOPPED}
