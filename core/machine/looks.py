"""How often pages may look at what goes on: less often, the more of them look.

It looks at nothing itself, it only counts. All pages share one interpreter, and a look at a run
takes as much of it as the answer to a stroke: with fifteen who watch at their ease, those who draw
would wait for seconds.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Hashable

MOST = 20.0  # looks a second, of all together: a fifth to a third of the interpreter's time
LONGEST = 4.0  # seconds between two looks, however many look
GONE = 10.0  # seconds without a look after which somebody no longer counts
EASE = 0.7  # share of MOST below which all look more often again, lest they change to and fro


class Looks:
    """Who looks, and how often they would."""

    def __init__(self) -> None:
        self._wanted: dict[Hashable, tuple[float, float]] = {}  # looks a second; the last one
        self._slower = 1  # how many times as long as they would everybody waits: 1, 2, 4 …
        self._lock = threading.Lock()

    def interval(self, who: Hashable, every: float) -> float:
        """Count a look of `who`, who would look every so many seconds; how many it has to be."""
        now = time.monotonic()
        with self._lock:
            self._wanted[who] = 1 / every, now
            here = {each: kept for each, kept in self._wanted.items() if now - kept[1] < GONE}
            self._wanted = here
            wanted = sum(a_second for a_second, _ in here.values())
            while wanted > MOST * self._slower:
                self._slower *= 2
            while self._slower > 1 and wanted < EASE * MOST * self._slower / 2:
                self._slower //= 2
            return max(every, min(every * self._slower, LONGEST))
