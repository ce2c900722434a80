"""Which runs a visitor gets to see, and which of them are theirs to change. It shows nothing."""

from __future__ import annotations

from core.runs.kept.store import Damaged, RunSummary
from pages.ui.state import owner, server
from pages.ui.state.visit import visit

ORDERS = {"date": "Newest first", "score": "Best first"}


def runs_to_show(order: str) -> tuple[list[RunSummary], list[Damaged]]:
    """The visitor's runs and those of this visit, in an order of ORDERS; and what is damaged.

    A damaged run is told to its owner, and to everybody where even that cannot be read.
    """
    found = server.board().store.runs()
    runs = [each for each in found if isinstance(each, RunSummary) and may_see(each)]
    runs.sort(key=lambda run: run.origin.begun, reverse=True)
    if order == "score":
        runs.sort(key=lambda run: run.test.accuracy if run.test else -1, reverse=True)
    runs.sort(key=lambda run: not run.label.pinned)
    damaged = [each for each in found if isinstance(each, Damaged)]
    return runs, [each for each in damaged if each.owner in ("", *owner.ids())]


def may_see(run: RunSummary) -> bool:
    """Whether it is listed: it is theirs, or they opened a link to it."""
    return is_mine(run) or run.id in visit().runs


def is_mine(run: RunSummary) -> bool:
    """Whether this visitor may rename it, delete it and go on with it."""
    return run.origin.owner in owner.ids()


def is_going(run_id: str) -> bool:
    """Whether it trains, waits or stands still at this moment."""
    job = server.board().get(run_id)
    return job is not None and not job.over
