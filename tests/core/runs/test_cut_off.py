"""What a server leaves that is killed or told to end; and a clock that is set back in a run."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest

from core.config import TrainingConfig
from core.runs import history
from core.runs.board import JobBoard
from core.runs.kept.store import RunStore
from core.runs.steering import pace, presence, waiting
from tests.benchmarks.faults import HELD_BY, places
from tests.cut_off import FAULTS, tried

WELL = ("nothing kept yet", "whole", "kept up to an epoch's end", "kept to the last batch")


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_cut_off_leaves_a_run_that_can_be_read_and_nothing_half_done(
    fault, data_root, generated
):
    times = 1 if fault.startswith("SIGTERM") else 2  # each starts a Python of its own
    happened = tried(fault, times, data_root.parent)
    assert sum(happened.values()) == times
    for what in happened:
        assert what.removesuffix(" (and cleared away)") in WELL
    if fault.startswith("SIGTERM"):
        assert "nothing kept yet" not in happened  # the run was in its first batches


def test_a_clock_that_is_set_back_in_a_run_changes_nothing(generated, tmp_path, monkeypatch):
    """Whatever is waited for or measured goes by a clock that nobody can set."""
    past = SimpleNamespace(**vars(time) | {"time": lambda: time.monotonic() - 1e9})
    board = JobBoard(store=RunStore(tmp_path))
    monkeypatch.setattr(board.shelf, "get", lambda name, on_progress=None: generated)
    config = TrainingConfig(dataset="generated", training_images=500, batch_size=50, epochs=2)
    job = board.submit(config, speed=100.0)
    job.wait_until_still(0.05)
    for module in (pace, presence, waiting, history):
        monkeypatch.setattr(module, "time", past)
    assert job.task.wait(30)
    seen = job.snapshot()
    assert (str(seen.state), seen.iteration) == ("finished", 20)
    assert 0 <= seen.seconds < 60
    assert RunStore(tmp_path).load(job.id).complete


@pytest.mark.parametrize("fault", HELD_BY)
def test_the_table_of_faults_names_tests_that_are_there(fault):
    names = HELD_BY[fault].split()
    assert [each.rpartition("/")[2].rpartition("::")[2] for each in places(names)] == names
