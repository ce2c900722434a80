"""How well a network still reads when the digits are changed, step by step.

`sweep` measures and yields every result, so that whoever reads it can stop at any time. The changes
themselves are in core/exam/changes.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from core.data import Digits, scaled
from core.evaluation import Evaluation, evaluate
from core.exam.changes import Change

IMAGES = 2_000  # measured on so many: the 95 % interval is then at most 4.4 points wide


def sample(digits: Digits, count: int = IMAGES) -> Digits:
    """`count` of the digits, always the same ones, drawn by chance; all where there are fewer.

    The first of MNIST's test images are easier than the last, so the first would not do.
    """
    order = torch.randperm(len(digits), generator=torch.Generator().manual_seed(0))
    return digits[order[:count]]


def changed(digits: Digits, change: Change, strength: float) -> Digits:
    """The digits after the change, as uint8 again; at the neutral strength the very same."""
    if strength == change.neutral:
        return digits
    images = change.apply(scaled(digits.images), strength)
    return Digits((images * 255).round().to(torch.uint8), digits.labels)


def examples(digits: Digits, change: Change) -> Tensor:
    """The first of the digits at each strength of the change: uint8 (len(strengths), 28, 28)."""
    return torch.cat([changed(digits[:1], change, each).images for each in change.strengths])


@dataclass(frozen=True)
class Point:
    """One measurement: the number of the network, the strength of the change, the exam."""

    network: int
    strength: float
    result: Evaluation


@dataclass(frozen=True)
class Fall:
    """How far a network fell: its exam on unchanged digits, its worst exam, at which strength."""

    plain: Evaluation
    strength: float
    worst: Evaluation


def fall(points: Sequence[Point], network: int, change: Change) -> Fall | None:
    """The fall of one network among the points; None while its unchanged score is missing."""
    results = {point.strength: point.result for point in points if point.network == network}
    if change.neutral not in results:
        return None
    strength, worst = min(results.items(), key=lambda item: item[1].accuracy)
    return Fall(results[change.neutral], strength, worst)


def sweep(models: Sequence[nn.Module], digits: Digits, change: Change) -> Iterator[Point]:
    """Examine every network at every strength of the change, all on the same images."""
    for strength in change.strengths:
        harder = changed(digits, change, strength)
        for number, model in enumerate(models):
            yield Point(number, strength, evaluate(model, harder))
