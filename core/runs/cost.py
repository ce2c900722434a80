"""What a network costs before anyone trains it: memory for a batch, and time."""

from __future__ import annotations

import time
from dataclasses import dataclass

import torch
from torch import nn

from core.config import CLASSES, IMAGE_SIDE, TrainingConfig
from core.model import batch_bytes, build_model
from core.trainer import batches_per_epoch, build_optimizer

TRIAL_IMAGES = 64  # images in the batches that are timed
TRIALS = 2


@dataclass(frozen=True)
class Cost:
    """batch_bytes: while a batch is worked on; seconds: for the whole run.

    The bytes are the sizes of all tensors that a batch needs. The seconds come from small batches
    timed on this machine a moment ago: an estimate.
    """

    batch_bytes: int
    seconds: float


def cost(config: TrainingConfig, images: int) -> Cost:
    """The cost of training with `config` on `images` images, on one core."""
    model = build_model(config)
    memory = batch_bytes(model, config.batch_size)
    per_batch = seconds_per_image(model, config) * config.batch_size
    batches = batches_per_epoch(images, config) * config.epochs
    return Cost(memory, per_batch * batches)


def seconds_per_image(model: nn.Module, config: TrainingConfig) -> float:
    """Time of a training step divided by its images: the quickest of a few, on noise."""
    size = min(TRIAL_IMAGES, config.batch_size)
    generator = torch.Generator().manual_seed(0)
    images = torch.rand(size, IMAGE_SIDE, IMAGE_SIDE, generator=generator)
    labels = torch.randint(0, CLASSES, (size,), generator=generator)
    optimizer = build_optimizer(model, config)
    times = []
    for _ in range(TRIALS + 1):  # the first one warms up
        started = time.perf_counter()
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        times.append(time.perf_counter() - started)
    return min(times[1:]) / size
