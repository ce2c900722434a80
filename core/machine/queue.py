"""Places to compute in: at most so many at once, given out fairly.

How it is fair. Places are given in the order of arrival. Nobody keeps one for longer than a TURN
while others wait: at its next checkpoint it goes to the back of the line. Those who arrive and
those who had a turn are served in alternation, so a short task is never behind all of the long
ones, and no long one starves. Work known to be brief (a single step, the next batch of a run that
its visitor slowed down) does not wait for a turn to end: it borrows a place at the next checkpoint,
and then leaves it alone for as long as it had it.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Hashable
from itertools import zip_longest

from core.config import ConfigError
from core.machine.cores import usable_cores

TURN = 4.0  # seconds that a place may be kept while others wait


def never() -> bool:
    """For those who wait as long as it takes."""
    return False


class Queue:
    """Places for those who may compute at once. Who asks for one is any object."""

    def __init__(self, places: int) -> None:
        self.places = places
        self._changed = threading.Condition()  # guards everything below
        self._inside: dict[Hashable, float] = {}  # who has a place, and since when
        self._lenders: deque[Hashable] = deque()  # lent theirs to something brief
        self._brief: deque[Hashable] = deque()
        self._arriving: deque[Hashable] = deque()
        self._again: deque[Hashable] = deque()  # had a turn and want to go on
        self._arriving_is_next = True
        self._brief_inside: set[Hashable] = set()
        self._brief_rests_until = 0.0

    def enter(
        self, who: Hashable, give_up: Callable[[], bool] = never, brief: bool = False
    ) -> bool:
        """Wait for a place; False, without one, as soon as `give_up()` says so."""
        if not self._wait_in(self._brief if brief else self._arriving, who, give_up):
            return False
        if brief:
            self._brief_inside.add(who)
        return True

    def leave(self, who: Hashable) -> None:
        """Give a place back; does nothing for whoever has none."""
        with self._changed:
            since = self._inside.pop(who, None)
            if since is None:
                return
            if who in self._brief_inside:
                self._brief_inside.remove(who)
                now = time.monotonic()
                self._brief_rests_until = now + (now - since)
            self._changed.notify_all()

    def checkpoint(self, who: Hashable, give_up: Callable[[], bool] = never) -> bool:
        """Pass the place on if it is somebody else's turn, and wait to have it back.

        Called between two pieces of work. False for whoever comes back without a place.
        """
        if who not in self._inside:
            return False
        if not (self._brief or self._lenders or self._arriving or self._again):
            self._brief_inside.discard(who)
            return True
        with self._changed:
            now, since = time.monotonic(), self._inside[who]
            if who in self._brief_inside:  # what was brief is done
                self.leave(who)
                return False
            if now - since > TURN and (self._arriving or self._again):
                self.leave(who)
                return self._wait_in(self._again, who, give_up)
            if self._brief and now >= self._brief_rests_until:
                del self._inside[who]
                self._inside[self._brief[0]] = now
                back = self._wait_in(self._lenders, who, give_up)
                if back:  # its turn goes on: the loan does not count
                    self._inside[who] = since + time.monotonic() - now
                return back
            return True

    def holds(self, who: Hashable) -> bool:
        """Whether it has a place."""
        return who in self._inside

    def place(self, who: Hashable) -> int:
        """1 for the next in line, 0 for whoever does not wait for a turn."""
        waiting = self._turns()
        return waiting.index(who) + 1 if who in waiting else 0

    def ahead_of(self, who: Hashable) -> list[Hashable]:
        """Those inside and those before it in line; nobody for whoever does not wait."""
        waiting = self._turns()
        return [*self._inside, *waiting[: waiting.index(who)]] if who in waiting else []

    def wake(self) -> None:
        """Let those who wait look again whether they still want to."""
        with self._changed:
            self._changed.notify_all()

    def _wait_in(self, line: deque[Hashable], who: Hashable, give_up: Callable[[], bool]) -> bool:
        with self._changed:
            line.append(who)
            self._changed.notify_all()
            try:
                while who not in self._inside:
                    if len(self._inside) < self.places and self._in_line()[0] is who:
                        self._inside[who] = time.monotonic()
                    elif give_up():
                        return False
                    else:
                        self._changed.wait(0.5)
                if line is self._arriving or line is self._again:
                    self._arriving_is_next = line is self._again
                return True
            finally:
                line.remove(who)
                self._changed.notify_all()

    def _in_line(self) -> list[Hashable]:
        """All who wait, in the order in which they will be served as things stand."""
        with self._changed:
            turns, brief = self._turns(), list(self._brief)
            resting = time.monotonic() < self._brief_rests_until
            return [*self._lenders, *(turns + brief if resting else brief + turns)]

    def _turns(self) -> list[Hashable]:
        """Those who wait for a turn: one that arrives, one that had a turn, and so on."""
        with self._changed:
            lines = [list(self._arriving), list(self._again)]
            if not self._arriving_is_next:
                lines.reverse()
            return [each for pair in zip_longest(*lines) for each in pair if each is not None]


def default_max_jobs() -> int:
    """DIGITLAB_MAX_JOBS, or the number of cores that may be used less one, at least one.

    Raises ConfigError when the variable is not a whole number above zero.
    """
    chosen = os.environ.get("DIGITLAB_MAX_JOBS")
    if chosen is None:
        return max(1, usable_cores() - 1)
    if not re.fullmatch(r"[0-9]{1,4}", chosen) or int(chosen) < 1:
        raise ConfigError(
            "DIGITLAB_MAX_JOBS",
            f"The server's setting DIGITLAB_MAX_JOBS is {chosen[:40]!r}; accepted: 1 to 9999.",
        )
    return int(chosen)
