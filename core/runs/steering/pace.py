"""How fast a run goes: the batches a second that were asked for, and how long a batch takes.

It holds nobody up, and takes no lock: that is the business of core/runs/steering/controls.py.
"""

from __future__ import annotations

import time

BRIEF = 0.05  # seconds of the processor; what takes no longer need not wait for turns to end
CATCH_UP = 0.5  # seconds; a slow run that was late by less keeps to its timetable


class Pace:
    """The timetable of a run, and a clock for its batches."""

    def __init__(self, speed: float | None) -> None:
        self._speed = speed
        self._began = 0.0  # the newest batch, on the monotonic clock
        self._processor_began = 0.0
        self._due = 0.0  # the next batch of a run that is slowed down
        self._seconds: float | None = None  # of the processor, for the newest batch

    @property
    def speed(self) -> float | None:
        """Batches a second at most; None: as fast as it goes."""
        return self._speed

    @speed.setter
    def speed(self, batches_per_second: float | None) -> None:
        self._speed = batches_per_second
        self._due = self._began + self.interval

    @property
    def interval(self) -> float:
        """Seconds from one batch to the next at the least."""
        return 1 / self._speed if self._speed else 0.0

    @property
    def early(self) -> float:
        """Seconds until the next batch is due."""
        return self._due - time.monotonic()

    @property
    def quick(self) -> bool:
        """Whether batches are known to take next to no time."""
        return self._seconds is not None and self._seconds < BRIEF

    def brief(self, batches: float) -> bool:
        """Whether so many are known to take next to no time together; a first batch may try."""
        if self._seconds is None:
            return batches <= 1
        return batches * self._seconds <= BRIEF

    def begin(self) -> None:
        """A batch begins."""
        self._began, self._processor_began = time.monotonic(), time.thread_time()
        on_time = self._began - self._due < CATCH_UP
        self._due = (self._due if on_time else self._began) + self.interval

    def end(self) -> float:
        """It is done; the seconds that it took. Called in the thread that worked on it."""
        self._seconds = time.thread_time() - self._processor_began
        return time.monotonic() - self._began
