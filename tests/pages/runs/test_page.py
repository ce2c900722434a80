"""Runs: whose are listed and how, and what can be done with one."""

from __future__ import annotations

import pytest

from core.config import TrainingConfig
from core.runs.kept.run import Label, Origin
from core.runs.kept.store import RunStore
from pages.ui.runs import actions, list_of_runs, listing
from pages.ui.state import owner, server
from pages.ui.state.visit import KEY, Visit
from pages.ui.words.numbers import unmarked
from tests.pages.app import choose, dropdown, handed_over, html, open_page, press, texts, unfold
from tests.pages.runs.kept_runs import MINE, NASTY, OTHERS, button, keep, open_runs, rows

pytestmark = pytest.mark.usefixtures("fresh_server")


def test_runs_page_says_where_to_begin():
    page = open_page("runs")
    assert not page.exception
    assert "Nothing is kept here yet" in texts(page)
    assert "**Train a network**" in [link.proto.label for link in page.get("page_link")]


def test_the_words_of_runs_are_explained():
    said = texts(unfold(open_page("runs"), "All words explained"))
    for word in ("seed", "epoch", "confidence interval"):
        assert f"- **{word}**" in said


def test_only_the_runs_of_this_browser_and_of_this_visit_are_listed():
    keep("mine-1")
    keep("others-1", origin=Origin(owner=OTHERS))
    keep("linked-1", origin=Origin(owner=OTHERS))
    page = open_runs()
    assert [row["id"] for row in rows(page)] == ["mine-1"]


def test_who_opens_a_link_to_a_run_can_look_and_draw_and_change_nothing():
    keep("mine-1", begun="2026-03-01")
    keep("linked-1", origin=Origin(owner=OTHERS))
    page = open_page("runs", run="linked-1")
    page.session_state[KEY].owners = [MINE]
    page.run()
    states = {row["id"]: (row["chosen"], row["state"]) for row in rows(page)}
    assert states == {"linked-1": (True, "by a link"), "mine-1": (False, "")}
    assert "started in another browser" in texts(page)
    assert button(choose(page, "More", "draw"), "runs-pad-sample")
    assert RunStore().summary("linked-1").name in dropdown(page, "Network").label
    for key in ("delete", "go-on"):
        assert button(page, key) is None
    assert not page.text_input


def test_rows_say_what_a_run_was_and_stand_in_the_order_asked_for():
    keep("old-one", begun="2026-01-01", right=97, config={"hidden_sizes": (30,), "epochs": 5})
    keep("new-one", begun="2026-02-01", right=91)
    page = open_runs()
    new, old = rows(page)
    assert (new["id"], old["id"]) == ("new-one", "old-one")
    assert old["network"] == "784-30-10"
    assert old["differs"] == "Built-in handwriting · 5 epochs"
    assert old["score"] == "97.0\u202f%"
    assert old["time"] == "about 20 seconds"
    assert old["layers"].startswith("<svg ")
    choose(page, "Order", "score")
    assert [row["id"] for row in rows(page)] == ["old-one", "new-one"]
    RunStore().relabel("new-one", Label(pinned=True))
    assert [row["id"] for row in rows(page.run())] == ["new-one", "old-one"]


def test_the_card_shows_its_score_on_the_scale_of_the_list_beside_it():
    keep("low-one", begun="2026-01-01", right=70)
    keep("high-one", begun="2026-02-01", right=97)
    page = open_runs()
    start, _ = handed_over(page, "ends")["ends"]
    assert f"<span>from {start}</span>".replace("\u202f", " ") in html(page)


def test_what_is_set_otherwise_than_in_the_tutorial_stands_first():
    keep("mine-1", config={"learning_rate": 0.05})
    page = open_runs()
    said = html(page)
    other, same = said.split("As in the tutorial network:")
    assert "Changed from the tutorial network" in other
    assert "<td>0.05</td><td>0.001</td>" in other
    assert "<th>Layers</th><td>784-100-50-10</td>" in same
    assert "Learning rate" not in same


def search(page, words: str) -> list[str]:
    page.session_state[KEY].looked_at.words = words
    page.run()
    assert not page.exception
    return [row["id"] for row in rows(page)]


def test_runs_are_found_by_name_note_data_and_settings():
    keep("fox-run", begun="2026-02-01", label=Label("Blue Fox", "for Anna"))
    keep("owl-run", config={"optimizer": "sgd", "learning_rate": 0.05}, label=Label("Owl"))
    page = open_runs()
    assert search(page, "blue") == ["fox-run"]
    assert search(page, "ANNA fox") == ["fox-run"]
    assert search(page, "sgd") == ["owl-run"]
    assert search(page, "0.05") == ["owl-run"]
    assert search(page, "built-in") == ["fox-run", "owl-run"]
    assert search(page, "<b>**") == []
    assert "No run has these words." in texts(page)
    assert search(page, "") == ["fox-run", "owl-run"]


def test_the_network_in_use_is_told_in_its_row():
    keep("mine-1", begun="2026-01-01")
    keep("mine-2", begun="2026-01-02")
    page = open_runs("mine-2")
    assert [row["inUse"] for row in rows(page)] == [False, False]  # the shipped one is
    press(page, "Use this network")
    assert [row["inUse"] for row in rows(page)] == [True, False]
    assert button(page, "use").disabled and "In use: **" in texts(page)


def test_the_orders():
    keep("slow-old", seconds=90.0, right=99, label=Label("b"))
    keep("quick-new", begun="2026-02-01", seconds=9.0, right=95, label=Label("C"))
    keep("no-exam", begun="2026-01-15", seconds=50.0, test=None, label=Label("a"))
    runs = listing.in_order(
        [RunStore().summary(each) for each in ("slow-old", "quick-new", "no-exam")], "date"
    )
    expected = {
        "date": ["quick-new", "no-exam", "slow-old"],
        "score": ["slow-old", "quick-new", "no-exam"],
        "time": ["quick-new", "no-exam", "slow-old"],
        "name": ["no-exam", "slow-old", "quick-new"],
    }
    assert list(expected) == list(listing.ORDERS)
    for order, ids in expected.items():
        assert [run.id for run in listing.in_order(runs, order)] == ids


def test_of_many_runs_a_page_is_shown_and_it_is_said_how_many_are_kept(monkeypatch):
    monkeypatch.setattr(list_of_runs, "PER_PAGE", 2)
    monkeypatch.setattr(listing, "MOST_OF_ONE", 3)
    for number in range(3):
        keep(f"number-{number}", begun=f"2026-01-0{number + 1}")
    page = open_runs()
    assert [row["id"] for row in rows(page)] == ["number-2", "number-1"]
    assert "You keep 3 of 3 runs. Then the oldest without a pin" in texts(page)
    monkeypatch.setattr(listing, "MOST_OF_ONE", 100)
    monkeypatch.setattr(listing, "MOST_OF_ALL", 3)
    assert "This server keeps 3 of 3 runs of all visitors." in texts(page.run())
    monkeypatch.setattr(listing, "MOST_OF_ALL", 2_000)
    assert "runs of all visitors" not in texts(page.run())


def test_a_run_in_its_first_epoch_is_listed_and_can_be_named(at_hand):
    config = TrainingConfig(dataset="generated")
    job = server.board().submit(config, paused=True, owner=MINE)
    others = server.board().submit(config, paused=True, owner=OTHERS)
    for each in (job, others):
        each.wait_until_still(20)
    page = open_runs()
    (row,) = rows(page)
    assert (row["id"], row["state"], row["score"]) == (job.id, "training: 0\u202f%", "")
    page.text_input(key=f"run-name-{job.id}").set_value("First Steps").run()
    assert not page.error
    assert rows(page)[0]["name"] == job.keeping.label.name == "First Steps"
    assert button(page, "delete").disabled


def test_a_name_is_changed_everywhere_and_is_never_read_as_html():
    keep("mine-1")
    page = open_runs("mine-1")
    page.text_input(key="run-name-mine-1").set_value(NASTY).run()
    assert not page.exception
    assert RunStore().summary("mine-1").name == NASTY
    assert rows(page)[0]["name"] == NASTY
    assert "&lt;img src=x&gt;**[a](b)" in html(page)
    assert "<img src=x>" not in html(page) + texts(page)
    page.text_input(key="run-note-mine-1").set_value("for Anna").run()
    assert "for Anna" in html(page)
    button(page, "run-pin-mine-1").click().run()
    assert RunStore().summary("mine-1").label == Label(NASTY, "for Anna", True)
    button(page, "use").click().run()
    assert unmarked(NASTY) in dropdown(page, "Network").label
    assert button(page, "use").disabled


def test_a_name_that_cannot_be_is_told():
    keep("mine-1")
    page = open_runs("mine-1")
    page.text_input(key="run-name-mine-1").set_value("a\u202eb").run()
    assert "in letters that can be seen" in page.error[0].value
    assert RunStore().summary("mine-1").label == Label()


def test_a_run_that_is_deleted_can_be_brought_back():
    name = keep("mine-1").name
    page = open_runs("mine-1")
    button(page, "delete").click().run()
    assert RunStore().runs() == []
    assert f"{name} is deleted." in html(page)
    press(page, "Undo")
    assert [row["id"] for row in rows(page)] == ["mine-1"]


def test_damaged_runs_are_told_to_their_owner(home):
    for run_id, whose in (("mine-1", MINE), ("others-1", OTHERS)):
        keep(run_id, origin=Origin(owner=whose))
        file = home / "runs" / run_id / "run.json"
        file.write_text(file.read_text().replace('"adam"', '"steam"'))
    page = open_runs()
    (warning,) = page.warning
    assert "mine-1 cannot be read" in warning.value
    assert "steam" in warning.value
    assert (home / "runs" / "mine-1").is_dir()


def test_only_what_was_cut_off_can_go_on(at_hand):
    keep("whole-1")
    keep("partial-1", complete=False, test=None)
    keep("begun-1", complete=False, test=None, checkpoint=None)  # it will begin again
    assert button(open_runs("whole-1"), "go-on") is None
    assert not button(open_runs("begun-1"), "go-on").disabled
    page = open_runs("partial-1")
    assert "3 of 6 batches are done" in texts(page)
    button(page, "go-on").click().run()
    assert not page.exception
    assert server.board().get("partial-1")
    assert page.session_state[KEY].runs == ["partial-1"]


def test_nobody_changes_what_is_not_theirs(monkeypatch):
    run = keep("others-1", origin=Origin(owner=OTHERS), complete=False)
    here = Visit(owners=[MINE])
    for module in (actions, listing, owner):
        monkeypatch.setattr(module, "visit", lambda: here)
    actions.change(run, "name", "mine now")
    actions.delete(run)
    assert not actions.go_on(run)
    assert here.looked_at.problem == actions.NOT_YOURS
    assert RunStore().summary("others-1").label == Label()
    assert server.board().jobs() == []
