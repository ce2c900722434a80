"""Tasks: one kind for all work that takes time, with progress, Stop, a result or an error."""

from __future__ import annotations

import threading
import time

import pytest

from core.background import Kept, Queue, Refused, Stopped, Task, Tasks
from core.machine import queue
from tests.waiting import nobody_is_in, until


@pytest.fixture
def line() -> Queue:
    return Queue(1)


class Work:
    """Stands still at half until it is let go."""

    def __init__(self) -> None:
        self.go, self.begun = threading.Event(), 0

    def __call__(self, task: Task) -> str:
        self.begun += 1
        task.tell(0.5, "half")
        while not self.go.wait(0.005):
            task.tell(0.5)
        return "whole"


def test_a_task_says_how_far_it_is_and_hands_over_its_result(line):
    work = Work()
    task = Task(work, line).start()
    until(lambda: task.partial == "half")
    assert (task.share, task.over, task.done, task.stopped) == (0.5, False, False, False)
    assert task.has_place
    work.go.set()
    assert task.wait(5)
    assert (task.result(), task.share, task.done, task.error) == ("whole", 1.0, True, None)
    assert nobody_is_in(line)


def test_what_remains_is_judged_by_what_was_done(line):
    task = Task(lambda task: None, line)
    task.seconds, task.share = 3.0, 0.01
    assert task.seconds_left is None  # too early to judge
    task.share = 0.25
    assert task.seconds_left == pytest.approx(9.0)
    task.share = 1.0
    assert task.seconds_left == 0.0


def test_time_spent_waiting_is_no_work(line):
    line.enter("somebody")
    task = Task(lambda task: task.tell(0.5), line).start()
    until(lambda: task.place_in_line == 1)
    time.sleep(0.2)
    line.leave("somebody")
    assert task.wait(5)
    assert task.seconds < 0.1


def test_a_task_can_be_stopped_and_keeps_what_there_is(line):
    task = Task(Work(), line).start()
    until(lambda: task.partial == "half")
    task.stop()
    assert task.wait(5)
    assert (task.stopped, task.done, task.partial, task.error) == (True, False, "half", None)
    with pytest.raises(Stopped):
        task.result()


def test_a_task_can_be_stopped_while_it_waits(line):
    first = Task(Work(), line).start()
    until(lambda: first.share)
    work = Work()
    task = Task(work, line).start()
    until(lambda: task.place_in_line == 1)
    assert 0 < task.seconds_to_wait <= queue.TURN  # for that is the longest that a place is kept
    task.stop()
    assert task.wait(2)
    assert task.stopped
    assert work.begun == 0
    first.stop()
    assert first.wait(5)


def test_an_error_is_kept_and_logged_and_gives_the_place_back(line, caplog):
    def work(task: Task) -> None:
        raise KeyError("oops")

    task = Task(work, line).start()
    task.wait(5)
    assert isinstance(task.error, KeyError)
    assert "oops" in caplog.text
    assert nobody_is_in(line)
    with pytest.raises(KeyError):
        task.result()


def test_a_refusal_is_a_reason_and_no_mistake(line, caplog):
    def work(task: Task) -> None:
        raise Refused("There is nothing to see.")

    task = Task(work, line).start()
    task.wait(5)
    assert str(task.error) == "There is nothing to see."
    assert not caplog.text


def test_a_short_task_comes_to_its_turn_during_a_long_one(line, monkeypatch):
    monkeypatch.setattr(queue, "TURN", 0.05)
    long = Task(Work(), line).start()
    until(lambda: long.share)
    short = Task(lambda task: "short", line).start()
    assert short.wait(5)
    assert short.result() == "short"
    assert not long.over
    until(lambda: long.has_place)  # and the long one goes on
    long.stop()
    assert long.wait(5)


def test_a_task_that_is_over_holds_nothing_of_its_work(line):
    class Heavy:
        gone = False

        def __call__(self, task: Task) -> int:
            return 1

        def __del__(self) -> None:
            Heavy.gone = True

    task = Task(Heavy(), line).start()
    task.wait(5)
    assert Heavy.gone


def test_work_of_a_name_is_done_once(line):
    tasks, work = Tasks(line), Work()
    first = tasks.begin("a", work)
    assert tasks.begin("a", work) is first
    work.go.set()
    first.wait(5)
    assert tasks.begin("a", work) is tasks.get("a") is first
    assert work.begun == 1


def test_what_was_stopped_or_broke_is_begun_again(line):
    tasks = Tasks(line)
    stopped = tasks.begin("a", Work())
    stopped.stop()
    stopped.wait(5)
    again = tasks.begin("a", lambda task: 1)
    assert again is not stopped
    again.wait(5)
    assert again.result() == 1
    broken = tasks.begin("b", lambda task: 1 / 0)
    broken.wait(5)
    assert tasks.begin("b", lambda task: 2) is not broken


def test_results_long_unused_are_forgotten_and_what_goes_on_is_not(line):
    tasks = Tasks(Queue(2), kept=2)
    going = tasks.begin("goes on", Work())
    for name in "abc":
        tasks.begin(name, lambda task: 1).wait(5)
        tasks.get("a")  # used just now
    tasks.begin("d", lambda task: 1).wait(5)
    tasks.begin("e", lambda task: 1).wait(5)
    assert tasks.get("b") is None
    assert tasks.get("goes on") is going
    going.stop()
    going.wait(5)


def test_what_was_worked_out_is_kept_and_the_longest_unused_forgotten():
    kept = Kept(most=2)
    kept.keep("a", 1)
    kept.keep("b", 2)
    assert kept.get("a") == 1  # used just now
    kept.keep("c", 3)
    assert [kept.get(key) for key in "abc"] == [1, None, 3]
    assert kept.get_or_make("a", lambda: 9) == 1
    assert kept.get_or_make("z", lambda: 9) == 9
