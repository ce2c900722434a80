"""A store that keeps nothing: for the runs of an exhibit, where nothing of a visitor may stay.

It is a `RunStore` to whoever saves a run; there is nothing to find in it afterwards.
"""

from __future__ import annotations

from core.runs.kept.run import Run
from core.runs.kept.store import RunStore


class Nowhere(RunStore):
    """Takes every run and forgets it."""

    def save(self, run: Run, checkpoint: bytes | None = None) -> None:
        """Do nothing."""
