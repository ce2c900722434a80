"""The short runs are those that the trainer makes, and say how far they are."""

from __future__ import annotations

import numpy as np
import pytest

from core.config import TrainingConfig
from core.evaluation import evaluate
from core.lessons import short_runs as lessons
from core.lessons.comparisons import BATCH_IMAGES, BATCH_RUNS
from core.model import build_model
from core.trainer import train


def test_short_runs_say_how_far_they_are_and_end_when_told_to(digits):
    config = BATCH_RUNS[32]
    heard = []
    lessons.short_runs(digits, {"one": config, "two": config}, heard.append)
    steps = 2 * -(-BATCH_IMAGES // 32)
    assert heard == [done / steps for done in range(10, steps + 1, 10)]

    def enough(share: float) -> None:
        heard.append(share)
        raise InterruptedError

    heard.clear()
    with pytest.raises(InterruptedError):
        lessons.short_runs(digits, {"one": config, "two": config}, enough)
    assert heard == [10 / steps]


def test_a_short_run_is_the_run_that_the_trainer_makes(digits):
    config = TrainingConfig(epochs=2, training_images=300)
    run = lessons.short_runs(digits, {"one": config})["one"]
    model = build_model(config)
    expected = list(train(model, digits, config))
    assert list(run.losses) == [progress.loss for progress in expected]
    assert [each.loss for each in run.checks] == [
        progress.validation.loss for progress in expected if progress.validation
    ]
    assert run.test.accuracy == evaluate(model, digits.test).accuracy
    assert run.epoch_losses == pytest.approx(
        [np.mean(run.losses[:3]), np.mean(run.losses[3:])], rel=1e-6
    )


def test_a_run_that_diverges_says_so_and_has_no_grade(digits):
    config = TrainingConfig(optimizer="sgd", learning_rate=10, activation="none", epochs=5)
    run = lessons.short_runs(digits, {"one": config})["one"]
    assert run.test is None
    assert "learning_rate" in run.failure
