"""A file without a name, for what would take too much memory: it is gone when nobody needs it.

It is for the time that the app runs, and for this process alone; what is to last is written by
core/machine/storage.py.
"""

from __future__ import annotations

import tempfile
import threading
from contextlib import suppress
from typing import BinaryIO

from core.machine.storage import home


class Scratch:
    """Pieces of bytes, added one after the other and read again in any thread."""

    def __init__(self) -> None:
        """Raises OSError where no folder of this machine can be written."""
        self._file = _open()
        self._lock = threading.Lock()
        self.size = 0  # bytes so far

    def add(self, content: bytes) -> slice:
        """Keep it; where it lies. Raises OSError, and then nothing was kept."""
        with self._lock:
            self._file.seek(self.size)
            self._file.write(content)
            place = slice(self.size, self.size + len(content))
            self.size = place.stop
        return place

    def read(self, place: slice) -> bytes:
        """What was kept there."""
        with self._lock:
            self._file.seek(place.start)
            return self._file.read(place.stop - place.start)


def _open() -> BinaryIO:
    """In the app's folder, which has the room, else where the machine keeps such files."""
    with suppress(OSError):
        home().mkdir(parents=True, exist_ok=True)
        return tempfile.TemporaryFile(dir=home(), buffering=0)
    return tempfile.TemporaryFile(buffering=0)
