"""The digits that the lessons show and learn from: few, so that nothing takes more than seconds."""

from __future__ import annotations

import numpy as np
from torch import Tensor

from core.background import OnShare
from core.data import DatasetShelf, DigitDataset, Digits, scaled

TRAINING, VALIDATION, TEST = 10_000, 2_000, 2_000  # images of the lessons, at most


def lesson_digits(shelf: DatasetShelf, on_share: OnShare = lambda share: None) -> DigitDataset:
    """A small share of MNIST where it is at hand, otherwise of the built-in handwriting.

    Nothing is downloaded. `on_share` hears how far it is, 0 to 1.
    """
    return small_share(shelf.at_hand(on_share))


def small_share(whole: DigitDataset) -> DigitDataset:
    """The first 10,000, 2,000 and 2,000 images of the three parts."""
    parts = whole.train[:TRAINING], whole.validation[:VALIDATION], whole.test[:TEST]
    return DigitDataset(whole.name, *parts, whole.writers)


def example(digits: Digits, digit: int, number: int) -> Tensor:
    """The image of the `number`-th `digit`, float32 (28, 28), 0 to 1; after the last, the first."""
    places = (digits.labels == digit).nonzero().flatten()
    return scaled(digits.images[places[number % len(places)]])


def pixels(image: Tensor) -> np.ndarray:
    """The same image as whole numbers: float (28, 28) in [0, 1] -> uint8 (28, 28)."""
    return (image * 255).round().byte().numpy()
