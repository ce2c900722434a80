"""Two runs on one clock: the same digits and seed; who is ahead waits."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from core.background import Queue
from core.config import TrainingConfig
from core.runs.board import BoardFull, JobBoard
from core.runs.kept.store import RunStore
from core.runs.series.race import STRIDE, lead_of, matched, start_race
from core.runs.snapshot import JobState

FIRST = TrainingConfig(dataset="generated", training_images=600, epochs=3, seed=4)


def test_both_learn_from_the_same_digits_in_the_same_order():
    first, second = matched(FIRST, TrainingConfig(hidden_sizes=(), seed=9))
    assert first == FIRST
    assert second == TrainingConfig(dataset="generated", hidden_sizes=(), seed=4)


def test_a_race_comes_to_its_end_with_one_place_for_both(shelf, tmp_path):
    board = JobBoard(shelf, RunStore(tmp_path), Queue(1))
    jobs = start_race(board, FIRST, FIRST.changed(hidden_sizes=(), epochs=1), "somebody")
    for job in jobs:
        assert job.task.wait(60)
        assert job.snapshot().state is JobState.FINISHED
        assert job.keeping.origin.owner == "somebody"
    same, _ = start_race(board, FIRST, FIRST, "somebody")
    assert same.task.wait(60)
    assert same.snapshot().losses.tolist() == jobs[0].snapshot().losses.tolist()


def test_nobody_is_ahead_of_one_that_is_over_or_stands_still():
    def run(seconds: float, over: bool = False, standing: bool = False):
        controls = SimpleNamespace(standing=standing)
        return SimpleNamespace(training_seconds=seconds, over=over, controls=controls)

    assert lead_of(run(3.0), run(1.0))() == pytest.approx(2.0 - STRIDE)
    assert lead_of(run(1.0), run(3.0))() < 0
    assert lead_of(run(3.0), run(1.0, over=True))() == 0
    assert lead_of(run(3.0), run(1.0, standing=True))() == 0


def test_a_full_server_begins_neither(shelf, tmp_path, monkeypatch):
    monkeypatch.setattr("core.runs.board.OPEN_JOBS", 1)
    board = JobBoard(shelf, RunStore(tmp_path), Queue(1))
    with pytest.raises(BoardFull):
        start_race(board, FIRST.changed(epochs=100), FIRST, "somebody")
    (left,) = board.jobs()
    assert left.task.wait(60)
    assert left.snapshot().state is JobState.STOPPED
