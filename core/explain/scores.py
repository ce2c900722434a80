"""The scores (logits) that a network gives one image: what the explanations explain."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor, nn

from core.background import Refused
from core.config import CLASSES
from core.evaluation import predict_logits

NO_NUMBERS = "The scores of this network are no numbers: its training ran away."


def scores(model: nn.Module, image: np.ndarray) -> Tensor:
    """The ten scores (logits) of an image, float (28, 28) in [0, 1] -> float32 (10,).

    Raises Refused where one of them is no number, as after a training that ran away.
    """
    found = predict_logits(model, as_batch(image))[0]
    if not found.isfinite().all():
        raise Refused(NO_NUMBERS)
    return found


def answer_to(model: nn.Module, image: np.ndarray) -> tuple[int, float]:
    """The digit that an image is read as, and its probability. Raises as `scores` does."""
    share, digit = scores(model, image).softmax(dim=0).max(dim=0)
    return int(digit), float(share)


def likeliest(shares: np.ndarray, count: int) -> list[int]:
    """The `count` digits with the highest probabilities, (10,), the likeliest first."""
    return np.argsort(-shares, kind="stable")[:count].tolist()


def strongest_rival(model: nn.Module, image: np.ndarray, digit: int) -> int:
    """Of the other nine digits the one with the highest score. Raises as `scores` does."""
    found = scores(model, image)
    found[digit] = -torch.inf
    return int(found.argmax())


def score_of(model: nn.Module, digit: int, rival: int | None) -> Callable[[Tensor], Tensor]:
    """Images (B, 28, 28) -> how much the network prefers the digit, (B,): what is explained.

    Raises ValueError for what is no digit, or a digit that is its own rival.
    """
    if digit not in range(CLASSES) or rival not in (None, *range(CLASSES)):
        raise ValueError(f"A digit is one of 0 to {CLASSES - 1}.")
    if digit == rival:
        raise ValueError(f"A {digit} cannot be compared with itself: choose another digit.")

    def score(images: Tensor) -> Tensor:
        logits = model(images)  # (B, 10)
        return logits[:, digit] if rival is None else logits[:, digit] - logits[:, rival]

    return score


def as_batch(image: np.ndarray) -> Tensor:
    """An image (28, 28) as a batch of its own, float32 (1, 28, 28)."""
    return torch.tensor(np.asarray(image, dtype=np.float32))[None]
