"""Work in the background: it is done once, says how far it is, and ends when it is asked to."""

from __future__ import annotations

import threading

import pytest

from core.runs.measuring import Measurement, Stopped


def test_the_result_is_what_the_work_gave():
    measurement = Measurement(lambda on_share: (on_share(0.5), "done")[1])
    assert measurement.wait(10)
    assert measurement.result() == "done"
    assert measurement.share == 0.5
    assert not measurement.stopped


def test_it_ends_at_the_next_word_after_it_was_asked_to():
    said, go_on = threading.Event(), threading.Event()

    def work(on_share):
        on_share(0.25)
        said.set()
        assert go_on.wait(10)
        on_share(0.5)
        raise AssertionError("it went on")

    measurement = Measurement(work)
    assert said.wait(10)
    assert measurement.seconds_left > 0
    measurement.stop()
    go_on.set()
    assert measurement.wait(10)
    assert measurement.stopped
    assert measurement.share == 0.25
    with pytest.raises(Stopped):
        measurement.result()


def test_an_error_reaches_whoever_asks_for_the_result():
    measurement = Measurement(lambda on_share: 1 / 0)
    assert measurement.wait(10)
    assert not measurement.stopped
    assert measurement.failed
    with pytest.raises(ZeroDivisionError):
        measurement.result()


def test_one_that_waits_for_its_turn_says_so_and_can_be_stopped():
    begun, release = threading.Event(), threading.Event()

    def long(on_share):
        begun.set()
        assert release.wait(10)

    first = Measurement(long)
    assert begun.wait(10)
    second = Measurement(lambda on_share: pytest.fail("it was stopped before its turn"))
    assert second.waiting
    assert not first.waiting
    second.stop()
    assert second.wait(10)
    assert second.stopped
    release.set()
    assert first.wait(10)


def test_two_take_turns():
    begun, release, order = threading.Event(), threading.Event(), []

    def first(on_share):
        begun.set()
        assert release.wait(10)
        order.append(1)

    measurements = [Measurement(first)]
    assert begun.wait(10)
    measurements.append(Measurement(lambda on_share: order.append(2)))
    assert not measurements[1].wait(0.05)
    release.set()
    assert all(each.wait(10) for each in measurements)
    assert order == [1, 2]
