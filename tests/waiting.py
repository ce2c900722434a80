"""Waits, in tests, for what another thread brings about, and asks what is going on.

For a browser: tests/browser/driver.py.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from core.background import Queue, Task, Tasks


def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Return when it is so; AssertionError where it is not within so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.001)


def nobody_is_in(queue: Queue) -> bool:
    """Whether all its places can be had at once, as when nobody computes and nobody waits."""
    asking = [object() for _ in range(queue.places)]
    try:
        return all(queue.enter(who, give_up=lambda: True) for who in asking)
    finally:
        for who in asking:
            queue.leave(who)


def going(tasks: Tasks) -> list[Task]:
    """Those of the tasks that are not over."""
    return [task for task in list(tasks._kept.values()) if not task.over]
