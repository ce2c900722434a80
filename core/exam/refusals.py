"""What a network makes of drawings that are no digit, if it answers only when it is sure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from torch import nn

from core.background import OnShare
from core.data import Digits
from core.datasets.no_digits.collection import KINDS, no_digits
from core.exam.sitting import Exam, sit_exam

# Drawings, always the same: by writers and of fonts that nobody learned from.
COUNT, SEED = 1_200, 9


@dataclass(frozen=True, eq=False)
class NoDigits:
    """Drawings that are no digit: images uint8 (N, 28, 28); what each is, an index into KINDS,
    int64 (N,); and what the network said to them, whose right answers mean nothing.
    """

    images: np.ndarray
    kinds: np.ndarray
    exam: Exam

    def let_pass(self, at_least: float, doubting: bool) -> np.ndarray:
        """Where those lie that get an answer, the surest first: int64 (M,)."""
        sure = sureness(self.exam, doubting)
        passed = np.flatnonzero(sure >= at_least)
        return passed[np.argsort(-sure[passed], kind="stable")]

    def kind(self, place: int) -> str:
        """What that drawing is, in words."""
        return list(KINDS)[self.kinds[place]]


def sureness(exam: Exam, doubting: bool) -> np.ndarray:
    """How sure the network is of each answer, float64 (N,): of a network that learned to doubt,
    also that it is a digit at all.
    """
    return exam.confidences * (1 - exam.doubts) if doubting else exam.confidences


def show_no_digits(model: nn.Module, on_share: OnShare = lambda share: None) -> NoDigits:
    """Let the network answer all of them. `on_share` hears how far it is, 0 to 1."""
    images, kinds = no_digits(
        COUNT, SEED, exam=True, on_progress=lambda done, total: on_share(0.8 * done / total)
    )
    drawings = Digits(images, kinds)  # the kinds stand where labels would
    exam = sit_exam(model, drawings, lambda share: on_share(0.8 + 0.2 * share))
    return NoDigits(images.numpy(), kinds.numpy(), exam)
