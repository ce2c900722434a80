"""The losses of several runs in one chart: where they stand, how they are smoothed, how large."""

from __future__ import annotations

import json

import numpy as np
import pytest

from core.charts.parts import HIGHEST_LOSS
from core.charts.runs.learning import POINTS, SPAN, Losses, learning_chart

SHORT = Losses(np.array([2.0, 1.0, 0.5, 0.25], dtype=np.float32), 2, 8.0)


@pytest.mark.parametrize(
    ("by", "places"),
    [("batch", [1, 2, 3, 4]), ("epoch", [0.5, 1, 1.5, 2]), ("second", [2, 4, 6, 8])],
)
def test_a_loss_stands_at_its_batch_epoch_or_second(by, places):
    (line,) = learning_chart({"one": SHORT}, by, smoothed=False)["data"]
    assert line["x"] == places
    assert line["y"] == [2.0, 1.0, 0.5, 0.25]


def test_smoothed_is_the_mean_of_the_last_batches():
    (line,) = learning_chart({"one": SHORT})["data"]
    assert line["y"] == [2.0, 1.5, pytest.approx(3.5 / 3, abs=1e-3), pytest.approx(0.9375)]


def test_peaks_stay_where_a_long_run_is_shown_batch_by_batch():
    losses = np.ones(100_000, dtype=np.float32)
    losses[54_321] = 9.0
    (line,) = learning_chart({"one": Losses(losses, 430, 60.0)}, smoothed=False)["data"]
    assert max(line["y"]) == 9.0
    assert len(line["y"]) <= POINTS


@pytest.mark.parametrize("smoothed", [True, False])
@pytest.mark.parametrize("by", ["batch", "second"])
def test_six_long_runs_are_a_small_chart(by, smoothed):
    chance = np.random.default_rng(0)
    runs = {
        str(number): Losses(chance.random(100_000, dtype=np.float32), 430, 61.7)
        for number in range(6)
    }
    assert len(json.dumps(learning_chart(runs, by, smoothed))) < 100_000


def test_the_axis_says_how_many_batches_a_point_is_the_mean_of():
    def title(losses: int) -> str:
        chart = learning_chart({"one": Losses(np.ones(losses), 430, 60.0)})
        return chart["layout"]["title"]["text"]

    assert f"mean of {SPAN} batches" in title(100)
    assert "mean of 256 batches" in title(100_000)


def test_what_is_no_number_is_left_out_and_a_wild_run_hides_no_other():
    wild = Losses(np.array([2.0, 1e9, np.nan, np.inf]), 2, 1.0)
    empty = Losses(np.array([]), 2, 0.0)
    chart = learning_chart({"wild": wild, "none": empty, "one": SHORT}, smoothed=False)
    assert [line["name"] for line in chart["data"]] == ["wild", "one"]
    assert chart["data"][0]["x"] == [1, 2]
    assert chart["layout"]["yaxis"]["range"] == [0, HIGHEST_LOSS]
    json.dumps(chart, allow_nan=False)


def test_the_words_are_those_of_a_person_not_of_the_chart():
    chart = learning_chart({"Quiet<br>&lt;Otter&gt;": SHORT}, smoothed=False)
    assert chart["alt"] == "The loss of 1 runs. At the end: Quiet <Otter> 0.25."
