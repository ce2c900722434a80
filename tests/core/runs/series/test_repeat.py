"""Other seeds, and where their curves lie."""

from __future__ import annotations

import numpy as np

from core.config import TrainingConfig
from core.model import build_model
from core.runs.series.repeat import band_of, repeats, scores_of
from core.runs.series.whole_run import train_whole


def test_all_seeds_are_others_than_its_own_and_nothing_else_changes():
    config = TrainingConfig(seed=1, epochs=2)
    found = repeats(config, 3)
    assert [each.seed for each in found] == [0, 2, 3]
    assert {each.changed(seed=1) for each in found} == {config}


def test_a_band_reaches_from_the_lowest_to_the_highest_as_far_as_each_run_came():
    band = band_of([np.array([3.0, 1.0, 2.0]), np.array([1.0, 2.0])])
    assert band.low.tolist() == [1, 1, 2]
    assert band.mean.tolist() == [2, 1.5, 2]
    assert band.high.tolist() == [3, 2, 2]
    assert band_of([]) is None


def test_only_runs_that_came_to_their_end_have_a_score(small):
    good = TrainingConfig(dataset="generated", training_images=200, epochs=1)
    wild = good.changed(optimizer="sgd", learning_rate=10, activation="none", epochs=5)
    runs = [train_whole(build_model(each), small, each) for each in (good, wild)]
    assert scores_of(runs) == [runs[0].checks[-1].accuracy]
