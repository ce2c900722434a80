"""How good a network is: probabilities, accuracy, mean loss, confusion. It changes no network."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import sqrt

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from core.config import CLASSES
from core.data import Digits, scaled
from core.model import exam_mode

# Images at once. A thousand would be no faster, and for convolutions four times the memory and a
# fifth slower.
CHUNK = 250


class Graded:
    """What has the numbers of its images and of those read correctly has this as well."""

    images: int
    correct: int

    @property
    def accuracy(self) -> float:
        """The share of right answers, 0 to 1."""
        return self.correct / self.images

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval of the accuracy."""
        return wilson_interval(self.correct, self.images)


@dataclass(frozen=True)
class Evaluation(Graded):
    """What an exam gave. `confusion` is int64 (10, 10): rows the true digit, columns the answer.

    `loss` is the mean cross-entropy over all images, in nats.
    """

    loss: float
    confusion: Tensor

    @cached_property
    def images(self) -> int:
        return int(self.confusion.sum())

    @cached_property
    def correct(self) -> int:
        return int(self.confusion.diagonal().sum())


def evaluate(model: nn.Module, digits: Digits) -> Evaluation:
    """Let the network answer every image of `digits` once. Raises ValueError when there is none."""
    if len(digits) == 0:
        raise ValueError("There is no image to examine the network on.")
    loss_sum = 0.0
    confusion = torch.zeros(CLASSES, CLASSES, dtype=torch.int64)
    for start in range(0, len(digits), CHUNK):
        labels = digits.labels[start : start + CHUNK]
        images = scaled(digits.images[start : start + CHUNK])  # (B, 28, 28)
        logits = predict_logits(model, images)
        loss_sum += functional.cross_entropy(logits, labels, reduction="sum").item()
        confusion += confusion_of(labels, logits.argmax(dim=1))
    return Evaluation(loss_sum / len(digits), confusion)


def confusion_of(labels: Tensor, answers: Tensor) -> Tensor:
    """How often each digit was answered with each: int64 (N,) both -> int64 (10, 10)."""
    cells = torch.bincount(labels * CLASSES + answers, minlength=CLASSES * CLASSES)
    return cells.reshape(CLASSES, CLASSES)


def probabilities(model: nn.Module, images: Tensor | np.ndarray) -> Tensor:
    """What the network thinks of each image: float32 (B, 10) on the CPU, each row sums to 1.

    `images`: float (B, 28, 28) in [0, 1]. Raises ValueError for another shape or range.
    """
    return predict_logits(model, checked_images(images)).softmax(dim=1)


def doubts(model: nn.Module, images: Tensor | np.ndarray) -> Tensor:
    """How sure the network is that each image is no digit: float32 (B,) on the CPU, 0 to 1.

    It means something only of a network that learned with an eleventh answer whose score is always
    0 (core/networks/doubt.py). `images` as in `probabilities`.
    """
    return doubts_of(predict_logits(model, checked_images(images)))


def doubts_of(logits: Tensor) -> Tensor:
    """The share (B,) that an eleventh score of 0 gets of a softmax over it and logits (B, 10)."""
    return torch.sigmoid(-logits.logsumexp(dim=1))


def checked_images(images: Tensor | np.ndarray) -> Tensor:
    """float32 (B, 28, 28) in [0, 1]. Raises ValueError for another shape or range."""
    images = torch.as_tensor(images, dtype=torch.float32)
    if images.dim() != 3 or images.shape[1:] != (28, 28):
        raise ValueError(f"Images have to have the shape (B, 28, 28), not {tuple(images.shape)}.")
    if images.numel() and not (images.min() >= 0 and images.max() <= 1):
        raise ValueError("The numbers of an image have to lie between 0 and 1.")
    return images


def read(model: nn.Module, renderings: Tensor | np.ndarray) -> Tensor:
    """What the network thinks of one digit that was rendered in R ways: float32 (10,), sum 1.

    `renderings`: float (R, 28, 28) in [0, 1], R at least 1; the answer is the mean over them.
    Raises ValueError for another shape or range.
    """
    if len(renderings) == 0:
        raise ValueError("There is no image to read.")
    return probabilities(model, renderings).mean(dim=0)


def predict_logits(model: nn.Module, images: Tensor) -> Tensor:
    """Images (B, 28, 28) -> logits (B, 10) on the CPU, as in an exam: no dropout, no gradients."""
    device = next(model.parameters()).device
    with exam_mode(model), torch.no_grad():
        return model(images.to(device)).cpu()


def wilson_interval(correct: int, images: int) -> tuple[float, float]:
    """The interval that holds the true share with 95 % confidence (E. B. Wilson, 1927)."""
    z = 1.959964  # 95 % of a normal distribution lie within so many standard deviations
    share = correct / images
    middle = share + z * z / (2 * images)
    reach = z * sqrt(share * (1 - share) / images + z * z / (4 * images * images))
    scale = 1 + z * z / images
    return (max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale))
