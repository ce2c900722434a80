"""What the networks that ship learn from, and with which settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from core.config import CLASSES, TrainingConfig
from core.data import DigitDataset, Digits
from core.datasets.styles import styles_of
from core.datasets.synthetic import generate

EVERY_STYLE = "generated, every style equally often"


@dataclass(frozen=True)
class Recipe:
    """How a shipped network is made: what it learns from, and the settings of its training."""

    description: str
    datasets: tuple[str, ...]  # the training parts of these, all together
    config: TrainingConfig


RECIPES = {
    "default": Recipe(
        "A convolutional network that learned from MNIST and the built-in handwriting, every image "
        "changed a little each time it was shown. The best reader that comes with the app.",
        ("mnist", EVERY_STYLE),
        TrainingConfig(
            architecture="conv",
            hidden_sizes=(128,),
            harder_batches=True,
            learning_rate=3e-3,  # three times Adam's usual: normalised layers bear it
            schedule="cosine",
            dropout=0.2,
            epochs=24,
        ),
    ),
    "tutorial": Recipe(
        "The tutorial network: 784-100-50-10, three times through MNIST's training images.",
        ("mnist",),
        TrainingConfig(),
    ),
}


def joined(datasets: Sequence[DigitDataset]) -> DigitDataset:
    """One dataset whose parts hold the images of all, one dataset after the other."""
    parts = {
        part: together([getattr(each, part) for each in datasets])
        for part in ("train", "validation", "test")
    }
    return DigitDataset(" + ".join(each.name for each in datasets), **parts)


def together(parts: Sequence[Digits]) -> Digits:
    """All digits of these, one part after the other."""
    return Digits(
        torch.cat([each.images for each in parts]), torch.cat([each.labels for each in parts])
    )


def with_every_style(generated: DigitDataset, seed: int = 3) -> DigitDataset:
    """As many training images again, but with each style of a digit equally often.

    Rare styles, such as a crossed 7, are what MNIST lacks: a reader should know them all well.
    """
    drawn = []
    for digit in range(CLASSES):
        styles = styles_of(digit)
        count = len(generated.train) // CLASSES // len(styles)
        for number, style in enumerate(styles):
            images, labels, _ = generate(count, seed + 1_000 * digit + number, styles=[style.name])
            drawn.append(Digits(images, labels))
    return DigitDataset(EVERY_STYLE, together(drawn), generated.validation, generated.test)
