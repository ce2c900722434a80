"""Work that takes seconds, done once in the background for all who wait for it.

It can be looked at and stopped at any time. What is measured is the business of those who ask.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

log = logging.getLogger(__name__)

EARLY = 0.05  # share done, before which nothing can be said about the rest


class Stopped(Exception):
    """Ends the work from within, because somebody asked for it."""


class Measurement:
    """`work(on_share)` in a thread; it calls `on_share(share)`, 0 to 1, as often as it can stop."""

    _turn = threading.Lock()  # one at a time: together each would take as long as all

    def __init__(self, work: Callable[[Callable[[float], None]], Any]) -> None:
        self.share = 0.0
        self._work, self._result, self._error = work, None, None
        self._began: float | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="measurement", daemon=True)
        self._thread.start()

    @property
    def over(self) -> bool:
        """Whether it has come to its end or was stopped."""
        return not self._thread.is_alive()

    @property
    def stopped(self) -> bool:
        """Whether it ended because somebody asked for it."""
        return isinstance(self._error, Stopped)

    @property
    def failed(self) -> bool:
        """Whether it broke."""
        return self._error is not None and not self.stopped

    @property
    def waiting(self) -> bool:
        """Whether it has yet to begin, since another one goes on."""
        return self._began is None

    @property
    def seconds_left(self) -> float | None:
        """How long it will still take, judged by what it took so far; None: too early to say."""
        if self._began is None or self.share < EARLY:
            return None
        return (time.monotonic() - self._began) * (1 - self.share) / self.share

    def result(self) -> Any:
        """What the work gave, once it is over. Raises what it raised, and Stopped."""
        if self._error:
            raise self._error
        return self._result

    def stop(self) -> None:
        """End it soon."""
        self._stopping.set()

    def wait(self, seconds: float) -> bool:
        """Wait for its end; whether it came."""
        self._thread.join(seconds)
        return self.over

    def _tell(self, share: float) -> None:
        if self._stopping.is_set():
            raise Stopped
        self.share = share

    def _run(self) -> None:
        try:
            while not self._turn.acquire(timeout=0.1):
                self._tell(0.0)  # it may be stopped while it waits, too
            try:
                self._began = time.monotonic()
                self._tell(0.0)
                self._result = self._work(self._tell)
            finally:
                self._turn.release()
        except Stopped as error:
            self._error = error
        except Exception as error:  # whatever it is, whoever asks for the result has to hear of it
            log.exception("A measurement broke.")
            self._error = error
