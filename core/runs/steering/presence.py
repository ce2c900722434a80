"""Whether anybody is there for a run: when it was last looked at, and when that is too long ago."""

from __future__ import annotations

import time

LEFT_AFTER = 300.0  # seconds without a sign of life after which a run is kept and stands still
CUT_OFF_AFTER = 3_600.0  # and after which it ends, to be gone on with from what is kept


class Presence:
    """The signs of life of whoever a run is for."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def seen(self) -> None:
        """One more sign of life."""
        self._last = time.monotonic()

    def unseen_for(self) -> float:
        """Seconds since the last one."""
        return time.monotonic() - self._last

    @property
    def left(self) -> bool:
        """Whether nobody is there any more."""
        return self.unseen_for() > LEFT_AFTER

    @property
    def cut_off(self) -> bool:
        """Whether nobody will come back soon."""
        return self.unseen_for() > CUT_OFF_AFTER
