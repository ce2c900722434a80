"""The buttons of a run, and what they mean for its next batch. It computes nothing.

How the run's thread obeys them between two batches is in core/runs/steering/waiting.py. Whoever
looks at the weights holds them still for a moment with `at_rest`.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from core.background import Stopped
from core.runs.steering import presence
from core.runs.steering.pace import Pace
from core.runs.steering.presence import Presence

SLOW = 50.0  # batches a second; a run held below this can be looked at batch by batch


class Controls:
    """Pause, resume, step, speed and stop, pressed in any thread, obeyed between two batches."""

    def __init__(self, paused: bool = False, speed: float | None = None) -> None:
        self.changed = threading.Condition()  # guards everything here and what the run measured
        self.presence = Presence()  # of whoever the run is for
        self.pace = Pace(speed)
        self.ahead: Callable[[], float] = lambda: 0.0  # see `wait_while_ahead`
        self.stop_reason = ""
        self.cut_off = False  # stopped by no person: it sits no exam, and is gone on with later
        self._paused = paused
        self._pausing = False  # a pause was asked for and has not begun
        self._allowance = math.inf  # batches that may still run before the run pauses by itself
        # How the run stands, as its own thread says
        self.standing = False  # it has noticed that it shall stand still
        self.left = False  # it stands still because nobody was there any more
        self.on_left: Callable[[], None] = lambda: None  # called then, in the run's own thread
        self.at_work = False  # inside a batch: the weights are changing
        self.in_line = False  # waiting for a place in the queue
        self.recorded = False  # whether the newest batch was
        self.looking = 0  # threads that want the weights to stand still

    # The buttons

    def pause(self) -> None:
        """Stand still after the batch being worked on; where batches are quick, one more follows,
        which is recorded. A run that waits in line stands still at once."""
        with self.changed:
            more = 2 if self.at_work and self.pace.quick else 1
            self._allowance = min(self._allowance, more)
            self._paused = self.in_line or (not self.at_work and self.recorded)
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
            self.pace.speed = batches_per_second
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
        self.ahead = ahead

    def _go(self, batches: float) -> None:
        with self.changed:
            self._paused, self._allowance, self.standing = False, batches, False
            self._pausing = self.left = False
            self.changed.notify_all()

    # What they mean

    @property
    def speed(self) -> float | None:
        """Batches a second at most; None: as fast as it goes."""
        return self.pace.speed

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
        return asked or self.presence.left

    @property
    def recording(self) -> bool:
        """Whether the next batch is recorded: the last before the run stands still, and every batch
        of a run slow enough to look at."""
        return self._allowance <= 1 or self.pace.interval >= 1 / SLOW

    @property
    def brief(self) -> bool:
        """Whether what may run now is known to take next to no time."""
        return self.pace.brief(1 if self.speed else self._allowance)

    def raise_if_stopped(self) -> None:
        """Raises Stopped when the run shall end."""
        if self.presence.cut_off:
            minutes = f"{presence.CUT_OFF_AFTER / 60:.0f} minutes"
            self.stop(f"Cut off, because nobody looked at it for {minutes}.", cut_off=True)
        if self.stop_reason:
            raise Stopped

    # What the run's own thread tells

    def leave_alone(self) -> None:
        """Nobody is there any more: stand still until somebody presses a button."""
        self.left = self._paused = True

    def begin_batch(self) -> None:
        """The weights change from now on."""
        self.pace.begin()
        self.at_work, self.recorded = True, self.recording

    def batch_is_done(self) -> float:
        """Count a batch; the seconds that it took. Called in the thread that worked on it."""
        with self.changed:
            self.at_work = False
            self._allowance -= 1
            self.changed.notify_all()
            return self.pace.end()

    @contextmanager
    def at_rest(self) -> Iterator[None]:
        """Between two batches: the run's own thread waits until this is over."""
        with self.changed:
            self.looking += 1
            self.changed.wait_for(lambda: not self.at_work)
            try:
                yield
            finally:
                self.looking -= 1
                self.changed.notify_all()
