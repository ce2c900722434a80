"""One after the other, the most urgent first; whoever takes long, or fails, holds nobody up."""

import threading
import time

import pytest

from core.machine import in_turn
from core.machine.in_turn import InTurn

SECONDS = 30  # that a thread may take on a busy machine


def begin(order: InTurn, patience: float, work) -> threading.Thread:
    """A thread that waits for its turn when this returns, or is over."""
    before = len(order._waiting)

    def take_turn():
        with order.turn(patience):
            work()

    thread = threading.Thread(target=take_turn)
    thread.start()
    while len(order._waiting) == before and thread.is_alive():
        time.sleep(0.001)
    return thread


@pytest.mark.parametrize(
    ("patience", "expected"),
    [((0, 0, 0), [0, 1, 2]), ((600, 300, 0), [2, 1, 0]), ((300, 0, 300), [1, 0, 2])],
)
def test_the_most_urgent_is_first_and_else_who_came_first(monkeypatch, patience, expected):
    monkeypatch.setattr(in_turn, "LONG", SECONDS)
    order, done = InTurn(), []
    with order.turn(0):
        threads = [
            begin(order, each, lambda number=number: done.append(number))
            for number, each in enumerate(patience)
        ]
        assert not done
    for thread in threads:
        thread.join(SECONDS)
    assert done == expected


def test_others_begin_while_one_takes_long():
    order, done = InTurn(), threading.Event()
    with order.turn(0):
        begin(order, 600, done.set)
        assert done.wait(SECONDS)


def test_work_that_fails_gives_its_turn_back(monkeypatch):
    monkeypatch.setattr(in_turn, "LONG", float("inf"))
    order, done = InTurn(), threading.Event()
    with pytest.raises(ZeroDivisionError), order.turn(0):
        raise ZeroDivisionError
    begin(order, 0, done.set)
    assert done.wait(SECONDS)


def test_who_is_no_longer_alone_does_not_end_the_turn_of_another(monkeypatch):
    order, begun, may_end, done = InTurn(), threading.Event(), threading.Event(), []

    def second():
        begun.set()
        may_end.wait(SECONDS)
        done.append("second")

    with order.turn(0):
        other = begin(order, 0, second)
        assert begun.wait(SECONDS)
        monkeypatch.setattr(in_turn, "LONG", SECONDS)  # the second one is alone for good
    third = begin(order, 0, lambda: done.append("third"))
    may_end.set()
    for thread in (other, third):
        thread.join(SECONDS)
    assert done == ["second", "third"]
