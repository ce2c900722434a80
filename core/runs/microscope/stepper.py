"""A run that stands still after every step, so that whoever asks can look at each of them.

It has no thread and no queue: one call, one iteration. Nothing of it is kept on disk.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from torch import nn

from core.config import TrainingConfig
from core.data import DigitDataset, training_digits
from core.model import build_model
from core.runs.microscope.recording import BatchRecord, recorded
from core.trainer import batches_per_epoch


class Stepper:
    """A run on `dataset`, with the tutorial's settings unless others are given.

    losses: of the steps done, in nats. To go on from a network that has learned, hand over a copy
    of it, which is trained in place, and the losses that led to it.
    """

    def __init__(
        self,
        dataset: DigitDataset,
        config: TrainingConfig | None = None,
        model: nn.Module | None = None,
        losses: Sequence[float] = (),
    ) -> None:
        config = config or TrainingConfig()
        self.id = secrets.token_urlsafe(9)
        self.losses = list(losses)
        self.record: BatchRecord | None = None
        images = len(training_digits(dataset, config))
        planned = config.epochs * batches_per_epoch(images, config)
        self.total_iterations = max(planned, len(losses) + 1)
        self._steps = recorded(model or build_model(config), dataset, config)

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
