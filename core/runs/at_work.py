"""The network of a run at work: its first weights, and what it reads on a wall of held-back digits.

It asks a copy of the network, outside the run's own thread, and changes nothing. How it is drawn is
in pages/ui/frontend/at_work.js.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn

from core.config import CLASSES, TrainingConfig
from core.data import Digits, scaled
from core.evaluation import probabilities
from core.model import build_model, first_weights

EACH = 10  # images of each digit on the wall
WALL_SEED = 0  # decides which; the same for every run on a dataset
UNITS = 12  # of the first layer that are handed over: with all, a look would be large
NO_DIGITS = Digits(torch.zeros(0, 28, 28, dtype=torch.uint8), torch.zeros(0, dtype=torch.int64))
STRENGTHS = 7  # of a weight's colour, below zero and above: a look is then half as large


@dataclass(frozen=True)
class AtWork:
    """weights: float32 (units, 28, 28) or (filters, h, w), the first layer's; shares: float32
    (N, 10), what the network says to each digit of the wall; labels: int64 (N,), what they are."""

    weights: np.ndarray
    shares: np.ndarray
    labels: np.ndarray

    @property
    def answers(self) -> np.ndarray:
        """int64 (N,); -1 where the network's numbers have grown beyond all bounds."""
        readable = np.isfinite(self.shares).all(axis=1)
        return np.where(readable, self.shares.argmax(axis=1), -1)

    @property
    def correct(self) -> int:
        """How many digits of the wall are read correctly."""
        return int((self.answers == self.labels).sum())

    @property
    def shown(self) -> np.ndarray:
        """The first UNITS of the weights."""
        return self.weights[:UNITS]

    @property
    def shares_in_bytes(self) -> np.ndarray:
        """The shares as uint8 (N, 10), 255 for 1."""
        return (np.nan_to_num(self.shares) * 255).round().astype(np.uint8)

    def to_dict(self) -> dict[str, Any]:
        """As JSON takes it, below 20 KB. weights: those `shown`, see `packed`; units: how many
        there are in all; shares: `shares_in_bytes`, in base64."""
        return {
            "weights": in_base64(packed(self.shown)),
            "shown": len(self.shown),
            "units": len(self.weights),
            "side": self.shown.shape[1],
            "shares": in_base64(self.shares_in_bytes),
            "answers": self.answers.tolist(),
            "labels": self.labels.tolist(),
            "correct": self.correct,
        }


def wall_digits(validation: Digits) -> Digits:
    """Ten images of each digit, the zeros first: always the same of these validation images."""
    order = torch.randperm(len(validation), generator=torch.Generator().manual_seed(WALL_SEED))
    labels = validation.labels[order]
    chosen = [order[labels == digit][:EACH] for digit in range(CLASSES)]
    return validation[torch.cat(chosen)]


def at_work(model: nn.Module, wall: Digits) -> AtWork:
    """What the network is like now. The wall may be NO_DIGITS."""
    shares = probabilities(model, scaled(wall.images)).numpy()
    return AtWork(first_weights(model), shares, wall.labels.numpy())


def before_learning(config: TrainingConfig, wall: Digits) -> AtWork:
    """The same for a run with these settings before its first batch: its seed gives the weights."""
    return at_work(build_model(config).eval(), wall)


def in_steps(weights: np.ndarray) -> np.ndarray:
    """Weights of any shape as uint8 (weights,), steps from 1 to 2 STRENGTHS + 1.

    The step in the middle is 0. The strongest hundredth of the weights has the first or the last
    one, whatever their size; a number beyond all bounds counts as 0.
    """
    weights = np.where(np.isfinite(weights), weights, 0).ravel()
    strong = float(np.quantile(np.abs(weights), 0.99)) or 1.0
    shares = np.clip(weights / strong, -1, 1)
    return ((shares * STRENGTHS).round() + STRENGTHS + 1).astype(np.uint8)


def packed(weights: np.ndarray) -> np.ndarray:
    """`in_steps`, two of them in each uint8; an odd one has a 0 beside it."""
    steps = in_steps(weights)
    steps = np.append(steps, np.zeros(len(steps) % 2, np.uint8))
    return steps[::2] << 4 | steps[1::2]


def in_base64(numbers: np.ndarray) -> str:
    """The bytes of an array, row after row."""
    return base64.b64encode(numbers.tobytes()).decode("ascii")
