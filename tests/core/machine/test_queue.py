"""The queue: never more inside than there are places, and fair to short, long and brief work."""

from __future__ import annotations

import random
import threading
import time

import pytest

from core.config import ConfigError
from core.machine import queue
from core.machine.queue import Queue, default_max_jobs
from tests.waiting import nobody_is_in, until


class Worker:
    """Computes in pieces, with a checkpoint after each; notes when it had a place."""

    def __init__(self, line: Queue, pieces: int, seconds: float = 0.002, brief: bool = False):
        self.line, self.pieces, self.seconds, self.brief = line, pieces, seconds, brief
        self.done, self.left = 0, False
        self.thread = threading.Thread(target=self.work, daemon=True)
        self.thread.start()

    def work(self) -> None:
        if not self.line.enter(self, lambda: self.left, self.brief):
            return
        while self.done < self.pieces and not self.left:
            time.sleep(self.seconds)
            self.done += 1
            if not self.line.checkpoint(self, lambda: self.left):
                return
        self.line.leave(self)

    def over(self) -> bool:
        return not self.thread.is_alive()


@pytest.fixture
def workers():
    """Makes workers that end with the test."""
    made = []

    def make(*arguments, **options) -> Worker:
        made.append(Worker(*arguments, **options))
        return made[-1]

    yield make
    for worker in made:
        worker.left = True
        worker.line.wake()
        worker.thread.join(10)
        assert worker.over()


def test_places_are_given_in_the_order_of_arrival(workers):
    line = Queue(1)
    first = workers(line, 10_000)
    until(lambda: first.done)
    others = []
    for position in (1, 2, 3):
        others.append(workers(line, 1))
        until(lambda position=position: line.place(others[-1]) == position)
    assert line.ahead_of(others[1]) == [first, others[0]]
    assert (line.place(first), line.ahead_of(first)) == (0, [])
    first.left = True
    until(others[2].over)
    assert all(other.over() for other in others)


def test_there_are_never_more_inside_than_places(monkeypatch):
    monkeypatch.setattr(queue, "TURN", 0.003)
    line, inside, most, lock = Queue(2), 0, 0, threading.Lock()
    deadline = time.monotonic() + 1.5

    def come_and_go(seed: int) -> None:
        nonlocal inside, most
        dice = random.Random(seed)
        while time.monotonic() < deadline:
            if not line.enter(seed, lambda: dice.random() < 0.1, brief=dice.random() < 0.3):
                continue
            while line.holds(seed):
                with lock:
                    inside += 1
                    most = max(most, inside)
                time.sleep(dice.random() * 0.002)
                with lock:
                    inside -= 1
                if dice.random() < 0.2:
                    line.leave(seed)
                else:
                    line.checkpoint(seed, lambda: dice.random() < 0.1)

    threads = [threading.Thread(target=come_and_go, args=(seed,)) for seed in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()
    assert most == 2
    assert nobody_is_in(line)


def test_whoever_gives_up_leaves_the_line(workers):
    line = Queue(1)
    first = workers(line, 10_000)
    until(lambda: first.done)
    assert not line.enter("somebody", give_up=lambda: True)
    assert line.place("somebody") == 0
    assert not line.checkpoint("somebody")
    line.leave("somebody")  # has none: nothing happens
    assert line.holds(first)


def test_a_short_task_does_not_wait_for_long_ones_to_end(workers, monkeypatch):
    """Five long tasks of ten seconds each share a place when a short one arrives."""
    monkeypatch.setattr(queue, "TURN", 0.02)
    line = Queue(1)
    long = [workers(line, 5_000) for _ in range(5)]
    until(lambda: all(each.done for each in long))  # none of them waits for another to end
    before = [each.done for each in long]
    short = workers(line, 3)
    until(short.over)
    assert sum(each.done for each in long) - sum(before) < 200  # of 25,000 pieces
    assert not any(each.over() for each in long)


def test_newcomers_without_end_starve_nobody(workers, monkeypatch):
    monkeypatch.setattr(queue, "TURN", 0.01)
    line = Queue(1)
    long = workers(line, 100_000)
    until(lambda: long.done)
    for _ in range(3):
        at_first = long.done
        crowd = [workers(line, 100_000) for _ in range(4)]  # each wants turns for ever
        until(lambda at_first=at_first: long.done > at_first + 10)
        for each in crowd:
            each.left = True


def test_brief_work_borrows_a_place_and_hands_it_back(workers):
    line = Queue(1)
    long = workers(line, 100_000)
    until(lambda: long.done)
    waiting = workers(line, 1)
    until(lambda: line.place(waiting) == 1)
    before = long.done
    brief = workers(line, 1, brief=True)
    until(brief.over, seconds=queue.TURN / 2)  # long before the turn of the long one ends
    until(lambda: long.done > before + 5)
    assert line.place(waiting) == 1  # its turn has not come by that
    assert not waiting.over()


def test_brief_work_takes_no_more_than_it_leaves(workers, monkeypatch):
    """Ten that always want a place for something brief, and one that works on."""
    monkeypatch.setattr(queue, "TURN", 60)
    line, stopped = Queue(1), threading.Event()
    taken = 0.0

    def again_and_again(name: int) -> None:
        nonlocal taken
        while not stopped.is_set():
            if line.enter(name, stopped.is_set, brief=True):
                time.sleep(0.004)
                taken += 0.004  # only one at a time is in here
                line.leave(name)

    long = workers(line, 100_000, seconds=0.004)
    until(lambda: long.done)
    threads = [threading.Thread(target=again_and_again, args=(name,)) for name in range(10)]
    for thread in threads:
        thread.start()
    before, began = long.done, taken
    time.sleep(1.0)
    own, borrowed = 0.004 * (long.done - before), taken - began
    stopped.set()
    line.wake()
    for thread in threads:
        thread.join(10)
    assert borrowed > 0
    assert own > 0.7 * borrowed


def test_how_many_may_compute(monkeypatch):
    monkeypatch.delenv("DIGITLAB_MAX_JOBS", raising=False)
    for cores, places in ((1, 1), (2, 1), (3, 2), (16, 15)):
        monkeypatch.setattr(queue, "usable_cores", lambda cores=cores: cores)
        assert default_max_jobs() == places
    monkeypatch.setenv("DIGITLAB_MAX_JOBS", "3")
    assert default_max_jobs() == 3
    for wrong in ("0", "-1", "many", "", "²", "9" * 5_000):
        monkeypatch.setenv("DIGITLAB_MAX_JOBS", wrong)
        with pytest.raises(ConfigError, match="DIGITLAB_MAX_JOBS"):
            default_max_jobs()
