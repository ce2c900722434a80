"""How many runs are kept, and how large they may be together: the oldest unpinned gives way."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from core.runs.kept.places import delete_for_good, ids
from core.runs.kept.run import Run, RunSummary

MOST_OF_ONE = 100  # runs of one visitor; the oldest that is not pinned goes when one more is saved
MOST_OF_ALL = 2_000  # runs of all visitors
MOST_BYTES = 5_000_000_000  # of all their files; a run of the tutorial network takes 1.5 million


def size_of(folder: Path) -> int:
    """Bytes of the files in a folder; 0 where it cannot be looked into."""
    with suppress(OSError):
        return sum(each.stat().st_size for each in folder.iterdir())
    return 0


def sizes_in(folder: Path) -> dict[str, int]:
    """Bytes of each run under a folder, by its id."""
    return {run_id: size_of(folder / run_id) for run_id in ids(folder)}


def is_full(sizes: dict[str, int]) -> bool:
    """Whether there may be more, or more bytes, than are kept."""
    return len(sizes) > min(MOST_OF_ONE, MOST_OF_ALL) or sum(sizes.values()) > MOST_BYTES


def clear(folder: Path, sizes: dict[str, int], known: Sequence[RunSummary], new: Run) -> None:
    """Take away the oldest runs that nobody pinned, where they are too many or too large.

    sizes: as `sizes_in` gives it; known: all that can be read, the newest first; new: it stays.
    """
    mine = [each for each in known if each.origin.owner == new.origin.owner]
    loose = [each for each in known[::-1] if not each.label.pinned and each.id != new.id]
    for group, most in ((mine, MOST_OF_ONE), (known, MOST_OF_ALL)):
        of_group = [each for each in loose if each in group and each.id in sizes]
        for each in of_group[: max(0, len(group) - most)]:
            _take_away(folder / each.id, sizes)
    for each in loose:
        if sum(sizes.values()) <= MOST_BYTES:
            break
        if each.id in sizes:
            _take_away(folder / each.id, sizes)


def _take_away(place: Path, sizes: dict[str, int]) -> None:
    """For good: nobody deleted it, so nobody will want to undo that, and its room is needed."""
    with suppress(OSError):
        delete_for_good(place)
        del sizes[place.name]
