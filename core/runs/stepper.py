"""A run that stands still after every step, so that whoever asks can look at each of them.

It has no thread and no queue: one call, one iteration. Nothing of it is kept on disk.
"""

from __future__ import annotations

import secrets

from core.config import TrainingConfig
from core.data import DigitDataset
from core.model import build_model
from core.runs.recording import BatchRecord, recorded
from core.trainer import batches_per_epoch


class Stepper:
    """A run with the tutorial's settings on `dataset`. `losses`: of the steps done, in nats."""

    def __init__(self, dataset: DigitDataset) -> None:
        config = TrainingConfig()
        self.id = secrets.token_urlsafe(9)
        self.losses: list[float] = []
        self.record: BatchRecord | None = None
        self.total_iterations = config.epochs * batches_per_epoch(len(dataset.train), config)
        self._steps = recorded(build_model(config), dataset, config)

    @property
    def iteration(self) -> int:
        """How many steps are done."""
        return len(self.losses)

    @property
    def over(self) -> bool:
        """Whether the run has come to its end."""
        return self.iteration == self.total_iterations

    def step(self) -> None:
        """Exactly one iteration. Nothing happens after the last."""
        if not self.over:
            progress, self.record = next(self._steps)
            self.losses.append(progress.loss)
