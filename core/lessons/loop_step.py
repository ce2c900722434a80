"""What one recorded step of the training loop did, in numbers that a person can read."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import torch
from torch import Tensor

from core.data import DigitDataset, batches
from core.lessons.experiments import TUTORIAL
from core.runs.microscope.recording import BatchRecord

MANY = 50  # steps that show that the loss falls, and does not with each of them


@dataclass(frozen=True)
class StepNumbers:
    """images: in the batch; right: how many it read before the step; loss: in nats.

    gradient: the length of the gradient; moved: of the weights' change, as a share of theirs;
    answers: what it read, image by image, before the step.
    """

    images: int
    right: int
    loss: float
    gradient: float
    moved: float
    answers: list[int]


def first_batch(dataset: DigitDataset) -> Tensor:
    """The images that the first step will take: float32 (B, 28, 28) in [0, 1]."""
    generator = torch.Generator().manual_seed(TUTORIAL.seed)
    images, _ = next(batches(dataset.train, TUTORIAL.batch_size, generator))
    return images


def step_numbers(record: BatchRecord) -> StepNumbers:
    """The numbers of a recorded batch; lengths are over all layers together."""
    images = len(record.images)
    return StepNumbers(
        images=images,
        right=round(record.accuracy * images),
        loss=record.loss,
        gradient=hypot(*(each.gradient for each in record.layers)),
        moved=hypot(*(each.moved for each in record.layers))
        / hypot(*(each.weights for each in record.layers)),
        answers=record.logits.argmax(1).tolist(),
    )


def rises(losses: Sequence[float]) -> int:
    """How often the loss was higher than one step before."""
    return sum(after > before for before, after in itertools.pairwise(losses))
