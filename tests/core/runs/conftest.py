"""What the tests of runs share: boards on which they begin."""

from __future__ import annotations

import pytest

from core.background import Queue
from core.runs.board import JobBoard
from core.runs.kept.store import RunStore
from tests.core.runs.jobs import Shelf


@pytest.fixture
def make_board(small, tmp_path):
    """Boards whose jobs all end with the test."""
    boards = []

    def make(max_jobs=1, error=None, dataset=small):
        store = RunStore(tmp_path / "runs")
        boards.append(JobBoard(Shelf(dataset, error), store, Queue(max_jobs)))
        return boards[-1]

    yield make
    for board in boards:
        for job in board.jobs():
            job.stop()
            job.task.wait(20)
            assert job.over
