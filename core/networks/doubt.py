"""Teaches a network to doubt: drawings that are no digit have an answer of their own, an eleventh.

Its score is always 0, so the network keeps its ten: where all ten are far below 0, it is no digit
(an extra class for rubbish: Bromley and Denker, "Improving Rejection Performance on Handwritten
Digits by Training with Rubbish", Neural Computation 5, 1993). What is read off them later is
`core.evaluation.doubts`.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.config import CLASSES
from core.data import Digits, scaled
from core.datasets.no_digits.collection import KINDS, no_digits
from core.evaluation import doubts
from core.networks.card import Doubt

NO_DIGIT = CLASSES  # the label of what is none
ANSWERED = 0.99  # share of real digits that are to be answered without doubt
EXAM, EXAM_SEED = 3_000, 9  # drawings that are no digit, to see how many are let pass


class TenOrNone(nn.Module):
    """Cross-entropy of ten scores and an eleventh that is always 0: logits (B, 10), labels (B,)."""

    def forward(self, logits: Tensor, labels: Tensor) -> Tensor:
        return functional.cross_entropy(functional.pad(logits, (0, 1)), labels)


def with_no_digits(digits: Digits, count: int) -> Digits:
    """The digits, and `count` drawings that are none."""
    images, _ = no_digits(count, seed=0)
    return Digits(
        torch.cat([digits.images, images]),
        torch.cat([digits.labels, torch.full((count,), NO_DIGIT)]),
    )


def earliest(model: nn.Module, digits: Digits) -> float:
    """The doubt, 0 to 1, from which a network may doubt and still answer ANSWERED of `digits`."""
    return float(doubts(model, scaled(digits.images)).quantile(ANSWERED))


def calibrated(model: nn.Module, real: Mapping[str, Digits], exam: Mapping[str, Digits]) -> Doubt:
    """The earliest that ANSWERED of each of `real` allows; counted on all, and on no digits."""
    above = max(earliest(model, digits) for digits in real.values())

    def count(images: Tensor) -> tuple[int, int]:
        return int((doubts(model, scaled(images)) > above).sum()), len(images)

    found = {name: count(digits.images) for name, digits in {**real, **exam}.items()}
    images, kinds = no_digits(EXAM, EXAM_SEED, exam=True)
    for number, kind in enumerate(KINDS):
        found[kind] = count(images[kinds == number])
    return Doubt(above, found)
