"""Small runs on a small dataset, for the tests of runs in the background."""

from __future__ import annotations

from core.config import TrainingConfig
from core.model import build_model
from core.runs.kept.store import RunError
from core.runs.snapshot import JobState
from core.trainer import train

CONFIG = TrainingConfig(dataset="generated", hidden_sizes=(16,), epochs=2, batch_size=50)
TOTAL = 2 * 40  # batches of 50 from 2,000 images


class Shelf:
    """Hands out one small dataset, or fails."""

    def __init__(self, dataset, error: Exception | None = None) -> None:
        self.dataset, self.error = dataset, error

    def get(self, name, on_progress=None):
        on_progress("Drawing digits", 0.5)
        if self.error:
            raise self.error
        return self.dataset


def state(job) -> JobState:
    return job.snapshot().state


def losses_of_a_plain_loop(dataset, config=CONFIG) -> list[float]:
    return [step.loss for step in train(build_model(config), dataset, config)]


def refuse(run, checkpoint):
    raise RunError("The disk is full.")
