"""One run in the background: its buttons, its pace, its network, and what is remembered."""

from __future__ import annotations

import time

import numpy as np
import pytest
import torch

from core.background import Queue
from core.model import build_model
from core.runs.job import TrainingJob
from core.runs.kept.store import RunStore
from core.runs.snapshot import JobState, snapshot_of
from core.trainer import train
from tests.core.runs.jobs import CONFIG, TOTAL, Shelf, losses_of_a_plain_loop, state
from tests.waiting import until


def test_a_job_trains_examines_and_keeps_its_run(make_board, small, tmp_path):
    job = make_board().submit(CONFIG)
    job.task.wait(30)
    seen = job.snapshot()
    assert seen.state is JobState.FINISHED
    assert seen.iteration == seen.total_iterations == TOTAL
    assert (seen.share, seen.state.still) == (1.0, True)
    assert seen.losses.tolist() == pytest.approx(losses_of_a_plain_loop(small), abs=0)
    assert [point.iteration for point in seen.validation] == [40, 80]
    assert seen.test.images == 500
    kept = snapshot_of(RunStore(tmp_path / "runs").load(job.id))
    assert np.array_equal(kept.losses, seen.losses)
    assert kept.test.accuracy == seen.test.accuracy
    assert (kept.state, kept.epoch) == (JobState.FINISHED, 2)


def test_a_paused_run_resumes_to_the_losses_it_would_have_had(make_board, small):
    job = make_board().submit(CONFIG, paused=True)
    until(lambda: state(job) is JobState.PAUSED)
    for batches in (1, 1, 10, 7):
        before = job.snapshot().iteration
        job.controls.step(batches)
        until(lambda before=before, n=batches: job.snapshot().iteration == before + n)
        until(lambda: state(job) is JobState.PAUSED)
        assert job.memory.record is not None
    assert state(job).still
    job.controls.resume()
    job.task.wait(30)
    assert job.snapshot().losses.tolist() == pytest.approx(losses_of_a_plain_loop(small), abs=0)


def test_stop_keeps_what_was_learned(make_board, tmp_path):
    job = make_board().submit(CONFIG.changed(epochs=100))
    until(lambda: job.snapshot().iteration > 5)
    job.stop()
    job.task.wait(10)
    seen = job.snapshot()
    assert seen.state is JobState.STOPPED
    assert 5 < seen.iteration < seen.total_iterations
    assert len(seen.losses) == seen.iteration
    assert seen.test.images == 500
    run = RunStore(tmp_path / "runs").load(job.id)
    images = torch.rand(5, 28, 28)
    assert torch.equal(run.model()(images), job.network()(images))
    assert not run.complete


def test_a_slow_run_keeps_its_pace_and_can_be_sped_up(make_board):
    job = make_board().submit(CONFIG, paused=True)
    job.controls.set_speed(20)
    job.controls.resume()
    until(lambda: job.snapshot().iteration >= 3)
    started, first = time.monotonic(), job.snapshot().iteration
    time.sleep(1)
    done = job.snapshot().iteration - first
    assert done <= 20 * (time.monotonic() - started) + 2
    job.controls.set_speed(None)
    job.task.wait(20)
    assert state(job) is JobState.FINISHED


def test_the_network_can_be_asked_in_the_middle_of_a_run(make_board):
    job = make_board().submit(CONFIG.changed(epochs=100))
    until(lambda: job.snapshot().iteration > 3)
    first, then = job.network(), job.snapshot().iteration
    until(lambda: job.snapshot().iteration > then)
    second = job.network()
    weights = [network.layers.output.weight for network in (first, second)]
    assert not torch.equal(*weights)
    assert not first.training


def test_before_its_first_batch_a_run_has_the_network_it_began_with(make_board):
    job = make_board().submit(CONFIG, paused=True)
    until(lambda: state(job) is JobState.PAUSED)
    first = build_model(CONFIG)
    for ours, theirs in zip(job.network().parameters(), first.parameters(), strict=True):
        assert torch.equal(ours, theirs)
    never_begun = TrainingJob(CONFIG, Shelf(None), RunStore(), Queue(1))
    assert never_begun.network() is None


def test_a_pause_is_no_part_of_how_fast_a_run_goes(make_board):
    job = make_board().submit(CONFIG.changed(epochs=100), speed=20.0)
    until(lambda: job.snapshot().iterations_per_second > 0)
    job.controls.pause()
    until(lambda: state(job) is JobState.PAUSED)
    job.controls.set_speed(None)
    job.controls.step(1)
    job.wait_until_still(20)
    job.controls.set_speed(0.01)  # so that no other batch follows soon
    job.controls.resume()
    until(lambda: state(job) is JobState.RUNNING)
    assert job.snapshot().iterations_per_second == 0.0  # one batch tells no speed
    assert job.snapshot().remaining_seconds is None


def test_stop_of_a_paused_job_is_seen_in_every_tab_at_once(make_board):
    job = make_board().submit(CONFIG.changed(epochs=100), paused=True)
    until(lambda: state(job) is JobState.PAUSED)
    job.stop()
    seen = job.snapshot()  # of another tab, at this moment
    assert seen.state is not JobState.PAUSED
    assert seen.state.over or seen.pending == "stopping"
    job.task.wait(10)
    assert job.snapshot().pending == ""


def test_a_paused_run_has_its_last_batch_under_the_microscope(make_board):
    job = make_board().submit(CONFIG.changed(epochs=100))
    until(lambda: job.snapshot().iteration > 5)
    job.controls.pause()
    job.wait_until_still(20)
    record, seen = job.memory.record, job.snapshot()
    time.sleep(0.1)
    assert job.snapshot().iteration == seen.iteration  # it stands still
    assert seen.remaining_seconds is None
    assert record.losses.mean().item() == pytest.approx(float(seen.losses[-1]), rel=1e-5)
    job.controls.resume()
    until(lambda: job.snapshot().iteration > seen.iteration + 5)
    assert job.memory.record is None  # at full speed nothing is recorded


def test_the_run_can_be_rewound_to_moments_that_are_true(make_board, small):
    job = make_board().submit(CONFIG)
    job.task.wait(20)
    moments = job.memory.moments()
    assert [moments[0].iteration, moments[-1].iteration] == [0, TOTAL]
    assert len(moments) <= 64
    model, wanted = build_model(CONFIG), moments[20]
    for step in train(model, small, CONFIG):
        if step.iteration == wanted.iteration:
            break
    for name, value in model.state_dict().items():
        assert torch.equal(value, wanted.weights[name])


def test_a_probe_hears_the_answers_of_the_growing_network(make_board):
    image = torch.rand(28, 28).numpy()
    job = make_board().submit(CONFIG, paused=True)
    job.set_probe(image)
    job.controls.step(3)
    until(lambda: job.snapshot().iteration == 3)
    until(lambda: state(job) is JobState.PAUSED)
    answers = job.answers()
    assert answers.iterations.tolist() == [0, 1, 2, 3]
    assert np.allclose(answers.probabilities.sum(1), 1, atol=1e-5)
    now = job.network()(torch.tensor(image)[None]).softmax(1)[0]
    assert np.allclose(answers.probabilities[-1], now.detach().numpy(), atol=1e-6)
    job.set_probe(1 - image)
    job.set_probe(image)  # another drawing: what was remembered is asked, too
    again = job.answers()
    assert again.iterations.tolist() == [0, 1, 2, 3]
    assert np.array_equal(again.probabilities, answers.probabilities)
    job.set_probe(None)
    assert job.answers() is None


def test_a_run_that_is_over_lets_go_of_what_only_training_needed(make_board):
    job = make_board().submit(CONFIG)
    job.task.wait(20)
    work = job._work
    assert [each.grad for each in work.model.parameters()] == [None] * len(
        [*work.model.parameters()]
    )
    assert work.checkpoint is None
    assert work.going_on is None
