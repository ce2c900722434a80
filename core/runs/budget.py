"""What the runs of a server may remember together: one budget of disk and one of memory for all.

On disk lie the ways back, in memory what belongs to runs that are over: networks, films, recorded
batches. Where it becomes too much, the run that nobody has looked at for longest gives up first.
Runs that are kept for good, in core/runs/kept, are counted there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

WAYS_BACK = 1_000_000_000  # bytes of disk; the tutorial network takes 22 million
REMEMBERED = 10_000_000  # bytes of memory; the tutorial network takes 0.6 million, film included


class Remembers(Protocol):
    """A run, as far as the budget knows it."""

    on_disk: int  # bytes of its way back
    in_memory: int  # bytes that are free when the board forgets it
    can_be_forgotten: bool  # it is over, and kept on disk as a whole

    def clear_way_back(self) -> int:
        """The bytes of disk that are free now."""

    def unseen_for(self) -> float:
        """Seconds since somebody looked at it."""


AnyRun = TypeVar("AnyRun", bound=Remembers)


def make_room(runs: Iterable[AnyRun]) -> list[AnyRun]:
    """Clear ways back until the rest keeps to the budget; the runs to be forgotten for the same.

    The longest unseen goes first; the one looked at last keeps what it has.
    """
    unseen = sorted(runs, key=lambda each: each.unseen_for(), reverse=True)
    taken, forgotten = sum(each.on_disk for each in unseen), []
    for each in unseen[:-1]:
        if taken <= WAYS_BACK:
            break
        taken -= each.clear_way_back()
    taken = sum(each.in_memory for each in unseen)
    for each in unseen[:-1]:
        if taken <= REMEMBERED:
            break
        if each.can_be_forgotten:
            taken -= each.in_memory
            forgotten.append(each)
    return forgotten
