"""Brief work of many threads, one after the other, the most urgent first.

Python computes one thing at a time, however many threads it has. Thirty answers begun at once come
thirty times as late, all of them, and half of the time is lost in passing the interpreter on; in
turn the first is there at once. What takes seconds is not for here: it waits in queue.py.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from heapq import heappop, heappush
from itertools import count

LONG = 0.1  # seconds after which others begin all the same: work may itself wait for something


class InTurn:
    """Earliest deadline first (Liu and Layland, 1973): nobody is passed by for ever."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # guards everything below
        self._waiting: list[tuple[float, int, threading.Condition]] = []  # a heap, by deadline
        self._number = count()  # who came first, where deadlines are the same
        self._newest = -1  # who began last, and when; the others inside have taken LONG
        self._since = float("-inf")

    @contextmanager
    def turn(self, patience: float) -> Iterator[None]:
        """Wait for one's turn and keep it meanwhile.

        patience: seconds; whoever comes later may pass if it is so much less patient.
        """
        number, called = next(self._number), threading.Condition(self._lock)
        me = (time.monotonic() + patience, number, called)
        with self._lock:
            heappush(self._waiting, me)
            while (seconds := self._seconds_to_wait(me)) != 0:
                called.wait(seconds)
            heappop(self._waiting)
            self._newest, self._since = number, time.monotonic()
            self._call_next()
        try:
            yield
        finally:
            with self._lock:
                if self._newest == number:
                    self._since = float("-inf")
                    self._call_next()

    def _seconds_to_wait(self, who: tuple) -> float | None:
        """Until whoever began last has taken LONG; None: until `who` is called."""
        if self._waiting[0] is not who:
            return None
        return max(0.0, self._since + LONG - time.monotonic())

    def _call_next(self) -> None:
        if self._waiting:
            self._waiting[0][2].notify()
