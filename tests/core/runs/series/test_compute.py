"""A series as a task: what it tells while it goes on, what is kept when it is stopped."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace

import pytest

from core.background import Queue, Refused, Stopped, Task
from core.config import TrainingConfig
from core.data import DataUnavailable
from core.runs.series import compute
from core.runs.series.compute import run_series
from core.runs.series.repeat import repeats

CONFIGS = repeats(TrainingConfig(dataset="generated", training_images=300, epochs=1), 3)


@pytest.fixture
def trained(monkeypatch) -> list[TrainingConfig]:
    """Which configurations were trained, in order."""
    seen, train_whole = [], compute.train_whole

    def noted(model, dataset, config, after_batch):
        seen.append(config)
        return train_whole(model, dataset, config, after_batch)

    monkeypatch.setattr(compute, "train_whole", noted)
    return seen


class Watched(Task):
    """A task whose work is called by the test itself, and which notes what it is told."""

    def __init__(self, end_after: int | None = None) -> None:
        super().__init__(lambda task: None, Queue(1))
        self.told, self.end_after = [], end_after

    def tell(self, share, partial=None):
        super().tell(share, partial)
        self.told.append((share, list(partial)))
        if len(partial) == self.end_after:
            raise Stopped


def test_a_series_tells_how_far_it_is_and_what_there_is(shelf, trained):
    task = Watched()
    runs = run_series(task, CONFIGS, shelf, {})
    assert list(runs) == trained == CONFIGS
    shares = [share for share, _ in task.told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert next(each for _, each in task.told if len(each) == 2) == CONFIGS[:2]
    assert all(len(run.losses) == 3 and run.score for run in runs.values())


def test_what_is_done_is_kept_when_it_is_stopped_and_not_trained_again(shelf, trained):
    stopped = Watched(end_after=1)
    with pytest.raises(Stopped):
        run_series(stopped, CONFIGS, shelf, {})
    assert list(stopped.partial) == CONFIGS[:1]
    trained.clear()
    again = Watched()
    runs = run_series(again, CONFIGS, shelf, stopped.partial)
    assert trained == CONFIGS[1:]
    assert runs[CONFIGS[0]] is stopped.partial[CONFIGS[0]]
    assert again.told[0][0] == pytest.approx(1 / 3)


def test_a_task_in_the_queue_gives_the_whole_result(shelf):
    task = Task(partial(run_series, configs=CONFIGS[:1], shelf=shelf, known={}), Queue(1)).start()
    assert task.wait(60)
    assert list(task.result()) == list(task.partial) == CONFIGS[:1]


def test_where_only_scores_are_wanted_no_curve_is_kept(shelf):
    runs = run_series(Watched(), CONFIGS[:1], shelf, {}, with_losses=False)
    assert len(runs[CONFIGS[0]].losses) == 0
    assert runs[CONFIGS[0]].score


def test_digits_that_cannot_be_had_are_a_sentence():
    def get(name, on_progress):
        raise DataUnavailable("No network.")

    with pytest.raises(Refused, match="No network"):
        run_series(Watched(), CONFIGS, SimpleNamespace(get=get), {})
