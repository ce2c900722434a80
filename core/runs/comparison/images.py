"""On which of the same images networks differ: those that one alone reads, those that none reads.

It counts and chooses; what the networks said to the images comes from an exam.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor


def readers_of(answers: Sequence[Tensor], labels: Tensor) -> Tensor:
    """Which networks read which image right: bool (networks, N). answers: int64 (N,) of each."""
    return torch.stack(list(answers)) == labels


def read_by_one(readers: Tensor) -> list[Tensor]:
    """For each network the images that it alone reads, int64 (M,). readers: bool (networks, N)."""
    alone = readers.sum(dim=0) == 1
    return [(row & alone).nonzero().flatten() for row in readers]


def read_by_none(readers: Tensor) -> Tensor:
    """The images that no network reads, int64 (M,). readers: bool (networks, N)."""
    return (~readers.any(dim=0)).nonzero().flatten()
