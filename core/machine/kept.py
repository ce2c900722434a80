"""What was worked out, remembered for whoever asks again, within a number and a size.

What takes time to work out is a task: core/background.py remembers those in the same way.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from types import ModuleType
from typing import Any

import numpy as np

KEPT = 60  # results remembered; an exam on 10,000 images is 1 MB
KEPT_BYTES = 100_000_000  # of all of them together; the network of a large run takes 88 million
DEEP = 8  # levels of what holds what that are looked through for bytes


class Kept:
    """Values by name; the longest unused is forgotten when they become too many or too large."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.RLock()

    def get(self, key: Hashable) -> Any | None:
        """What was kept under the name, or None."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: Hashable, value: Any) -> Any:
        """Keep it, and hand it back."""
        with self._lock:
            self._kept[key] = value
            self._kept.move_to_end(key)
            self._make_room()
        return value

    def get_or_make(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What was kept under the name, else what `make` gives now. Two may make it."""
        found = self.get(key)
        return self.keep(key, make()) if found is None else found

    def forget(self, key: Hashable) -> None:
        """Have it worked out anew by whoever asks next."""
        with self._lock:
            self._kept.pop(key, None)

    def _make_room(self) -> None:
        """Whatever the newest is, it stays. What several share counts for the newest of them."""
        count, size, seen = 0, 0, set()
        for number, (key, value) in enumerate(reversed(list(self._kept.items()))):
            may_go = self._may_go(value)
            count += may_go
            size += bytes_of(self._content(value), seen)
            if may_go and number > 0 and (count > self._most or size > KEPT_BYTES):
                del self._kept[key]

    def _may_go(self, value: Any) -> bool:
        return True

    def _content(self, value: Any) -> Any:
        """What of a value takes up memory."""
        return value


def bytes_of(value: Any, seen: set[int], deep: int = DEEP) -> int:
    """Bytes of all arrays, tensors and texts that a value holds, roughly: what small objects take
    is left out, and so is what `seen` has, by its place in memory; it gets what is found."""
    while isinstance(value, np.ndarray) and value.base is not None:
        value = value.base  # a part keeps the whole in memory, which may be a tensor
    if isinstance(value, np.ndarray):
        return _once(value.ctypes.data, value.nbytes, seen)
    if hasattr(value, "untyped_storage"):  # a tensor; asked so, as torch may not be imported yet
        storage = value.untyped_storage()
        return _once(storage.data_ptr(), storage.nbytes(), seen)
    if isinstance(value, (bytes, bytearray, str)):
        return _once(id(value), len(value), seen)
    if isinstance(value, (type, ModuleType)) or not deep or not _once(id(value), 1, seen):
        return 0
    if isinstance(value, Mapping):
        parts = value.values()
    elif isinstance(value, (list, tuple, set, frozenset)):
        parts = value
    else:
        parts = getattr(value, "__dict__", {}).values()
    return sum(bytes_of(part, seen, deep - 1) for part in list(parts))


def _once(place: int, size: int, seen: set[int]) -> int:
    """The size, the first time that this place is seen."""
    if place in seen:
        return 0
    seen.add(place)
    return size
