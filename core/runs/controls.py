"""The buttons of a run, and what they mean for its next batch. It computes nothing.

Between two batches the run's thread asks `wait_for_go`; whoever looks at the weights holds them
still for a moment with `at_rest`.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from core.background import Stopped, Task

LEFT_AFTER = 300.0  # seconds without a sign of life after which a run is kept and stands still
CUT_OFF_AFTER = 3_600.0  # and after which it ends, to be gone on with from what is kept
BRIEF = 0.05  # seconds of the processor; what takes no longer need not wait for turns to end
TURN_OF_OTHERS = 0.5  # seconds in the queue that are no part of how fast a run goes
CATCH_UP = 0.5  # seconds; a slow run that was late by less keeps to its timetable
SLOW = 50.0  # batches a second; a run held below this can be looked at batch by batch


class Controls:
    """Pause, resume, step, speed and stop, pressed in any thread, obeyed between two batches."""

    def __init__(self, paused: bool = False, speed: float | None = None) -> None:
        self.speed = speed  # batches a second at most; None: as fast as it goes
        self.stop_reason = ""
        self.cut_off = False  # stopped by no person: it sits no exam, and is gone on with later
        self.standing = False  # the run has noticed that it shall stand still
        self.left = False  # it stands still because nobody was there any more
        self.on_left: Callable[[], None] = lambda: None  # called then, in the run's own thread
        self.changed = threading.Condition()  # guards everything here and what the run measured
        self._paused = paused
        self._pausing = False  # a pause was asked for and has not begun
        self._allowance = math.inf  # batches that may still run before the run pauses by itself
        self._at_work = False  # inside a batch: the weights are changing
        self._in_line = False  # waiting for a place in the queue
        self._stood = False  # still, or behind others, since the last batch
        self._looking = 0  # threads that want the weights to stand still
        self._began = 0.0  # the newest batch, on the monotonic clock
        self._due = 0.0  # the next batch of a run that is slowed down
        self._batch_seconds: float | None = None  # of the processor, for the newest batch
        self._processor_began = 0.0
        self._recorded = False  # whether it was recorded
        self._last_seen = time.monotonic()
        self._ahead: Callable[[], float] = lambda: 0.0

    # The buttons

    def pause(self) -> None:
        """Stand still after the batch being worked on; where batches are quick, one more follows,
        which is recorded. A run that waits in line stands still at once."""
        with self.changed:
            quick = self._batch_seconds is not None and self._batch_seconds < BRIEF
            self._allowance = min(self._allowance, 2 if self._at_work and quick else 1)
            self._paused = self._in_line or (not self._at_work and self._recorded)
            self._pausing = True
            self.changed.notify_all()

    def resume(self) -> None:
        """Go on from where the run stands."""
        self._go(math.inf)

    def step(self, batches: int = 1) -> None:
        """Run this many batches and stand still again."""
        self._go(batches)

    def set_speed(self, batches_per_second: float | None) -> None:
        """Slow down to this many batches a second; None: as fast as it goes."""
        with self.changed:
            self.speed = batches_per_second
            self._due = self._began + self._pace
            self.changed.notify_all()

    def stop(self, reason: str = "Stopped before the end.", cut_off: bool = False) -> None:
        """End the run after the batch that is being worked on."""
        with self.changed:
            self.cut_off |= cut_off
            self.stop_reason = self.stop_reason or reason
            self.standing = False  # who looks now sees that it no longer stands there
            self.changed.notify_all()

    def wait_while_ahead(self, ahead: Callable[[], float]) -> None:
        """From now on let another run catch up; ahead: seconds of training that this one is ahead
        of it, 0 or less to go on. It may take no lock of a run."""
        self._ahead = ahead

    def _go(self, batches: float) -> None:
        with self.changed:
            self._paused, self._allowance, self.standing = False, batches, False
            self._pausing = self.left = False
            self.changed.notify_all()

    # What they mean

    @property
    def pending(self) -> str:
        """What was asked for and has not come yet: "stopping", "pausing" or nothing."""
        if self.stop_reason:
            return "stopping"
        return "pausing" if self._pausing and not self.standing else ""

    @property
    def held(self) -> bool:
        """Whether the run should stand still, or end, rather than wait for a place."""
        asked = self._paused or self._allowance <= 0 or bool(self.stop_reason)
        return asked or self.unseen_for() > LEFT_AFTER

    @property
    def recording(self) -> bool:
        """Whether the next batch is recorded: the last before the run stands still, and every batch
        of a run slow enough to look at."""
        return self._allowance <= 1 or self._pace >= 1 / SLOW

    @property
    def brief(self) -> bool:
        """Whether what may run now is known to take next to no time; a first batch may try."""
        batches = 1 if self._pace else self._allowance
        if self._batch_seconds is None:
            return batches <= 1
        return batches * self._batch_seconds <= BRIEF

    @property
    def _pace(self) -> float:
        """Seconds from one batch to the next at the least."""
        return 1 / self.speed if self.speed else 0.0

    def seen(self) -> None:
        """A sign of life of whoever the run is for."""
        self._last_seen = time.monotonic()

    def unseen_for(self) -> float:
        """Seconds since the last sign of life."""
        return time.monotonic() - self._last_seen

    # Between two batches

    def wait_for_go(self, task: Task) -> bool:
        """Return, with a place for the task, when the next batch may be worked on.

        The answer: whether the run stood still until then, or others had their turn, so that this
        time says nothing of how fast it goes. Raises Stopped when there shall be no more batch.
        """
        began = time.monotonic()
        task.checkpoint(give_up=self._give_up)
        self._in_line = False
        self._stood = time.monotonic() - began > TURN_OF_OTHERS
        while not self._may_go(task):
            if self.left:
                self.on_left()
            else:
                task.enter(give_up=self._give_up, brief=self.brief)
                self._in_line = False
        return self._stood

    def _give_up(self) -> bool:
        """Asked only while the run waits for a place: whether it still wants one."""
        self._in_line = True
        return self.held

    def _may_go(self, task: Task) -> bool:
        """Wait while held or slowed down; False: first get a place in the queue, or, where the run
        has just been left alone, keep it."""
        with self.changed:
            while True:
                self.raise_if_stopped()
                self.standing = self.held
                if self.unseen_for() > LEFT_AFTER and not self.left:
                    self.left = self._paused = True
                    task.leave()
                    return False
                self._stood |= self.standing
                early = max(self._due - time.monotonic(), self._ahead())
                if self.held or early > 0:
                    task.leave()
                    self.changed.notify_all()
                    self.changed.wait(1.0 if self.held else min(early, 1.0))
                elif self._looking:
                    self.changed.wait(1.0)
                elif task.has_place:
                    self._began, self._processor_began = time.monotonic(), time.thread_time()
                    on_time = self._began - self._due < CATCH_UP
                    self._due = (self._due if on_time else self._began) + self._pace
                    self._at_work, self._recorded = True, self.recording
                    return True
                else:
                    return False

    def batch_is_done(self) -> float:
        """Count a batch; the seconds that it took. Called in the thread that worked on it."""
        with self.changed:
            self._at_work = False
            self._batch_seconds = time.thread_time() - self._processor_began
            self._allowance -= 1
            self.changed.notify_all()
            return time.monotonic() - self._began

    def raise_if_stopped(self) -> None:
        """Raises Stopped when the run shall end."""
        if self.unseen_for() > CUT_OFF_AFTER:
            minutes = f"{CUT_OFF_AFTER / 60:.0f} minutes"
            self.stop(f"Cut off, because nobody looked at it for {minutes}.", cut_off=True)
        if self.stop_reason:
            raise Stopped

    @contextmanager
    def at_rest(self) -> Iterator[None]:
        """Between two batches: the run's own thread waits until this is over."""
        with self.changed:
            self._looking += 1
            self.changed.wait_for(lambda: not self._at_work)
            try:
                yield
            finally:
                self._looking -= 1
                self.changed.notify_all()
