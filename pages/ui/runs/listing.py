"""Which runs a visitor gets to see, and which of them are theirs to change. It shows nothing."""

from __future__ import annotations

from core.runs.kept.store import Damaged, RunSummary
from pages.ui.state import owner, server
from pages.ui.state.visit import visit

ORDERS = {"date": "Newest first", "score": "Best first"}


def runs_to_show() -> tuple[list[RunSummary], list[Damaged]]:
    """The visitor's runs and those of this visit; and what is damaged.

    A damaged run is told to its owner, and to everybody where even that cannot be read.
    """
    found = server.board().store.runs()
    runs = [each for each in found if isinstance(each, RunSummary) and may_see(each)]
    damaged = [each for each in found if isinstance(each, Damaged)]
    return runs, [each for each in damaged if each.owner in ("", *owner.ids())]


def in_order(runs: list[RunSummary], order: str) -> list[RunSummary]:
    """Those with a pin first, then as a key of ORDERS says; runs without an exam have no score."""

    def score(run: RunSummary) -> float:
        return run.test.accuracy if order == "score" and run.test else -1.0

    return sorted(
        runs, key=lambda run: (run.label.pinned, score(run), run.origin.begun), reverse=True
    )


def may_see(run: RunSummary) -> bool:
    """Whether it is listed: it is theirs, or they opened a link to it."""
    return is_mine(run) or run.id in visit().runs


def is_mine(run: RunSummary) -> bool:
    """Whether this visitor may rename it, delete it and go on with it."""
    return owner.is_mine(run.origin.owner)


def is_going(run_id: str) -> bool:
    """Whether it trains, waits or stands still at this moment."""
    job = server.board().get(run_id)
    return job is not None and not job.over
