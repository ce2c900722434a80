"""A whole run is the run that the trainer makes; how far several are is told batch by batch."""

from __future__ import annotations

import pytest

from core.config import TrainingConfig
from core.model import build_model
from core.runs.series.whole_run import Tally, planned_batches, train_whole
from core.trainer import train

CONFIG = TrainingConfig(dataset="generated", training_images=300, epochs=2)


def test_its_losses_are_those_of_the_trainer_to_the_bit(small):
    run = train_whole(build_model(CONFIG), small, CONFIG)
    expected = list(train(build_model(CONFIG), small, CONFIG))
    assert run.losses.tolist() == [each.loss for each in expected]
    checks = [each.validation for each in expected if each.validation]
    assert [check.correct for check in run.checks] == [check.correct for check in checks]
    assert run.score.correct == checks[-1].correct
    assert (run.failure, run.config) == ("", CONFIG)
    assert len(run.without_losses().losses) == 0
    assert run.without_losses().score is run.score


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"optimizer": "sgd", "learning_rate": 10, "activation": "none"}, "learning_rate"),
        ({"dataset": "mnist", "exclude_digits": (0, 1, 2, 3, 4, 5, 6, 7)}, "no training image"),
    ],
)
def test_one_that_cannot_learn_says_why_and_has_no_score(small, changes, reason):
    config = CONFIG.changed(**{"epochs": 5, **changes})
    eights = small.train.labels < 8
    few = type(small)("few", small.train[eights], small.validation, small.test)
    run = train_whole(build_model(config), few, config)
    assert reason in run.failure
    assert run.score is None


def test_waiting_between_two_batches_is_no_time_of_training(small, monkeypatch):
    clock = iter(range(1_000))
    monkeypatch.setattr("core.runs.series.whole_run.time.perf_counter", lambda: next(clock))
    run = train_whole(build_model(CONFIG), small, CONFIG, lambda: [next(clock) for _ in range(9)])
    assert run.seconds == len(run.losses)  # one tick for each batch, none of the nine between


def test_several_runs_tell_one_share_and_skip_what_will_not_come(small):
    heard = []
    tally = Tally(small, [CONFIG, CONFIG], heard.append, every=1)
    assert planned_batches(small, CONFIG) == 6
    for _ in range(3):
        tally()
    tally.skip(3)
    tally()
    assert heard == [1 / 12, 2 / 12, 3 / 12, 7 / 12]
