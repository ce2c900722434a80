"""Runs that were left alone or cut off: kept, and gone on with to the same losses."""

from __future__ import annotations

import numpy as np
import pytest

from core.runs.kept.store import RunError, RunStore
from core.runs.snapshot import JobState
from core.runs.steering import presence
from tests.core.runs.jobs import CONFIG, losses_of_a_plain_loop
from tests.waiting import until


def test_a_job_that_nobody_looks_at_stands_still_kept_and_goes_on_when_asked(
    make_board, monkeypatch, small, tmp_path
):
    job = make_board().submit(CONFIG, paused=True)
    job.controls.step(5)
    job.wait_until_still(20)
    monkeypatch.setattr(presence, "LEFT_AFTER", -1.0)
    until(lambda: job.controls.left)
    until(lambda: (tmp_path / "runs" / job.id).exists())
    monkeypatch.undo()
    seen = job.snapshot()
    assert (seen.state, seen.iteration) == (JobState.PAUSED, 5)
    assert "nobody looked for 5 minutes" in seen.message
    assert len(RunStore(tmp_path / "runs").load(job.id).losses) == 5
    job.controls.resume()
    job.task.wait(30)
    assert job.snapshot().losses.tolist() == losses_of_a_plain_loop(small)
    assert job.snapshot().message == ""


def test_what_is_left_for_too_long_is_cut_off_and_can_be_gone_on_with(
    make_board, monkeypatch, small
):
    board = make_board()
    job = board.submit(CONFIG, paused=True)
    job.controls.step(47)  # into the second epoch of 40
    job.wait_until_still(20)
    monkeypatch.setattr(presence, "CUT_OFF_AFTER", -1.0)
    job.task.wait(10)
    monkeypatch.undo()
    seen = job.snapshot()
    assert (seen.state, seen.iteration, seen.test) == (JobState.STOPPED, 47, None)
    assert "nobody looked" in seen.message
    again = board.go_on(job.id)
    again.task.wait(20)
    assert again.snapshot().losses.tolist() == losses_of_a_plain_loop(small)


def test_a_run_that_was_cut_off_goes_on_to_the_losses_it_would_have_had(make_board, tmp_path):
    whole = make_board().submit(CONFIG)
    whole.task.wait(20)
    board = make_board()
    job = board.submit(CONFIG, paused=True)
    job.controls.step(47)  # into the second epoch of 40
    job.wait_until_still(20)
    kept = RunStore(tmp_path / "runs").load(job.id)  # as if the server had been killed now
    assert (kept.complete, len(kept.losses), len(kept.validation)) == (False, 40, 1)
    other = make_board()
    again = other.go_on(job.id)
    again.task.wait(20)
    assert again.id == job.id
    assert again.snapshot().state is JobState.FINISHED
    assert np.array_equal(again.snapshot().losses, whole.snapshot().losses)
    assert again.snapshot().test.correct == whole.snapshot().test.correct
    assert RunStore(tmp_path / "runs").load(job.id).complete
    with pytest.raises(RunError, match="complete"):
        other.go_on(job.id)


def test_a_run_stopped_in_its_first_epoch_begins_again_as_the_same_run(make_board, small):
    board = make_board()
    job = board.submit(CONFIG, paused=True)
    job.controls.step(3)
    job.wait_until_still(20)
    job.stop()
    job.task.wait(20)
    again = board.go_on(job.id)
    assert again.id == job.id
    again.task.wait(20)
    assert again.snapshot().losses.tolist() == losses_of_a_plain_loop(small)


def test_the_end_of_the_server_keeps_what_goes_on(make_board, tmp_path):
    board = make_board()
    job = board.submit(CONFIG.changed(epochs=100))
    until(lambda: job.snapshot().iteration > 45)
    job.task.stop()  # as core/machine/ending.py does
    assert job.task.wait(10)
    seen = job.snapshot()
    assert (seen.state, seen.test) == (JobState.STOPPED, None)
    assert "server was stopped" in seen.message
    assert len(RunStore(tmp_path / "runs").load(job.id).losses) == seen.iteration
    assert board.store.can_go_on(job.id)
