"""Who computes when: places for so many jobs at once, and how fast a job gets on."""

from __future__ import annotations

import os
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Hashable

from core.config import ConfigError


class Line:
    """Places for the jobs that may compute at once, given out first come, first served."""

    def __init__(self, places: int) -> None:
        self.places = places
        self._changed = threading.Condition()
        self._inside: set[Hashable] = set()
        self._waiting: deque[Hashable] = deque()

    def enter(self, job: Hashable, give_up: Callable[[], bool]) -> None:
        """Wait for a place; come back without one as soon as `give_up()` says so."""
        with self._changed:
            self._waiting.append(job)
            try:
                while not (self._waiting[0] is job and len(self._inside) < self.places):
                    if give_up():
                        return
                    self._changed.wait(0.5)
                self._inside.add(job)
            finally:
                self._waiting.remove(job)
                self._changed.notify_all()

    def leave(self, job: Hashable) -> None:
        """Give a place back; does nothing for a job that has none."""
        with self._changed:
            if job in self._inside:
                self._inside.remove(job)
                self._changed.notify_all()

    def holds(self, job: Hashable) -> bool:
        """Whether the job has a place."""
        return job in self._inside

    def place(self, job: Hashable) -> int:
        """1 for the next in line, 0 for a job that does not wait."""
        waiting = list(self._waiting)
        return waiting.index(job) + 1 if job in waiting else 0

    def ahead_of(self, job: Hashable) -> list[Hashable]:
        """Those inside and those before it in line; nobody for a job that does not wait."""
        waiting = list(self._waiting)
        return [*self._inside, *waiting[: waiting.index(job)]] if job in waiting else []

    def is_full(self) -> bool:
        """Whether a job that came now would have to wait."""
        return len(self._inside) + len(self._waiting) >= self.places

    def wake(self) -> None:
        """Let those who wait look again whether they still want to."""
        with self._changed:
            self._changed.notify_all()


class Rate:
    """Iterations a second over the last few seconds of uninterrupted work."""

    WINDOW = 3.0  # seconds
    GAP = 0.1  # seconds between two marks at the least

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()

    def count(self, iteration: int) -> None:
        now = time.monotonic()
        if not self._marks or now - self._marks[-1][0] >= self.GAP:
            self._marks.append((now, iteration))
        while len(self._marks) > 2 and now - self._marks[0][0] > self.WINDOW:
            self._marks.popleft()

    def reset(self) -> None:
        self._marks.clear()

    def per_second(self) -> float:
        if len(self._marks) < 2:
            return 0.0
        (first, start), (last, end) = self._marks[0], self._marks[-1]
        return (end - start) / (last - first)


def default_max_jobs() -> int:
    """DIGITLAB_MAX_JOBS, or the number of processor cores less one, at least one.

    Raises ConfigError when the variable is not a whole number above zero.
    """
    chosen = os.environ.get("DIGITLAB_MAX_JOBS")
    if chosen is None:
        return max(1, (os.cpu_count() or 1) - 1)
    if not re.fullmatch(r"[0-9]{1,4}", chosen) or int(chosen) < 1:
        raise ConfigError(
            "DIGITLAB_MAX_JOBS",
            f"The server's setting DIGITLAB_MAX_JOBS is {chosen[:40]!r}; accepted: 1 to 9999.",
        )
    return int(chosen)
