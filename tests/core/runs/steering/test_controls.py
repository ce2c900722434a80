"""The buttons of a run, and what they mean for its next batch; most of it without a thread."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import pytest

from core.background import Stopped
from core.runs.steering import pace, presence, waiting
from core.runs.steering.controls import Controls
from core.runs.steering.waiting import Waiting
from tests.waiting import until


class Place:
    """Stands in for a task: always gets its place at once, and notes when it leaves it."""

    def __init__(self) -> None:
        self.has_place, self.left = False, 0

    def enter(self, give_up, brief):
        self.has_place, self.brief = True, brief

    def leave(self):
        self.has_place, self.left = False, self.left + 1

    def checkpoint(self, give_up):
        return self.has_place


def batch(buttons: Controls, place: Place, seconds: float = 0.0) -> None:
    """One batch that takes so long."""
    Waiting(buttons).for_go(place)
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass
    buttons.batch_is_done()


def test_at_full_speed_a_run_goes_on_with_its_place_and_is_not_recorded():
    buttons, place = Controls(), Place()
    for _ in range(3):
        batch(buttons, place)
        assert place.has_place
    assert place.left == 0
    assert not buttons.recording
    assert not buttons.held


def test_it_is_told_whether_a_run_stood_still_before_its_batch():
    buttons, place = Controls(paused=True), Place()
    threading.Timer(0.1, buttons.resume).start()
    assert Waiting(buttons).for_go(place)
    buttons.batch_is_done()
    buttons.set_speed(20)
    assert not Waiting(buttons).for_go(place)  # it was slow, but as slow as it was asked to be
    buttons.batch_is_done()


def test_it_is_told_whether_others_had_their_turn(monkeypatch):
    monkeypatch.setattr(waiting, "TURN_OF_OTHERS", 0.05)
    buttons, place = Controls(), Place()
    assert not Waiting(buttons).for_go(place)
    buttons.batch_is_done()
    place.checkpoint = lambda give_up: threading.Event().wait(0.1)
    assert Waiting(buttons).for_go(place)


def test_steps_are_counted_and_the_last_one_is_recorded():
    buttons, place = Controls(paused=True), Place()
    assert buttons.held
    buttons.step(2)
    assert not buttons.recording
    batch(buttons, place)
    assert (buttons.held, buttons.recording) == (False, True)
    batch(buttons, place)
    assert buttons.held
    buttons.resume()
    assert not buttons.held


def test_pause_between_two_batches_of_which_the_last_was_recorded_holds_at_once():
    buttons, place = Controls(paused=True), Place()
    buttons.step(1)
    batch(buttons, place)
    buttons.pause()
    assert buttons.held


@pytest.mark.parametrize(("seconds", "more"), [(0.0, 2), (2 * pace.BRIEF, 1)])
def test_pause_within_a_batch_lets_another_follow_only_where_batches_are_quick(seconds, more):
    """The one that follows is recorded, so that there is something to look at."""
    buttons, place = Controls(), Place()
    batch(buttons, place, seconds)
    Waiting(buttons).for_go(place)
    buttons.pause()
    for _ in range(more):
        assert not buttons.held
        buttons.batch_is_done()
    assert buttons.held


def test_a_slow_run_leaves_its_place_and_keeps_its_pace():
    buttons, place = Controls(speed=20), Place()
    began = time.monotonic()
    for _ in range(4):
        batch(buttons, place)
    assert time.monotonic() - began >= 3 / 20
    assert place.left >= 3
    assert buttons.recording  # slow enough to be looked at batch by batch
    assert place.brief


def test_a_slow_run_that_was_late_makes_up_for_it_but_not_for_a_pause(monkeypatch):
    now, began = 0.0, []
    clock = SimpleNamespace(monotonic=lambda: 100 + now / 64, thread_time=lambda: 0.0)
    for module in (pace, presence, waiting):
        monkeypatch.setattr(module, "time", clock)

    class Waiting(Place):
        def leave(self):  # while the next batch is not due
            nonlocal now
            now += 0.5
            super().leave()

    buttons, place = Controls(speed=64), Waiting()
    for late in (0, 1.5, 0, 0, 0, 6_400, 0):  # in batches
        now += late
        batch(buttons, place)
        began.append(now)
    assert began == [0, 1.5, 2, 3, 4, 6_404, 6_405]


def test_what_was_seen_to_take_long_is_not_called_brief():
    buttons, place = Controls(paused=True), Place()
    buttons.step(1)
    assert buttons.brief  # nobody knows yet
    batch(buttons, place, 2 * pace.BRIEF)
    buttons.step(1)
    assert not buttons.brief
    buttons.set_speed(1)
    assert not buttons.brief


def test_many_quick_steps_are_not_called_brief():
    buttons, place = Controls(paused=True), Place()
    buttons.step(1)
    batch(buttons, place, 0.001)
    buttons.step(3)
    assert buttons.brief
    buttons.step(10_000)
    assert not buttons.brief
    buttons.resume()
    assert not buttons.brief


def test_stop_ends_the_wait_with_its_reason():
    buttons = Controls(paused=True)
    threading.Timer(0.05, buttons.stop, ["Enough."]).start()
    with pytest.raises(Stopped):
        Waiting(buttons).for_go(Place())
    buttons.stop("Another one.")
    assert buttons.stop_reason == "Enough."  # the first reason counts


def test_a_run_that_is_left_alone_is_kept_once_and_stands_still(monkeypatch):
    clock = SimpleNamespace(monotonic=lambda: now, thread_time=lambda: 0.0)
    now = 0.0
    for module in (pace, presence, waiting):
        monkeypatch.setattr(module, "time", clock)
    buttons, place, kept = Controls(), Place(), []
    buttons.on_left = lambda: kept.append(buttons.held)
    batch(buttons, place)
    now = presence.LEFT_AFTER + 1
    buttons.presence.seen()
    batch(buttons, place)  # a sign of life in time: it goes on
    assert not kept
    now += presence.LEFT_AFTER + 1
    thread = threading.Thread(target=Waiting(buttons).for_go, args=(place,), daemon=True)
    thread.start()
    until(lambda: buttons.standing)
    buttons.presence.seen()
    assert (buttons.held, buttons.left, kept) == (True, True, [True])  # till it is gone on with
    buttons.resume()
    thread.join(10)
    assert not thread.is_alive()
    assert not buttons.left


def test_what_was_left_for_an_hour_is_cut_off(monkeypatch):
    monkeypatch.setattr(presence, "CUT_OFF_AFTER", -1.0)
    buttons = Controls()
    with pytest.raises(Stopped):
        Waiting(buttons).for_go(Place())
    assert buttons.cut_off
    assert "nobody looked" in buttons.stop_reason


def test_a_paused_run_shows_every_button_at_once_before_its_thread_has_woken():
    """No thread at all here: what a look sees does not wait for one."""
    buttons = Controls(paused=True)
    for press in (buttons.resume, buttons.step, buttons.stop):
        buttons.standing = True  # as its thread found it
        press()
        assert not buttons.standing
    assert buttons.pending == "stopping"


def test_a_pause_is_said_until_it_has_come():
    buttons, place = Controls(), Place()
    Waiting(buttons).for_go(place)
    buttons.pause()
    assert buttons.pending == "pausing"
    buttons.standing = True
    assert buttons.pending == ""
    buttons.resume()
    assert buttons.pending == ""


def test_a_run_that_waits_in_line_stands_still_at_once():
    buttons, place = Controls(), Place()
    batch(buttons, place)

    def wait(give_up):
        assert not give_up()
        buttons.pause()
        place.has_place = False
        assert give_up()  # no batch more, for which it would have to wait its turn

    place.checkpoint = wait
    thread = threading.Thread(target=Waiting(buttons).for_go, args=(place,), daemon=True)
    thread.start()
    until(lambda: buttons.standing)
    buttons.resume()
    thread.join(10)
    assert not thread.is_alive()


def test_stop_pressed_a_hundred_times_is_one_stop():
    buttons = Controls(paused=True)
    for number in range(100):
        buttons.stop(f"Stopped {number}.")
    with pytest.raises(Stopped):
        Waiting(buttons).for_go(Place())
    assert (buttons.stop_reason, buttons.cut_off) == ("Stopped 0.", False)


def test_the_weights_stand_still_while_somebody_looks():
    buttons, place = Controls(), Place()
    Waiting(buttons).for_go(place)  # within a batch
    looked, done = threading.Event(), []

    def look() -> None:
        with buttons.at_rest():
            looked.set()
            time.sleep(0.1)
            done.append("looking")

    thread = threading.Thread(target=look)
    thread.start()
    assert not looked.wait(0.05)  # not while the weights are changing
    buttons.batch_is_done()
    assert looked.wait(5)
    Waiting(buttons).for_go(place)  # the next batch begins after the look
    done.append("batch")
    thread.join(5)
    assert done == ["looking", "batch"]


def test_a_run_that_is_ahead_of_another_gives_up_its_place_until_that_has_caught_up():
    buttons, place = Controls(), Place()
    leads = iter([0.002, 0.001, -1.0, -1.0])
    batch(buttons, place)
    buttons.wait_while_ahead(lambda: next(leads))
    Waiting(buttons).for_go(place)
    assert place.left == 2
    assert place.has_place
