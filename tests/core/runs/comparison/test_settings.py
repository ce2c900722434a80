"""What differs in the settings of runs, and their scores by one of them."""

from __future__ import annotations

from dataclasses import fields

import torch

from core.config import TrainingConfig
from core.evaluation import Evaluation
from core.runs.comparison.settings import differing, in_order, scored_by
from core.runs.kept.run import RunSummary


def test_only_the_settings_that_differ():
    configs = [TrainingConfig(), TrainingConfig(epochs=5), TrainingConfig(hidden_sizes=(30,))]
    assert differing(configs) == {
        "hidden_sizes": ((100, 50), (100, 50), (30,)),
        "epochs": (3, 5, 3),
    }
    assert differing(configs[:1]) == {}


def run(run_id: str, right: int, seconds: float = 1.0, **settings) -> RunSummary:
    confusion = torch.zeros(10, 10, dtype=torch.int64)
    confusion[0, 0], confusion[0, 1] = right, 100 - right
    test = Evaluation(0.25, confusion) if right >= 0 else None
    return RunSummary(run_id, TrainingConfig(**settings), True, 1, 1, seconds, (), test)


def test_runs_that_sat_an_exam_stand_in_the_order_of_the_setting():
    runs = [
        run("all", 90),
        run("many", 80, training_images=9_000),
        run("no exam", -1, training_images=50),
        run("few", 70, training_images=500, dataset="generated"),
    ]
    found = scored_by(runs, "training_images", "accuracy")
    assert [each.run_id for each in found] == ["few", "many", "all"]
    assert [each.dataset for each in found] == ["generated", "mnist", "mnist"]
    assert [each.score for each in found] == [0.7, 0.8, 0.9]
    assert all(each.low < each.score < each.high for each in found)


def test_a_score_without_an_interval_is_its_own():
    (found,) = scored_by([run("one", 90, seconds=20.0)], "epochs", "seconds")
    assert (found.low, found.score, found.high) == (20.0, 20.0, 20.0)
    (found,) = scored_by([run("one", 90)], "epochs", "loss")
    assert found.score == 0.25


def test_the_values_of_every_setting_can_be_put_in_order():
    other = {"training_images": 500, "hidden_sizes": (30,), "exclude_digits": (7,)}
    for each in fields(TrainingConfig):
        value = getattr(TrainingConfig(), each.name)
        sorted([value, other.get(each.name, value)], key=in_order)
    assert sorted([None, 9_000, 500], key=in_order) == [500, 9_000, None]
    assert sorted([(100, 50), (30,), ()], key=in_order) == [(), (30,), (100, 50)]
