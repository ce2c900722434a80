"""What a run has measured, taken in batch by batch."""

from __future__ import annotations

import time

import numpy as np
import torch

from core.evaluation import Evaluation
from core.runs.history import History, Rate
from core.trainer import Progress


def test_it_grows_with_every_batch():
    history = History(iterations_per_epoch=4, epochs=2)
    assert (history.total, history.iteration, history.share) == (8, 0, 0.0)
    exam = Evaluation(0.5, torch.eye(10, dtype=torch.int64))
    history.count(Progress(1, 1, 2.5), 0.25)
    seen = history.losses
    history.count(Progress(2, 1, 1.5, exam), 0.5)
    assert history.losses.tolist() == [2.5, 1.5]
    assert seen.tolist() == [2.5]  # what somebody holds does not change
    assert history.losses.dtype == np.float32
    assert (history.seconds, history.share) == (0.75, 0.25)
    (point,) = history.validation
    assert (point.iteration, point.loss, point.accuracy, point.images) == (2, 0.5, 1.0, 10)


def test_before_it_is_known_how_long_it_will_be_it_is_empty():
    history = History()
    assert (history.total, history.share, len(history.losses)) == (0, 0.0, 0)


def test_the_rate_is_that_of_the_last_seconds_of_work(monkeypatch):
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    rate = Rate()
    assert rate.per_second() == 0.0
    for iteration in range(1, 101):  # ten seconds at ten a second
        now += 0.1
        rate.count(iteration)
    assert abs(rate.per_second() - 10) < 0.01
    for iteration in range(101, 301):  # then faster, for longer than the window
        now += 0.025
        rate.count(iteration)
    assert abs(rate.per_second() - 40) < 1
    rate.reset()
    now += 60  # of a pause
    rate.count(301)
    assert rate.per_second() == 0.0
    now += 0.5
    rate.count(302)
    assert rate.per_second() == 2.0
