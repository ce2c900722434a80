"""What the networks that ship learn from, and with which settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from core.config import TrainingConfig
from core.data import DigitDataset, Digits
from core.datasets.pens.collection import load, split
from core.datasets.pens.varied import USUAL, choose, inked
from core.datasets.rare_styles import STYLES as RARE_STYLES
from core.datasets.rare_styles import rare_digits
from core.datasets.styles import STYLES
from core.datasets.synthetic import generate

PENS = "real pen strokes"
VARIED = 60_000  # images made of the real strokes: about as many as MNIST has
STYLED, EACH_STYLE = "digits drawn by the program in every style", 400  # images of each
RARE, EACH_RARE = "sketches of rare styles", 2_500
PENS_SEED, STYLES_SEED = 3, 4  # the first of them: each style has the next


@dataclass(frozen=True)
class Recipe:
    """How a shipped network is made: what it learns from, and the settings of its training."""

    description: str
    datasets: tuple[str, ...]  # the training parts of these, all together
    config: TrainingConfig
    polish: Polish | None = None
    no_digits: int = 0  # drawings that are none; with them it learns to doubt


@dataclass(frozen=True)
class Polish:
    """A second training that goes on from the first, on the same and on these."""

    datasets: tuple[str, ...]
    config: TrainingConfig


_BEST = TrainingConfig(
    architecture="conv",
    hidden_sizes=(128,),
    harder_batches=True,
    learning_rate=3e-3,  # three times Adam's usual: normalised layers bear it
    schedule="cosine",
    dropout=0.2,
    epochs=40,
)

RECIPES = {
    "default": Recipe(
        "A convolutional network that learned from MNIST, from real pen strokes written anew in "
        "many ways, and from a few digits in every style there is, each image changed a little "
        "each time it was shown; at last from the images as they are. It also learned from "
        "drawings that are no digit, so that it can doubt. The best reader that comes with the "
        "app.",
        ("mnist", PENS, STYLED),
        _BEST,
        # One MNIST digit in a thousand more is read; a third of this learning rate, for 2 epochs,
        # refused 97.7 instead of 99.0 % of letters. The sketches come so late because turned and
        # bent ones teach that some 7s are a 1.
        Polish((RARE,), _BEST.changed(harder_batches=False, learning_rate=1e-3, epochs=6)),
        no_digits=25_000,
    ),
    "tutorial": Recipe(
        "The tutorial network: 784-100-50-10, three times through MNIST's training images.",
        ("mnist",),
        TrainingConfig(),
    ),
}


def learned_from(recipe: Recipe) -> tuple[str, ...]:
    """All that a network learned from, in both trainings."""
    return recipe.datasets + (recipe.polish.datasets if recipe.polish else ())


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


def pen_strokes(count: int = VARIED) -> DigitDataset:
    """`count` images of real strokes, varied, all to learn from; none of the writers held back."""
    learned, _ = split(load())
    chosen = choose(learned, count, torch.Generator().manual_seed(PENS_SEED))
    images = inked(learned, chosen, PENS_SEED, USUAL)
    return only_to_learn_from(PENS, Digits(images, torch.from_numpy(learned.labels)[chosen]))


def every_style(each: int = EACH_STYLE) -> DigitDataset:
    """Digits drawn by the program, `each` in every style."""
    numbered = enumerate(STYLES, start=STYLES_SEED)
    drawn = [generate(each, seed, styles=[name])[:2] for seed, name in numbered]
    return only_to_learn_from(STYLED, together([Digits(*each) for each in drawn]))


def rare_styles(each: int = EACH_RARE) -> DigitDataset:
    """Digits in ways that the writers of the strokes hardly have, `each` of every way."""
    numbered = enumerate(RARE_STYLES, start=STYLES_SEED)
    drawn = [rare_digits(name, each, seed) for seed, name in numbered]
    return only_to_learn_from(RARE, together([Digits(*each) for each in drawn]))


def only_to_learn_from(name: str, digits: Digits) -> DigitDataset:
    """A dataset that holds nothing back."""
    return DigitDataset(name, digits, digits[:0], digits[:0])


MATERIALS = {
    PENS: pen_strokes,
    STYLED: every_style,
    RARE: rare_styles,
}  # beside the datasets that visitors can choose
