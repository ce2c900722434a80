"""The tables of what a visitor may choose: one line here adds an optimiser or a layer everywhere.

The engine and the page's widgets read the same tables. Nothing in this file needs torch.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CLASSES = 10  # the digits 0 to 9
IMAGE_SIDE = 28  # pixels, MNIST's
# filters of the convolutions: what one processor core trains in minutes
CHANNELS = (16, 32, 64, 96)


@dataclass(frozen=True)
class Choice:
    """One entry of a table: what a visitor reads, and what torch calls it."""

    label: str
    description: str
    torch_name: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Limit:
    """The smallest and the largest value accepted, both included."""

    low: float
    high: float
    unit: str = ""

    def __str__(self) -> str:
        return f"{exact(self.low)} to {exact(self.high)}{' ' + self.unit if self.unit else ''}"


def exact(number: float) -> str:
    """All digits of a number, unless there are too many to read."""
    if abs(number) >= 1e15:
        return "a number of more than 15 digits"
    return f"{int(number):,}" if number == int(number) else f"{number:,}"


ROOM_NAME = re.compile(r"room-[0-9a-f]{16}")  # of the digits of a room, see core/room/dataset.py
ROOM_DIGITS = Choice("Digits of a room", "what people in a room wrote on their phones")


class Datasets(dict[str, Choice]):
    """Those that everybody has. The digits of rooms are not among them, but have an entry, too."""

    def __missing__(self, name: str) -> Choice:
        if is_room(name):
            return ROOM_DIGITS
        raise KeyError(name)


def is_room(name: object) -> bool:
    """Whether this is the name of a room's digits."""
    return isinstance(name, str) and bool(ROOM_NAME.fullmatch(name))


DATASETS = Datasets(
    mnist=Choice(
        "MNIST",
        "70,000 digits written by about 500 people, scanned in the United States in the 1990s",
    ),
    generated=Choice(
        "Built-in handwriting",
        "digits that 43 people wrote with a pen, varied by this program; needs no download",
    ),
)

# Images to learn from, without the 5,000 of the validation part; known before a dataset is loaded.
TRAINING_IMAGES = {"mnist": 55_000, "generated": 19_000}
ROOM_IMAGES = 2_000  # of any room: so many are made of the digits that teach


def expected_images(dataset: str, at_most: int | None) -> int:
    """Of how many images a run will learn that takes so many at most; None: all there are."""
    there_are = TRAINING_IMAGES.get(dataset, ROOM_IMAGES)
    return min(at_most or there_are, there_are)


ARCHITECTURES = {
    "dense": Choice("Fully connected", "every unit looks at every number of the layer before"),
    "conv": Choice("Convolutional", "small windows slide over the picture, then layers decide"),
}

ACTIVATIONS = {
    "relu": Choice("ReLU", "keeps what is above zero, turns the rest into zero", "ReLU"),
    "leaky_relu": Choice(
        "Leaky ReLU", "like ReLU, but lets a little through below zero", "LeakyReLU"
    ),
    "tanh": Choice("Tanh", "squeezes every number between -1 and 1", "Tanh"),
    "sigmoid": Choice("Sigmoid", "squeezes every number between 0 and 1", "Sigmoid"),
    "gelu": Choice("GELU", "a smooth relative of ReLU", "GELU"),
    "none": Choice("None", "passes every number on unchanged", "Identity"),
}

OPTIMIZERS = {
    "adam": Choice("Adam", "chooses a step size of its own for every weight", "Adam"),
    "adamw": Choice("AdamW", "Adam that also pulls the weights gently towards zero", "AdamW"),
    "sgd": Choice("SGD", "the plain step downhill", "SGD"),
    "sgd_momentum": Choice(
        "SGD with momentum", "plain steps that gather speed", "SGD", {"momentum": 0.9}
    ),
    "rmsprop": Choice("RMSprop", "smaller steps where the slope is steep", "RMSprop"),
}

SCHEDULES = {
    "constant": Choice("Constant", "the same learning rate from the first batch to the last"),
    "cosine": Choice("Cosine", "large steps first, ever smaller ones towards the end"),
}

LIMITS = {
    "training_images": Limit(10, 60_000, "images"),
    "label_noise": Limit(0, 1),
    "hidden_layers": Limit(0, 6, "layers"),
    "hidden_sizes": Limit(1, 2_048, "units"),
    "dropout": Limit(0, 0.9),
    "learning_rate": Limit(1e-6, 10),
    "batch_size": Limit(1, 4_096, "images"),
    "epochs": Limit(1, 100, "epochs"),
    "seed": Limit(0, 2**31 - 1),
}

CHOICES = {
    "dataset": DATASETS,
    "architecture": ARCHITECTURES,
    "activation": ACTIVATIONS,
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
}
