"""The average image of each digit, and how much its images differ, pixel by pixel."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import one_hot

from core.background import OnShare
from core.config import CLASSES
from core.data import Digits, scaled
from core.gallery.samples import counts

EXACT = 256  # images whose squared pixels float32 still adds up to the last digit


@dataclass(frozen=True)
class Averages:
    """mean, spread: float32 (10, 28, 28) in [0, 1], of each digit; zero for one without images.

    spread is the standard deviation of each pixel: 0 where all images agree, at most 0.5.
    """

    mean: Tensor
    spread: Tensor

    def variation(self) -> Tensor:
        """How much each digit varies over the whole picture, (10,): the root mean square spread."""
        return self.spread.flatten(1).square().mean(1).sqrt()

    @property
    def strongest(self) -> float:
        """The largest spread of any pixel of any digit."""
        return float(self.spread.max())

    def spread_pictures(self) -> Tensor:
        """The spread on a scale of its own, float32 (10, 28, 28): the strongest is 1, so white."""
        return self.spread / (self.strongest or 1.0)

    def most_and_least_varied(self) -> tuple[int, int]:
        """The digit that varies most over the whole picture, and the one that varies least."""
        variation = self.variation()
        return int(variation.argmax()), int(variation.argmin())


def averages(digits: Digits, on_share: OnShare = lambda share: None) -> Averages:
    """The average image of each digit, and how much its images differ from it, pixel by pixel."""
    sums = pixel_sums(digits, on_share)
    mean, square = sums / counts(digits.labels).clamp(min=1)[:, None]
    spread = (square - mean.square()).clamp(min=0).sqrt()
    shape = CLASSES, *digits.images.shape[1:]
    return Averages(scaled(mean).reshape(shape), scaled(spread).reshape(shape))


def pixel_sums(digits: Digits, on_share: OnShare) -> Tensor:
    """Of each digit the sum of each pixel, 0 to 255, and of its square: float64 (2, 10, 784)."""
    flat = digits.images.flatten(1)
    sums = torch.zeros(2, CLASSES, flat.shape[1], dtype=torch.float64)
    parts = zip(flat.split(EXACT), digits.labels.split(EXACT), strict=True)
    for number, (images, labels) in enumerate(parts):
        on_share(number * EXACT / len(flat))
        pixels, members = images.float(), one_hot(labels, CLASSES).float().T
        sums += torch.stack([members @ pixels, members @ pixels.square()])
    return sums
