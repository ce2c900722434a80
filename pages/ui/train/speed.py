"""How fast a run goes: as fast as the machine can, or so slowly that a person can follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.ui.state.visit import visit
from pages.ui.widgets.dropdown import dropdown

if TYPE_CHECKING:
    from core.runs.job import TrainingJob

SPEEDS: dict[str, float | None] = {  # batches a second; None: no limit
    "1 batch a second": 1,
    "5 batches a second": 5,
    "20 batches a second": 20,
    "100 batches a second": 100,
    "as fast as it goes": None,
}


def choose_speed(job: TrainingJob | None) -> float | None:
    """Batches a second; None: no limit. Takes effect at once on a run that goes on."""
    now = job.controls.speed if job else SPEEDS[visit().train.speed]

    def take(name: str) -> None:
        visit().train.speed = name
        if job:
            job.controls.set_speed(SPEEDS[name])

    dropdown(
        "Speed",
        list(SPEEDS),
        next(name for name, speed in SPEEDS.items() if speed == now),
        take,
        "speed",
        term="speed",
    )
    return now
