"""Runs: what is said and shown of two to six that are compared."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
import torch

from core.config import TrainingConfig
from core.runs.comparison.verdict import Verdict
from core.runs.kept.run import Label
from core.runs.kept.store import RunStore
from pages.ui.runs.compare.verdict import of_two_html
from pages.ui.runs.rows import MOST
from pages.ui.state.visit import KEY
from pages.ui.words.numbers import percent
from tests.pages.app import (
    SEVEN,
    all_handed_over,
    choose,
    drawn,
    dropdown,
    html,
    press,
    take,
    texts,
)
from tests.pages.runs.kept_runs import NASTY, chart, keep, open_runs, reading_only, rows

pytestmark = pytest.mark.usefixtures("fresh_server")


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
    assert f"Of {len(at_hand.test):,} exam digits" in html(page)
    third = RunStore().summary("third-1").name
    for name, count in (("Wild Owl", ones), (third, threes)):
        score = percent(count / len(at_hand.test))
        assert re.search(f"<b>{score}</b><span[^>]*>&#9632;</span> {name}<", html(page))
        assert f'">{count}</span>' in html(page)


def test_both_stand_in_their_own_order_whichever_is_better():
    found = Verdict(9, 1, 0.01)
    for best, counts in ((0, ("9", "1")), (1, ("1", "9"))):
        said = of_two_html(found, best, ["Wild Owl", "Red Fox"], ["1 %", "2 %"], "10 images")
        assert f"{('Wild Owl', 'Red Fox')[best]} is better" in said
        assert said.index("Wild Owl</div>") < said.index("Red Fox</div>")
        assert re.findall(r">(\d)</span>", said) == list(counts)
        assert re.search(r"<div class=won><b>(\d) %", said)[1] == str(best + 1)
    assert "won" not in of_two_html(Verdict(5, 5, 1.0), 0, ["a", "b"], ["", ""], "")


def test_of_three_the_best_is_held_against_each(at_hand, monkeypatch):
    labels = at_hand.test.labels
    ones, threes = ((labels == digit).nonzero().flatten() for digit in (1, 3))
    mostly_ones = replace(at_hand, test=at_hand.test[torch.cat([ones, threes[:5]])])
    monkeypatch.setattr("core.data.load_dataset", lambda *args, **kwargs: mostly_ones)
    keep("good-1", weights=reading_only(1), label=Label("Wild Owl"))
    keep("same-1", weights=reading_only(1), label=Label(NASTY))
    keep("none-1", weights=reading_only(3), label=Label("Red Fox"))
    page = open_runs("none-1", "good-1", "same-1")
    assert "Wild Owl reads the most" in html(page)
    assert "Better than Red Fox" in html(page)
    assert "Too close to &lt;img" in html(page)
    press(page, "Use Wild Owl")
    assert "In use: **Wild Owl**." in texts(page)
    assert [row["id"] for row in rows(page) if row["inUse"]] == ["good-1"]


def walls(page) -> dict[str, dict]:
    return {each["label"]: each for each in all_handed_over(page) if "sheet" in each}


def test_images_that_one_alone_or_none_reads_can_be_looked_at(at_hand):
    keep("first-1", weights=reading_only(1), label=Label("Wild Owl"))
    keep("second-1", weights=reading_only(3), label=Label("Red Fox"))
    page = choose(open_runs("first-1", "second-1"), "More", "images")
    assert not page.exception
    assert list(walls(page)) == ["Only Wild Owl reads", "Only Red Fox reads", "None reads"]
    labels = at_hand.test.labels
    ones, threes = int((labels == 1).sum()), int((labels == 3).sum())
    assert f"None reads **{len(labels) - ones - threes}**" in texts(page)
    assert set(walls(page)["Only Red Fox reads"]["names"]) == {"A 3"}
    three = int((labels == 3).nonzero()[0])
    page.session_state[KEY].looked_at.image = three
    page.run()
    assert "It is a <b>3</b>" in html(page)
    assert html(page).count('data-testid="answer">1</b>') == 1
    assert html(page).count('data-testid="answer">3</b>') == 1
    assert html(page).count('class="bars"') == 2
    assert walls(page)["Only Red Fox reads"]["chosen"] == 0
    assert walls(page)["None reads"]["chosen"] == -1


def test_all_that_are_chosen_read_the_same_drawing():
    keep("first-1", weights=reading_only(1), label=Label(NASTY))
    keep("second-1", weights=reading_only(3))
    page = choose(open_runs("first-1", "second-1"), "More", "draw")
    assert 'data-testid="answer"' not in html(page)
    page.session_state["runs-pad-0"] = drawn(SEVEN)
    page.run()
    for digit in (1, 3):
        assert f'data-testid="answer">{digit}</b>' in html(page)
    assert "<img src=x>" not in html(page)
    assert page.session_state[KEY].boxes["predict"].drawing["objects"]


def test_scores_by_any_setting():
    for number, rate in enumerate((0.001, 0.001, 0.01)):
        config = {"learning_rate": rate, "activation": ("relu", "tanh", "tanh")[number]}
        keep(f"number-{number}", right=90 + number, config=config, label=Label(NASTY))
    keep("no-exam", test=None, config={"seed": 7})
    page = choose(open_runs(), "More", "by-setting")
    assert dropdown(page, "Setting").label == "Setting: Activation"
    take(page, "Setting", "learning_rate")
    shown = chart(page, "runs-by-setting")
    assert shown["layout"]["xaxis"]["ticktext"] == ["0.001", "0.01"]
    assert sorted(shown["data"][0]["y"]) == [90, 91, 92]
    assert "<img" not in str(shown)
    take(page, "Score", "seconds")
    assert chart(page, "runs-by-setting")["data"][0]["y"] == [20, 20, 20]


def test_without_two_settings_there_is_nothing_to_set_a_score_against():
    keep("only-1")
    page = choose(open_runs(), "More", "by-setting")
    assert "This needs two runs with different settings" in texts(page)


def test_curves_by_batch_epoch_or_second_smoothed_or_not():
    for run_id in ("first-1", "second-1"):
        keep(run_id, losses=np.array([2.0, 1.0], dtype=np.float32))
    page = open_runs("first-1", "second-1")
    line = chart(page, "compared-losses")["data"][0]
    assert (line["x"], line["y"]) == ([1, 2], [2.0, 1.5])
    choose(page, "Curves", "raw")
    choose(page, "Learning by", "second")
    line = chart(page, "compared-losses")["data"][0]
    assert (line["x"], line["y"]) == ([10, 20], [2.0, 1.0])


def test_a_damaged_curve_is_told_and_no_other_takes_its_colour(home):
    for run_id in ("first-1", "second-1", "third-1"):
        keep(run_id)
    (home / "runs" / "second-1" / "history.csv").write_text("iteration,loss\n1,x\n")
    page = open_runs("first-1", "second-1", "third-1")
    assert "second-1 cannot be read" in page.warning[0].value
    assert chart(page, "compared-losses") is None
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
    lines = chart(page, "compared-losses")["data"]
    assert len({line["name"] for line in lines}) == MOST
    assert len({line["line"]["color"] for line in lines}) == MOST
    assert "Twin (6)" in html(page)
    assert "Their settings are the same." in html(page)
