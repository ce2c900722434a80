"""What a network that has to choose one of ten answers says to drawings that are no digit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from torch import nn

from core.data import scaled
from core.datasets.no_digits.collection import drawn_as
from core.datasets.no_digits.shapes import SHAPES
from core.evaluation import probabilities

SHOWN = ("heart", "star", "house", "face", "plus", "spiral", "arrow", "fish")


@dataclass(frozen=True, eq=False)
class Answers:
    """names: what is drawn; images: uint8 (N, 28, 28); answers: int64 (N,); sure: float32 (N,)."""

    names: tuple[str, ...]
    images: np.ndarray
    answers: np.ndarray
    sure: np.ndarray


def answers_to_shapes(model: nn.Module) -> Answers:
    """What it says to some shapes, and how sure it is of that."""
    images = drawn_as([SHAPES[name] for name in SHOWN], seed=0)
    sure, answers = probabilities(model, scaled(images)).max(dim=1)
    return Answers(SHOWN, images.numpy(), answers.numpy(), sure.numpy())
