"""Which of two networks reads better, and is that more than chance? Both read the same images.

The test is McNemar's, exact: of the images that only one of the two reads right, how likely is a
division at least so uneven if both were equally good? (McNemar, "Note on the sampling error of the
difference between correlated proportions or percentages", Psychometrika 12, 1947.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import torch
from torch import Tensor

from core.config import TrainingConfig

SURE = 0.05  # below this chance a difference is called one


@dataclass(frozen=True)
class Verdict:
    """Two networks on the same images. Counts are of images; `chance`: 0 to 1."""

    both: int
    only_first: int
    only_second: int
    neither: int
    chance: float  # of a difference at least this large if both were equally good

    @property
    def better(self) -> int | None:
        """0: the first, 1: the second; None: too close to call."""
        if self.chance >= SURE:
            return None
        return 0 if self.only_first > self.only_second else 1


def compare(first: Tensor, second: Tensor, labels: Tensor) -> Verdict:
    """first, second: int64 (N,), what each network answered; labels: int64 (N,), the truth."""
    from scipy.stats import binomtest  # a large library, needed here alone

    right, other = first == labels, second == labels
    only_first, only_second = int((right & ~other).sum()), int((other & ~right).sum())
    differ = only_first + only_second
    return Verdict(
        both=int((right & other).sum()),
        only_first=only_first,
        only_second=only_second,
        neither=int((~right & ~other).sum()),
        chance=float(binomtest(only_first, differ).pvalue) if differ else 1.0,
    )


def readers_of(answers: Sequence[Tensor], labels: Tensor) -> Tensor:
    """Which networks read which image right: bool (networks, N). answers: int64 (N,) of each."""
    return torch.stack(list(answers)) == labels


def differing(configs: Sequence[TrainingConfig]) -> Mapping[str, tuple[Any, ...]]:
    """The settings in which these differ, each with the value of every one, in their order."""
    found = {}
    for field in fields(TrainingConfig):
        values = tuple(getattr(config, field.name) for config in configs)
        if len(set(values)) > 1:
            found[field.name] = values
    return found
