"""Jobs in the background: their buttons, their line, their limits, and what they keep."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest
import torch

from core.background import Queue, Task
from core.config import TrainingConfig
from core.data import DataUnavailable, DigitDataset
from core.machine import device, queue
from core.machine.queue import TURN
from core.machine.scratch import Scratch
from core.model import build_model
from core.runs import board as board_module
from core.runs import budget, work
from core.runs.board import BoardFull, JobBoard
from core.runs.job import TrainingJob
from core.runs.kept.nowhere import Nowhere
from core.runs.kept.run import Label
from core.runs.kept.store import RunError, RunStore
from core.runs.snapshot import JobState, snapshot_of
from core.runs.steering import presence
from core.runs.steering.controls import Controls
from core.runs.steering.waiting import Waiting
from core.trainer import train
from tests.full_disk import full
from tests.waiting import nobody_is_in, until

CONFIG = TrainingConfig(dataset="generated", hidden_sizes=(16,), epochs=2, batch_size=50)
TOTAL = 2 * 40  # batches of 50 from 2,000 images


class Shelf:
    """Hands out one small dataset, or fails."""

    def __init__(self, dataset, error: Exception | None = None) -> None:
        self.dataset, self.error = dataset, error

    def get(self, name, on_progress=None):
        on_progress("Drawing digits", 0.5)
        if self.error:
            raise self.error
        return self.dataset


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


def state(job) -> JobState:
    return job.snapshot().state


def losses_of_a_plain_loop(dataset, config=CONFIG) -> list[float]:
    return [step.loss for step in train(build_model(config), dataset, config)]


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


def test_two_visitors_have_jobs_of_their_own(make_board, small):
    board = make_board(max_jobs=2)
    one, two = board.submit(CONFIG), board.submit(CONFIG.changed(seed=1))
    one.task.wait(30)
    two.task.wait(30)
    assert board.get(one.id) is one
    assert board.get("nothing") is None
    assert one.snapshot().losses.tolist() == losses_of_a_plain_loop(small)
    assert two.snapshot().losses.tolist() == losses_of_a_plain_loop(small, CONFIG.changed(seed=1))


def test_more_jobs_than_places_wait_in_line_in_order(make_board):
    board = make_board(max_jobs=1)
    first = board.submit(CONFIG.changed(epochs=100))
    until(lambda: first.snapshot().iteration > 0)
    second = board.submit(CONFIG)
    until(lambda: state(second) is JobState.WAITING)
    third = board.submit(CONFIG)
    until(lambda: state(third) is JobState.WAITING)
    assert (second.snapshot().place_in_line, third.snapshot().place_in_line) == (1, 2)
    assert 0 < second.snapshot().waiting_seconds < third.snapshot().waiting_seconds
    first.controls.pause()  # a run that stands still leaves its place
    second.task.wait(20)
    third.task.wait(20)
    assert state(third) is JobState.FINISHED
    first.controls.resume()
    until(lambda: state(first) is JobState.RUNNING)


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


def test_a_job_in_line_can_be_stopped(make_board):
    board = make_board(max_jobs=1)
    first = board.submit(CONFIG.changed(epochs=100))
    until(lambda: first.snapshot().iteration > 0)
    second = board.submit(CONFIG)
    until(lambda: state(second) is JobState.WAITING)
    second.stop()
    second.task.wait(5)
    assert state(second) is JobState.STOPPED
    assert second.snapshot().test is None
    assert state(first) is JobState.RUNNING


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


def test_a_sign_of_life_of_its_visitor_or_of_a_watcher_keeps_a_run(make_board, monkeypatch):
    board = make_board()
    jobs = [board.submit(CONFIG, paused=True, owner=owner) for owner in ("me", "you", "them")]
    for job in jobs:
        monkeypatch.setattr(job.controls.presence, "_last", -1e9)
    board.seen_by(["me", "my other tab"], [jobs[2].id])
    assert [job.controls.presence.unseen_for() < 1e6 for job in jobs] == [True, False, True]


def test_impatient_clicks_start_one_run(make_board):
    """Also two at the same moment, from two tabs; other settings or another visitor are another."""
    board, started = make_board(), []

    def click():
        started.append(board.submit(CONFIG, paused=True, owner="me", once=True))

    threads = [threading.Thread(target=click) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len({job.id for job in started}) == len(board.jobs()) == 1
    others = [
        board.submit(CONFIG.changed(seed=1), paused=True, owner="me", once=True),
        board.submit(CONFIG, paused=True, owner="you", once=True),
        board.submit(CONFIG, paused=True, owner="me"),  # as a race does: the same twice
    ]
    assert len({job.id for job in (*started, *others)}) == 4
    started[0].controls.step(1)
    started[0].wait_until_still(20)
    others[-1].stop()
    after = board.submit(CONFIG, paused=True, owner="me", once=True)
    assert after is not started[0]  # that one has begun


def test_a_stopped_job_in_line_is_not_handed_out_again(make_board):
    board = make_board()
    first = board.submit(CONFIG, paused=True, owner="me", once=True)
    first.controls.stop()
    assert board.submit(CONFIG, paused=True, owner="me", once=True) is not first


def test_stop_of_a_paused_job_is_seen_in_every_tab_at_once(make_board):
    job = make_board().submit(CONFIG.changed(epochs=100), paused=True)
    until(lambda: state(job) is JobState.PAUSED)
    job.stop()
    seen = job.snapshot()  # of another tab, at this moment
    assert seen.state is not JobState.PAUSED
    assert seen.state.over or seen.pending == "stopping"
    job.task.wait(10)
    assert job.snapshot().pending == ""


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


def test_a_full_board_says_so(make_board, monkeypatch):
    monkeypatch.setattr(board_module, "OPEN_JOBS", 2)
    board = make_board()
    for _ in range(2):
        board.submit(CONFIG, paused=True)
    with pytest.raises(BoardFull, match="Try again"):
        board.submit(CONFIG)


def test_on_a_full_board_a_run_that_was_left_makes_room(make_board, monkeypatch):
    monkeypatch.setattr(board_module, "OPEN_JOBS", 2)
    board = make_board()
    left, other = (board.submit(CONFIG, paused=True) for _ in range(2))
    until(lambda: state(left) is JobState.PAUSED)
    left.controls.left = True
    board.submit(CONFIG, paused=True)
    left.task.wait(10)
    assert "the server was full" in left.snapshot().message
    assert not other.over


def test_old_jobs_leave_the_memory_but_not_the_disk(make_board, monkeypatch, tmp_path):
    monkeypatch.setattr(board_module, "KEPT_JOBS", 2)
    board = make_board()
    over = []
    for _ in range(5):
        over.append(board.submit(CONFIG.changed(epochs=1)))
        over[-1].task.wait(20)
    assert board.get(over[0].id) is None
    assert board.get(over[-1].id) is over[-1]
    assert RunStore(tmp_path / "runs").load(over[0].id).complete


def test_a_run_that_could_not_be_saved_stays_in_memory(make_board, monkeypatch):
    monkeypatch.setattr(board_module, "KEPT_JOBS", 1)
    board = make_board()
    monkeypatch.setattr(board.store, "save", refuse)
    lost = board.submit(CONFIG.changed(epochs=1))
    lost.task.wait(20)
    monkeypatch.undo()
    for _ in range(3):
        board.submit(CONFIG.changed(epochs=1)).task.wait(20)
    assert board.get(lost.id) is lost
    lost.save()
    assert lost.snapshot().save_error == ""


def refuse(run, checkpoint):
    raise RunError("The disk is full.")


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


class Crowd:
    """How many runs are inside a batch, now and at the most."""

    def __init__(self, monkeypatch) -> None:
        self.inside = self.most = 0
        self.lock = threading.Lock()
        begin, end = Waiting.for_go, Controls.batch_is_done

        def count_in(buttons, task):
            stood = begin(buttons, task)
            self.__enter__()
            return stood

        def count_out(buttons):
            self.__exit__()
            return end(buttons)

        monkeypatch.setattr(Waiting, "for_go", count_in)
        monkeypatch.setattr(Controls, "batch_is_done", count_out)

    def __enter__(self) -> None:
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)

    def __exit__(self, *error) -> None:
        with self.lock:
            self.inside -= 1


def test_slow_runs_of_a_large_network_keep_within_the_bound(
    make_board, small, monkeypatch, tmp_path
):
    """However slow the pace that was asked for: each batch is computed in a place."""
    monkeypatch.setattr(queue, "TURN", 0.2)
    crowd = Crowd(monkeypatch)
    large = CONFIG.changed(hidden_sizes=(2_048, 2_048), optimizer="sgd", batch_size=1)
    few = DigitDataset("few", small.train, small.validation[:10], small.test[:10])
    board = make_board(max_jobs=2, dataset=few)
    board.store = Nowhere(tmp_path)  # 23 megabytes each
    slow = [board.submit(large, speed=20.0) for _ in range(3)]  # one more than there are places
    until(lambda: all(job.snapshot().iteration >= 2 for job in slow), seconds=120)
    assert crowd.most == 2


def test_whatever_is_pressed_nothing_computes_beside_the_one_place(make_board, small, monkeypatch):
    """Slow runs, steps, a pause in line, a stop, the exams at the end, and another task."""
    monkeypatch.setattr(queue, "TURN", 0.05)
    crowd = Crowd(monkeypatch)
    board = make_board(max_jobs=1)
    examine = work.evaluate

    def examine_and_count(*what):
        with crowd:
            return examine(*what)

    def other_work(task):
        for share in range(50):
            with crowd:
                time.sleep(0.001)
            task.tell(share / 50)

    monkeypatch.setattr(work, "evaluate", examine_and_count)
    jobs = [board.submit(CONFIG.changed(epochs=1, seed=seed), speed=200.0) for seed in range(3)]
    jobs += [board.submit(CONFIG.changed(epochs=1, seed=seed), paused=True) for seed in (3, 4)]
    jobs += [board.submit(CONFIG.changed(epochs=1, seed=seed)) for seed in (5, 6)]
    other = Task(other_work, board.queue).start()
    for press in (Controls.step, Controls.step, Controls.pause, Controls.resume):
        for job in jobs[3:6]:
            press(job.controls)
            job.task.wake()
        time.sleep(0.05)
    jobs[6].stop()
    for job in jobs:
        job.task.wait(60)
    assert other.wait(60)
    assert all(job.over for job in jobs)
    assert crowd.most == 1
    assert nobody_is_in(board.queue)


def test_a_slow_run_is_not_held_up_by_a_long_one(make_board):
    """Its batches are brief: it need not wait until the other has had its turn."""
    board = make_board(max_jobs=1)
    long = board.submit(CONFIG.changed(epochs=100, hidden_sizes=(400, 400)))
    until(lambda: long.snapshot().iteration > 5)
    slow = board.submit(CONFIG, speed=20.0)
    until(lambda: slow.snapshot().iteration >= 3, seconds=TURN)
    assert state(long) is JobState.RUNNING


def test_a_short_run_does_not_wait_for_a_long_one_to_end(make_board, monkeypatch):
    monkeypatch.setattr(queue, "TURN", 0.1)
    board = make_board(max_jobs=1)
    long = board.submit(CONFIG.changed(epochs=100, hidden_sizes=(400, 400)))
    until(lambda: long.snapshot().iteration > 5)
    short = board.submit(CONFIG)
    short.task.wait(20)
    assert state(short) is JobState.FINISHED
    assert not long.over
    before = long.snapshot().iteration
    until(lambda: long.snapshot().iteration > before)  # and the long one goes on


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
    job.set_probe(image)  # another drawing: from here on
    assert job.answers().iterations.tolist() == [3]
    job.set_probe(None)
    assert job.answers() is None


def test_the_way_back_of_the_longest_unseen_run_makes_room(make_board, monkeypatch):
    """All runs share one budget; whoever looked last keeps theirs."""
    board = make_board()
    one = board.submit(CONFIG.changed(epochs=1))
    one.task.wait(20)
    monkeypatch.setattr(budget, "WAYS_BACK", int(2.5 * one.on_disk))
    made = [one]
    for _ in range(3):
        made.append(board.submit(CONFIG.changed(epochs=1)))
        made[-1].task.wait(20)
        made[0].snapshot()  # somebody looks at the first again and again
    assert [bool(job.memory.moments()) for job in made] == [True, False, False, True]
    assert [job.memory.cleared for job in made] == [False, True, True, False]


def test_what_is_over_and_kept_is_forgotten_when_memory_is_short(make_board, monkeypatch, tmp_path):
    board = make_board()
    one = board.submit(CONFIG.changed(epochs=1))
    one.task.wait(20)
    assert one.in_memory >= sum(each.nbytes for each in one.network().state_dict().values())
    monkeypatch.setattr(budget, "REMEMBERED", one.in_memory)
    monkeypatch.setattr(board.store, "save", refuse)
    lost = board.submit(CONFIG.changed(epochs=1))
    lost.task.wait(20)
    monkeypatch.undo()
    monkeypatch.setattr(budget, "REMEMBERED", one.in_memory)
    board.submit(CONFIG.changed(epochs=1)).task.wait(20)
    assert board.get(one.id) is None
    assert RunStore(tmp_path / "runs").load(one.id).complete
    assert board.get(lost.id) is lost  # it is nowhere else


def test_a_run_that_is_over_lets_go_of_what_only_training_needed(make_board):
    job = make_board().submit(CONFIG)
    job.task.wait(20)
    work = job._work
    assert [each.grad for each in work.model.parameters()] == [None] * len(
        [*work.model.parameters()]
    )
    assert work.checkpoint is None
    assert work.going_on is None


def test_a_disk_without_room_costs_the_way_back_and_nothing_else(make_board, monkeypatch, small):
    monkeypatch.setattr(Scratch, "add", full)
    job = make_board().submit(CONFIG)
    job.task.wait(20)
    assert job.snapshot().losses.tolist() == losses_of_a_plain_loop(small)
    assert job.memory.moments() == ()


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


def test_what_is_said_of_a_run_stays_when_it_is_saved_again(make_board, tmp_path):
    board, store = make_board(), RunStore(tmp_path / "runs")
    job = board.submit(CONFIG, paused=True)
    board.relabel(job.id, Label("Early Owl"))  # before it is kept for the first time
    assert job.name == "Early Owl"
    job.controls.step(47)  # into the second epoch
    job.wait_until_still(20)
    assert store.summary(job.id).label == Label("Early Owl")
    board.relabel(job.id, Label("Blue Fox", "a note", True))
    assert (job.name, job.snapshot().name) == ("Blue Fox", "Blue Fox")
    assert store.summary(job.id).label == Label("Blue Fox", "a note", True)
    job.controls.resume()
    job.task.wait(20)
    assert store.summary(job.id).complete
    assert store.summary(job.id).label == Label("Blue Fox", "a note", True)


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


def test_a_job_that_is_dropped_ends_and_is_remembered_nowhere(make_board):
    board = make_board()
    job = board.submit(CONFIG, speed=1)
    until(lambda: job.snapshot().iteration)
    board.drop(job.id)
    assert board.get(job.id) is None
    job.task.wait(20)
    assert job.state is JobState.STOPPED
    board.drop("nothing-here")  # is no catastrophe


def test_a_job_of_a_board_that_keeps_nothing_leaves_no_file(small, home):
    board = JobBoard(Shelf(small), Nowhere(), Queue(1))
    job = board.submit(CONFIG.changed(epochs=1))
    job.task.wait(60)
    assert job.state is JobState.FINISHED
    assert job.can_be_forgotten
    assert not (home / "runs").exists()
