"""Runs: whose are listed, what can be done with one, what is said of two."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from core.config import TrainingConfig
from core.data import DigitDataset
from core.datasets import generated as source
from core.evaluation import Evaluation
from core.model import build_model
from core.runs.kept.run import Label, Origin, Run
from core.runs.kept.store import RunStore
from pages.ui.runs import actions, listing
from pages.ui.runs.rows import MOST
from pages.ui.state import owner, server
from pages.ui.state.visit import KEY, Visit
from tests.pages.app import choose, dropdown, html, open_page, press, texts

pytestmark = pytest.mark.usefixtures("fresh_server")

MINE, OTHERS = "a" * 22, "b" * 22
NASTY = "<img src=x>**[a](b)"


def test_runs_page_says_where_to_begin():
    page = open_page("runs")
    assert not page.exception
    assert "Nothing is kept here yet" in texts(page)
    assert "**Train a network**" in [link.proto.label for link in page.get("page_link")]


def keep(
    run_id: str,
    *,
    right: int = 90,
    begun: str = "2026-01-01",
    checkpoint: bytes | None = b"where it was",
    **changes,
) -> Run:
    """A run on disk whose network is untrained; `right` of 100 images in its exam."""
    config = TrainingConfig(dataset="generated", **changes.pop("config", {}))
    confusion = torch.zeros(10, 10, dtype=torch.int64)
    confusion[0, 0], confusion[0, 1] = right, 100 - right
    torch.manual_seed(len(run_id) + right)
    run = Run(
        id=run_id,
        config=config,
        complete=True,
        total_iterations=6,
        seconds=20.0,
        losses=np.array([2.3, 1.1, 0.5], dtype=np.float32),
        validation=(),
        test=Evaluation(0.25, confusion),
        weights=build_model(config).state_dict(),
        origin=Origin(owner=MINE, begun=begun),
    )
    run = replace(run, **changes)
    RunStore().save(run, checkpoint)
    return run


def open_runs(*chosen: str):
    """The page of the browser MINE, on which these are chosen."""
    page = open_page("runs")
    page.session_state[KEY].owners = [MINE]
    page.session_state[KEY].looked_at.chosen = list(chosen)
    page.run()
    assert not page.exception
    return page


def rows(page) -> list[dict]:
    data = [json.loads(each.proto.json) for each in page.get("bidi_component")]
    return next(each["rows"] for each in data if "rows" in each)


def button(page, key: str):
    return next((each for each in page.button if each.key == key), None)


def test_only_the_runs_of_this_browser_and_of_this_visit_are_listed():
    keep("mine-1")
    keep("others-1", origin=Origin(owner=OTHERS))
    keep("linked-1", origin=Origin(owner=OTHERS))
    page = open_runs()
    assert [row["id"] for row in rows(page)] == ["mine-1"]
    page.session_state[KEY].runs = ["linked-1"]
    page.session_state[KEY].looked_at.chosen = ["linked-1"]
    page.run()
    assert {row["id"] for row in rows(page)} == {"mine-1", "linked-1"}
    assert "started in another browser" in texts(page)
    assert button(page, "delete") is None
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
    choose(page, "Order", "score")
    assert [row["id"] for row in rows(page)] == ["old-one", "new-one"]
    RunStore().relabel("new-one", Label(pinned=True))
    assert [row["id"] for row in rows(page.run())] == ["new-one", "old-one"]


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
    page.toggle(key="run-pin-mine-1").set_value(True).run()
    assert RunStore().summary("mine-1").label == Label(NASTY, "for Anna", True)
    button(page, "use").click().run()
    assert "img src=x" in dropdown(page, "Network").label
    assert button(page, "use").disabled


def test_a_name_that_cannot_be_is_told():
    keep("mine-1")
    page = open_runs("mine-1")
    page.text_input(key="run-name-mine-1").set_value("a\u202eb").run()
    assert "A name has at most 40 letters" in page.error[0].value
    assert RunStore().summary("mine-1").label == Label()


def test_a_run_that_is_deleted_can_be_brought_back():
    name = keep("mine-1").summary().name
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


@pytest.fixture
def at_hand(monkeypatch, small) -> DigitDataset:
    monkeypatch.setattr(source, "is_here", lambda root: True)
    monkeypatch.setattr("core.data.load_dataset", lambda *args, **kwargs: small)
    return small


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
    run = keep("others-1", origin=Origin(owner=OTHERS), complete=False).summary()
    here = Visit(owners=[MINE])
    for module in (actions, listing, owner):
        monkeypatch.setattr(module, "visit", lambda: here)
    monkeypatch.setattr(actions, "widget_value", lambda key: "mine now")
    actions.change(run, "name", "key")
    actions.delete(run)
    assert not actions.go_on(run)
    assert here.looked_at.problem == actions.NOT_YOURS
    assert RunStore().summary("others-1").label == Label()
    assert server.board().jobs() == []


def reading_only(digit: int) -> dict[str, torch.Tensor]:
    """Weights of a network that answers this digit whatever it sees."""
    model = build_model(TrainingConfig())
    for parameter in model.parameters():
        torch.nn.init.zeros_(parameter)
    list(model.parameters())[-1].data[digit] = 1.0
    return model.state_dict()


def test_two_runs_are_compared_on_the_same_images(at_hand):
    config = {"learning_rate": 0.01}
    keep("first-1", weights=reading_only(1), label=Label(NASTY))
    keep("second-1", weights=reading_only(1), label=Label("Wild Owl"), config=config)
    keep("third-1", weights=reading_only(3))
    ones, threes = (int((at_hand.test.labels == digit).sum()) for digit in (1, 3))
    page = open_runs("first-1", "second-1")
    assert "Too close to call" in html(page)
    assert "<td>0.001</td>" in html(page)
    assert "<td>0.01</td>" in html(page)
    assert "<img src=x>" not in html(page)
    page = open_runs("second-1", "third-1")
    assert f"Of {len(at_hand.test):,} test images" in html(page)
    assert f"only Wild Owl reads <b>{ones}</b>" in html(page)
    assert f"reads <b>{threes}</b>. Were both" in html(page)
    assert "Only Wild Owl reads these" in html(page)


def test_a_damaged_curve_is_told_and_no_other_takes_its_colour(home):
    for run_id in ("first-1", "second-1", "third-1"):
        keep(run_id)
    (home / "runs" / "second-1" / "history.csv").write_text("iteration,loss\n1,x\n")
    page = open_runs("first-1", "second-1", "third-1")
    assert "second-1 cannot be read" in page.warning[0].value
    assert not page.get("plotly_chart")
    assert html(page).count("&#9632;") == 3


def test_without_the_test_images_nothing_is_claimed():
    mnist = TrainingConfig()
    for run_id in ("first-1", "second-1"):
        keep(run_id)
        RunStore().save(replace(RunStore().load(run_id), config=mnist))
    page = open_runs("first-1", "second-1")
    assert "are not on this server" in texts(page)
    assert "is better" not in html(page)


def test_six_are_compared_and_no_more():
    ids = [f"number-{number}" for number in range(MOST)]
    for run_id in ids:
        keep(run_id, label=Label("Twin"))
    page = open_runs(*ids)
    (chart,) = page.get("plotly_chart")
    drawn = json.loads(chart.proto.spec)
    assert len({line["name"] for line in drawn["data"]}) == MOST
    assert len({line["line"]["color"] for line in drawn["data"]}) == MOST
    assert "Twin (6)" in html(page)
    assert "Their settings are the same." in html(page)
