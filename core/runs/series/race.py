"""Two runs that start together: same digits, same seed, one clock. Both are runs like any other.

The clock is each run's own time of training. They take turns on the processor, so that neither has
to wait for the other to be done, and what it waits does not count.
"""

from __future__ import annotations

from core.config import TrainingConfig
from core.runs.board import BoardFull, JobBoard
from core.runs.job import TrainingJob


def matched(first: TrainingConfig, second: TrainingConfig) -> tuple[TrainingConfig, TrainingConfig]:
    """Both with the data and the seed of the first: the same images, in the same order where their
    batches are equally large."""
    return first, second.changed(dataset=first.dataset, seed=first.seed)


def start_race(
    board: JobBoard,
    first: TrainingConfig,
    second: TrainingConfig,
    speed: float | None,
    owner: str,
) -> tuple[TrainingJob, TrainingJob]:
    """Both, begun one right after the other; speed: batches a second that neither goes beyond.

    Raises BoardFull, and has then begun neither.
    """
    left = board.submit(first, speed=speed, owner=owner)
    try:
        return left, board.submit(second, speed=speed, owner=owner)
    except BoardFull:
        left.stop()
        raise
