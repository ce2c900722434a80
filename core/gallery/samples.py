"""Which images of a dataset to show: some of a digit, and a batch as training deals it out."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from core.config import CLASSES
from core.data import Digits, batches
from core.datasets.augment import harder


def counts(labels: Tensor) -> Tensor:
    """How many of each digit: labels int64 (N,) -> int64 (10,)."""
    return torch.bincount(labels, minlength=CLASSES)


def sample(labels: Tensor, digit: int | None, count: int, seed: int) -> Tensor:
    """Where `count` images lie, chosen at random, each at most once: int64 (M,), M <= count.

    labels: int64 (N,). digit: only images of this one; None: of all. The same seed gives the same.
    """
    found = torch.arange(len(labels)) if digit is None else (labels == digit).nonzero()[:, 0]
    generator = torch.Generator().manual_seed(seed)
    return found[torch.randperm(len(found), generator=generator)[:count]]


@dataclass(frozen=True)
class Batch:
    """images, harder: float32 (B, 28, 28) in [0, 1], before and after; labels: int64 (B,)."""

    images: Tensor
    labels: Tensor
    harder: Tensor


def first_batch(digits: Digits, batch_size: int, seed: int, draw: int = 1) -> Batch:
    """The first batch that a run with this seed deals from `digits`, and what is made of it.

    Draw 1 of the harder images is the one that the run itself would train on; others use the same
    images with other chances.
    """
    generator = torch.Generator().manual_seed(seed)
    images, labels = next(batches(digits, batch_size, generator))
    if draw > 1:
        generator.manual_seed(seed + draw)
    return Batch(images, labels, harder(images, generator))
