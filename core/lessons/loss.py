"""What a wrong answer costs (*cross-entropy*): for one probability, and for a batch of images."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from core.data import Digits, scaled
from core.evaluation import predict_logits


def cross_entropy(probability: np.ndarray | float) -> np.ndarray | float:
    """What one answer costs, in nats: minus the logarithm of the right answer's probability."""
    return -np.log(probability)


def cross_entropy_by_percent() -> tuple[list[int], list[float]]:
    """1 to 100 per cent for the right answer, and what each costs."""
    shares = list(range(1, 101))
    return shares, cross_entropy(np.array(shares) / 100).tolist()


@dataclass(frozen=True)
class BatchLoss:
    """Of each image of a batch the probability of the right answer, and its cross-entropy.

    shares: float32 (B,) in [0, 1]; costs: float32 (B,), in nats.
    """

    shares: np.ndarray
    costs: np.ndarray

    @property
    def mean(self) -> float:
        """The loss of the batch."""
        return float(self.costs.mean())

    def dearest(self, count: int) -> list[int]:
        """Which images cost most, the dearest first."""
        return np.argsort(-self.costs, kind="stable")[:count].tolist()


def batch_loss(model: nn.Module, digits: Digits) -> BatchLoss:
    """What the answers of the network to these images cost."""
    logits = predict_logits(model, scaled(digits.images))
    losses = functional.cross_entropy(logits, digits.labels, reduction="none")
    shares = logits.softmax(dim=1)[torch.arange(len(digits)), digits.labels]
    return BatchLoss(shares.numpy(), losses.numpy())
