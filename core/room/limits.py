"""How much a room bears, so that nobody can flood it and its memory stays bounded.

Every number that a room refuses by stands here. Who counts is in rooms.py and room.py.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Hashable

MOST_ROOMS = 8  # on one server
MOST_PHONES = 300  # in one room
MOST_DRAWINGS = 5_000  # in one room: about 3 KB each in memory, so 15 MB, and 120 MB in all
LEAST_TAUGHT = 20  # digits that a network goes on learning from: of ten that judge, one is 10 %
OPEN_SECONDS = 2 * 3_600  # then a room closes by itself

SECONDS_BETWEEN = 1.0  # two drawings of one phone

# Of one drawing. As JSON that is at most 11 KB; a digit is written in one to five strokes, and
# takes about 100 points.
MOST_STROKES = 12
MOST_POINTS = 1_000
PAD = 1_000  # units that the pad is wide and high

# Wrong codes. All visitors together may try ten a second, see codes.py for what comes of that; a
# class behind one address mistypes less than one visitor may.
WRONG_IN_ALL, WRONG_IN_ALL_SECONDS = 10, 1.0
WRONG_OF_ONE, WRONG_OF_ONE_SECONDS = 30, 60.0


class Rate:
    """At most `most` events in any `seconds`, for each key apart. It keeps `keys` of them at most;
    the one that was quiet the longest is forgotten first. Not safe to share between threads."""

    def __init__(self, most: int, seconds: float, keys: int = 1_000) -> None:
        self._most, self._seconds, self._keys = most, seconds, keys
        self._events: OrderedDict[Hashable, deque[float]] = OrderedDict()

    def allows(self, key: Hashable, now: float) -> bool:
        """Whether there is room for one more; now: seconds of a clock that never goes back."""
        events = self._events.get(key, ())
        return sum(now - each < self._seconds for each in events) < self._most

    def count(self, key: Hashable, now: float) -> None:
        """One has happened."""
        self._events.setdefault(key, deque(maxlen=self._most)).append(now)
        self._events.move_to_end(key)
        if len(self._events) > self._keys:
            self._events.popitem(last=False)
