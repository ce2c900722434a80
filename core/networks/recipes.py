"""What the networks that ship learn from, and with which settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from core.config import TrainingConfig
from core.data import DigitDataset, Digits
from core.datasets.pens.collection import load, split
from core.datasets.pens.varied import USUAL, choose, inked

PENS = "real pen strokes"
VARIED = 60_000  # images made of the real strokes: about as many as MNIST has


@dataclass(frozen=True)
class Recipe:
    """How a shipped network is made: what it learns from, and the settings of its training."""

    description: str
    datasets: tuple[str, ...]  # the training parts of these, all together
    config: TrainingConfig


RECIPES = {
    "default": Recipe(
        "A convolutional network that learned from MNIST and from real pen strokes written anew in "
        "many ways, every image changed a little each time it was shown. The best reader that "
        "comes with the app.",
        ("mnist", PENS),
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


def pen_strokes(count: int = VARIED, seed: int = 3) -> DigitDataset:
    """Images of real strokes: `count` to learn from, varied; for the exam, as they were written.

    The exam is of writers whose strokes are not learned from. Nothing is held out for validation.
    """
    learned, held_back = split(load())
    chosen = choose(learned, count, torch.Generator().manual_seed(seed))
    train = Digits(inked(learned, chosen, seed, USUAL), torch.from_numpy(learned.labels)[chosen])
    exam = Digits(
        inked(held_back, torch.arange(len(held_back))), torch.from_numpy(held_back.labels)
    )
    return DigitDataset(PENS, train, exam[:0], exam)
