"""What can go wrong with a run: it is said in words, and what was learned is kept."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.config import TrainingConfig
from core.data import DataUnavailable
from core.machine import device
from core.machine.scratch import Scratch
from core.runs import work
from core.runs.kept.store import RunStore
from core.runs.snapshot import JobState
from tests.core.runs.jobs import CONFIG, losses_of_a_plain_loop
from tests.full_disk import full
from tests.waiting import until


def test_a_run_may_not_take_for_ever(make_board, monkeypatch):
    monkeypatch.setattr(work, "LONGEST_RUN", 0.2)
    job = make_board().submit(CONFIG.changed(epochs=100))
    until(lambda: job.snapshot().state.over)
    assert "the longest a run may take" in job.snapshot().message


def test_missing_data_fails_the_job_with_the_reason(make_board):
    job = make_board(error=DataUnavailable("No network.")).submit(CONFIG)
    job.task.wait(10)
    seen = job.snapshot()
    assert (seen.state, seen.message) == (JobState.FAILED, "No network.")
    assert isinstance(seen.error, DataUnavailable)


def test_a_diverging_run_fails_with_the_setting(make_board):
    wild = CONFIG.changed(optimizer="sgd", learning_rate=10, activation="none", epochs=20)
    job = make_board().submit(wild.changed(hidden_sizes=(200, 200, 200)))
    job.task.wait(30)
    seen = job.snapshot()
    assert seen.state is JobState.FAILED
    assert "learning_rate" in seen.message
    assert np.isfinite(seen.losses).all()


@pytest.mark.parametrize(
    ("error", "words"),
    [(MemoryError(), "more memory"), (RuntimeError("can't allocate memory"), "more memory")],
)
def test_too_little_memory_is_said_in_words(make_board, error, words):
    job = make_board(error=error).submit(CONFIG)
    job.task.wait(10)
    assert words in job.snapshot().message


def test_an_error_of_our_own_is_told_and_logged(make_board, caplog):
    job = make_board(error=KeyError("oops")).submit(CONFIG)
    job.task.wait(10)
    assert "the app made a mistake" in job.snapshot().message.lower()
    assert "oops" in caplog.text


def test_a_full_disk_loses_nothing_and_saving_can_be_tried_again(make_board, tmp_path, monkeypatch):
    monkeypatch.setattr("core.runs.kept.files.write", full)
    job = make_board().submit(CONFIG)
    job.task.wait(20)
    seen = job.snapshot()
    assert seen.state is JobState.FINISHED
    assert "No space left" in seen.save_error
    assert job.network() is not None
    monkeypatch.undo()
    job.save()
    assert job.snapshot().save_error == ""
    assert RunStore(tmp_path / "runs").load(job.id).complete


def test_a_graphics_card_that_cannot_be_used_is_told_once_and_the_processor_trains(
    make_board, small, monkeypatch
):
    """As torch answers for a card that is too old for it: it is there, and nothing runs on it."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(device, "_problem", None)
    monkeypatch.setattr(device, "_untold", False)

    def refuse(*shape, device):
        raise RuntimeError("CUDA error: no kernel image is available for execution on the device")

    monkeypatch.setattr(device.torch, "ones", refuse)
    board = make_board()
    first, second = (board.submit(CONFIG, speed=20.0) for _ in range(2))
    until(lambda: first.snapshot().iteration and second.snapshot().iteration)
    told = [job.snapshot().message for job in (first, second)]
    assert sorted(told)[0] == ""
    assert "no kernel image is available" in sorted(told)[1]
    assert "the processor does the work" in sorted(told)[1]


def test_a_card_that_others_filled_is_not_blamed_on_the_network(monkeypatch):
    full, gigabyte = torch.OutOfMemoryError("CUDA out of memory."), 2**30
    for ours, words in ((gigabyte, "full with other work"), (7 * gigabyte, "Make it smaller")):
        monkeypatch.setattr(torch.cuda, "mem_get_info", lambda: (gigabyte // 4, 8 * gigabyte))
        monkeypatch.setattr(torch.cuda, "memory_reserved", lambda ours=ours: ours)
        assert words in work.explain_failure(full)


def test_a_network_that_breaks_in_its_last_step_has_not_finished(make_board):
    """The loss of the last batch is fine, and the step after it goes too far."""
    config = TrainingConfig(
        optimizer="sgd", learning_rate=10, activation="none", hidden_sizes=(200, 200, 200)
    )
    config = config.changed(dataset="generated", training_images=512, epochs=1)
    job = make_board().submit(config)
    job.task.wait(20)
    seen = job.snapshot()
    assert seen.state is JobState.FAILED
    assert "learning_rate = 10" in seen.message
    assert np.isfinite(seen.losses).all()


def test_a_disk_without_room_costs_the_way_back_and_nothing_else(make_board, monkeypatch, small):
    monkeypatch.setattr(Scratch, "add", full)
    job = make_board().submit(CONFIG)
    job.task.wait(20)
    assert job.snapshot().losses.tolist() == losses_of_a_plain_loop(small)
    assert job.memory.moments() == ()
