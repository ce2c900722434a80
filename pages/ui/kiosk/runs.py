"""The run of an exhibit: the tutorial network, slow enough to watch, never longer than LONGEST.

It imports torch only where it is called: the pad stands before.
"""

from __future__ import annotations

from threading import Timer

from core.background import Refused
from core.config import TrainingConfig
from core.datasets.sources import is_at_hand
from pages.ui.state import server, speed
from pages.ui.state.networks import NOTES, Network
from pages.ui.state.visit import visit

LONGEST = 25.0  # seconds from the press of the button; its exam comes after, in less than one


def begin_run() -> None:
    """Let a network learn, and watch it; where the server holds no more, say so."""
    here = visit()
    config = TrainingConfig(dataset="mnist" if is_at_hand("mnist") else "generated")
    pace = speed.batches_a_second(speed.WATCHABLE, config)
    try:
        job = server.exhibit_board().submit(config, speed=pace)
    except Refused as problem:
        here.notice = str(problem)
        return
    limit = Timer(LONGEST, job.stop)  # even where the browser is gone by then
    limit.daemon = True
    limit.start()
    here.exhibit.run, here.exhibit.watching = job.id, True


def trained_network() -> Network | None:
    """The network that has learned before the visitor's eyes; None where there is none."""
    run_id = visit().exhibit.run
    job = server.exhibit_board().get(run_id) if run_id else None
    if job is None or not job.snapshot().iteration:
        return None
    return Network(job.id, "your network", "", job.network, NOTES[job.config.dataset])
