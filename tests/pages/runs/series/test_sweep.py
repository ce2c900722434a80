"""Sweep: a line or a map of scores, filled in as they come."""

from __future__ import annotations

import torch

from core.config import TrainingConfig
from core.evaluation import Evaluation
from core.runs.series.sweep import AXES, Sweep
from pages.ui.runs.series import sweep as page_part
from pages.ui.state import server
from tests.pages.app import html, take, texts
from tests.pages.runs.kept_runs import chart
from tests.waiting import going


def score(right: int) -> Evaluation:
    """Of 100 images."""
    confusion = torch.zeros(10, 10, dtype=torch.int64)
    confusion[0, 0], confusion[0, 1] = right, 100 - right
    return Evaluation(0.5, confusion)


def pick(page, name: str, values: list[str]):
    """Choose these values of a setting."""
    (pills,) = [each for each in page.get("button_group") if each.key == f"sweep-values-{name}"]
    return pills.set_value(values).run()


def test_one_setting_is_a_line_and_two_are_a_map(open_section, wait_for_tasks):
    page = open_section("sweep")
    assert "4 runs, about 4 seconds" in texts(page)
    assert len(chart(page, "sweep-line")["layout"]["xaxis"]["ticktext"]) == 4
    assert not chart(page, "sweep-line")["data"]
    assert "never by the exam" in texts(page)
    pick(page, "learning_rate", ["0.001", "0.01"])
    page.button(key="sweep-begin").click().run()
    wait_for_tasks(page)
    drawn = chart(page, "sweep-line")
    assert drawn["layout"]["xaxis"]["ticktext"] == ["0.001", "0.01"]
    assert len(drawn["data"][0]["y"]) == 2
    assert "Best so far: **learning rate 0.0" in texts(page)
    assert "of 500 images" in texts(page)

    take(page, "And", "layers")
    pick(page, "layers", ["0", "1"])
    page.button(key="sweep-begin").click().run()
    wait_for_tasks(page)
    assert "Learning rate ↓ Hidden layers →" in html(page)
    assert html(page).count("<td style=") + html(page).count("<td class=best") == 4


def test_with_too_few_values_nothing_begins_and_that_is_said(open_section):
    page = pick(open_section("sweep"), "learning_rate", ["0.001"])
    assert "Choose two or more values of learning rate." in texts(page)
    assert page.button(key="sweep-begin").disabled
    take(page, "And", "layers")
    pick(page, "learning_rate", [page_part.word_of("learning_rate", v) for v in rates()])
    pick(page, "layers", ["0", "1", "2", "3"])
    assert "44 runs are too many at once: 36 at most." in texts(page)
    assert page.button(key="sweep-begin").disabled
    assert not going(server.tasks())


def rates() -> tuple[float, ...]:
    return AXES["learning_rate"].values


def test_the_map_says_what_did_not_learn_and_what_is_to_come():
    sweep = Sweep(TrainingConfig(), (("learning_rate", (0.1, 0.01)), ("epochs", (1, 3))))
    scores = {(0.1, 1): None, (0.1, 3): score(90), (0.01, 1): score(95)}
    drawn = page_part.map_html(sweep, scores)
    assert drawn.count("did not learn") == 1
    assert drawn.count("still to come") == 1
    assert drawn.count("class=best") == 1
    assert "<td class=best style='background: rgba(0, 158, 115, 0.55)'>95.0" in drawn
    assert "rgba(0, 158, 115, 0.00)'>90.0" in drawn


def test_what_cannot_be_told_from_the_best_is_counted():
    sweep = Sweep(TrainingConfig(), (("epochs", (1, 2, 3, 5)),))
    measured = {(1,): score(50), (2,): score(93), (3,): score(95), (5,): score(94)}
    said = page_part.best_in_words(sweep, measured)
    assert "**epochs 3**" in said
    assert "2 others are too close to tell from it." in said
    assert "One other" in page_part.best_in_words(sweep, {(1,): score(93), (2,): score(95)})
    assert "close" not in page_part.best_in_words(sweep, {(1,): score(50), (2,): score(95)})
