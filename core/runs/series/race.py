"""Two runs that start together: same digits, same seed, one clock. Both are runs like any other.

The clock is their own time of training. Whoever is ahead waits for the other, so that both stand at
the same second, however many places to compute in there are.
"""

from __future__ import annotations

from collections.abc import Callable

from core.config import TrainingConfig
from core.runs.board import BoardFull, JobBoard
from core.runs.job import TrainingJob

STRIDE = 0.05  # seconds that one may be ahead: batches of a few milliseconds would change too often


def matched(first: TrainingConfig, second: TrainingConfig) -> tuple[TrainingConfig, TrainingConfig]:
    """Both with the data and the seed of the first: the same images, in the same order where their
    batches are equally large."""
    return first, second.changed(dataset=first.dataset, seed=first.seed)


def start_race(
    board: JobBoard, first: TrainingConfig, second: TrainingConfig, owner: str
) -> tuple[TrainingJob, TrainingJob]:
    """Both, begun one right after the other. Raises BoardFull, and then neither goes on."""
    left = board.submit(first, owner=owner)
    try:
        right = board.submit(second, owner=owner)
    except BoardFull:
        left.stop()
        raise
    left.controls.wait_while_ahead(lead_of(left, right))
    right.controls.wait_while_ahead(lead_of(right, left))
    return left, right


def lead_of(run: TrainingJob, other: TrainingJob) -> Callable[[], float]:
    """By how many seconds of training `run` is too far ahead; one that stands still or is over is
    not waited for."""

    def lead() -> float:
        if other.over or other.controls.standing:
            return 0.0
        return run.training_seconds - other.training_seconds - STRIDE

    return lead
