"""What the lessons compare shows what they say, and ends when it is told to."""

from __future__ import annotations

import threading

import pytest

from core.background import Queue, Task
from core.lessons import comparisons as lessons

COMPARISONS = (
    *(lessons.compare_activations, lessons.compare_rates),
    *(lessons.compare_batch_sizes, lessons.tutorial_run, lessons.run_by_heart),
)


@pytest.mark.parametrize("compare", COMPARISONS, ids=lambda compare: compare.__name__)
def test_a_comparison_ends_within_a_second_of_being_told_to(digits, compare):
    began = threading.Event()

    def work(task: Task) -> object:
        def tell(share: float) -> None:
            began.set()
            task.tell(share)

        return compare(digits, tell)

    task = Task(work, Queue(1)).start()
    assert began.wait(20)
    task.stop()
    assert task.wait(1)
    assert task.stopped


def test_learning_by_heart_shows(digits):
    run = lessons.run_by_heart(digits)
    checks = [check.loss for check in run.checks]
    assert checks[run.best_epoch - 1] == min(checks)
    assert run.mistakes[-1] == 1 - run.checks[-1].correct / 200
    assert run.epoch_losses[-1] < 0.05 < min(checks)
    assert checks[-1] > 1.1 * min(checks)


def test_too_small_and_too_large_rates_read_worse_than_the_right_one(digits):
    runs = lessons.compare_rates(digits)
    right = {name: run.test.accuracy if run.test else 0.0 for name, run in runs.items()}
    assert right["about right"] > right["too small"] + 0.2
    assert right["about right"] > right["too large"] + 0.2


def test_the_network_without_activation_folds_into_one_layer_after_training(digits):
    runs, difference = lessons.compare_activations(digits)
    assert set(runs) == {"none", "relu"}
    assert all(len(run.checks) == run.config.epochs for run in runs.values())
    assert difference < 1e-3


def test_smaller_batches_mean_more_steps(digits, monkeypatch):
    quick = {size: run for size, run in lessons.BATCH_RUNS.items() if size > 1}
    monkeypatch.setattr(lessons, "BATCH_RUNS", quick)
    runs = lessons.compare_batch_sizes(digits)
    assert {size: len(run.losses) for size, run in runs.items()} == {
        size: -(-lessons.BATCH_IMAGES // size) for size in lessons.BATCH_RUNS
    }
    assert all(len(run.checks) == 1 for run in runs.values())
    for run in runs.values():
        assert run.seconds > 0
