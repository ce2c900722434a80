"""However many runs there are and whatever is pressed: each batch is computed in a place."""

from __future__ import annotations

import threading
import time

from core.background import Task
from core.data import DigitDataset
from core.machine import queue
from core.machine.queue import TURN
from core.runs import work
from core.runs.kept.nowhere import Nowhere
from core.runs.snapshot import JobState
from core.runs.steering.controls import Controls
from core.runs.steering.waiting import Waiting
from tests.core.runs.jobs import CONFIG, state
from tests.waiting import nobody_is_in, until


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
