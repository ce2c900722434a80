"""What a batch size asks for, counted: steps in an epoch, and memory for a batch."""

from __future__ import annotations

from dataclasses import dataclass

from core.lessons.experiments import TUTORIAL
from core.model import batch_bytes, build_model
from core.settings.choices import TRAINING_IMAGES
from core.trainer import batches_per_epoch

ALL_TRAINING = TRAINING_IMAGES["mnist"]  # images in an epoch of a real run


@dataclass(frozen=True)
class BatchCost:
    """What a batch size asks for: steps in an epoch of a real run, memory for one batch."""

    batch_size: int
    steps: int
    batch_bytes: int

    @property
    def last(self) -> int:
        """Images in the last batch of the epoch, which may be a smaller one."""
        return ALL_TRAINING - (self.steps - 1) * self.batch_size

    @property
    def full(self) -> int:
        """How many batches are full ones."""
        return self.steps - (self.last < self.batch_size)


def batch_cost(batch_size: int) -> BatchCost:
    """For the tutorial network on 55,000 images; the bytes are those of all tensors in use."""
    config = TUTORIAL.changed(batch_size=batch_size)
    steps = batches_per_epoch(ALL_TRAINING, config)
    return BatchCost(batch_size, steps, batch_bytes(build_model(config), batch_size))
