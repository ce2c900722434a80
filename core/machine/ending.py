"""The end of the process: what still computes is stopped, and waited for, so that it is kept.

Python ends without its daemon threads, and one of them that is inside torch at that moment takes
the process down ("terminate called without an active exception"), with all that was not saved.
"""

from __future__ import annotations

import atexit
import threading
import time
from typing import Protocol
from weakref import WeakSet

PATIENCE = 4.0  # seconds; whoever stops a server usually kills it after ten


class Stoppable(Protocol):
    """What `core.background.Task` can do."""

    def stop(self) -> None: ...
    def wait(self, seconds: float) -> bool: ...


_going: WeakSet[Stoppable] = WeakSet()
_lock = threading.Lock()


def stop_at_the_end(work: Stoppable) -> None:
    """Stop this before the process ends, unless it is over by then."""
    with _lock:
        _going.add(work)


def stop_all() -> bool:
    """Stop all there is, and wait for it, PATIENCE at the most; whether everything is over."""
    with _lock:
        going = list(_going)
    for each in going:
        each.stop()
    deadline = time.monotonic() + PATIENCE
    return all(each.wait(max(0.0, deadline - time.monotonic())) for each in going)


atexit.register(stop_all)
