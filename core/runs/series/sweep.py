"""One or two settings over chosen values: which can be swept, and what is trained for it.

Cells are judged on the validation images, never on the test set: whoever chooses by a score may not
report that score as an exam. What a sweep may cost is in budget.py, the training in compute.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from core.config import ACTIVATIONS, OPTIMIZERS, ConfigError, TrainingConfig

NEW_LAYER = 50  # units, where there is none to take after

Change = Callable[[TrainingConfig, Any], TrainingConfig]


@dataclass(frozen=True)
class Axis:
    """A setting that can be swept: the values offered, those chosen at first, how one is set.

    setting: the one of TrainingConfig that takes these values as they are; None for a number that
    a setting is made of.
    """

    label: str
    values: tuple[Any, ...]
    usual: tuple[Any, ...]
    change: Change
    setting: str | None = None


def plain(label: str, setting: str, values: tuple[Any, ...], usual: tuple[Any, ...]) -> Axis:
    """For a setting that is a value of its own."""

    def change(config: TrainingConfig, value: Any) -> TrainingConfig:
        return config.changed(**{setting: value})

    return Axis(label, values, usual, change, setting)


def with_units(config: TrainingConfig, units: int) -> TrainingConfig:
    """Every hidden layer as wide as this; one layer where there is none."""
    return config.changed(hidden_sizes=(units,) * max(1, len(config.hidden_sizes)))


def with_layers(config: TrainingConfig, layers: int) -> TrainingConfig:
    """So many hidden layers, each as wide as the first is now."""
    width = config.hidden_sizes[0] if config.hidden_sizes else NEW_LAYER
    return config.changed(hidden_sizes=(width,) * layers)


# In this order two settings are set: the layers last, since they are as wide as the first is then.
AXES = {
    "learning_rate": plain(
        "Learning rate",
        "learning_rate",
        (1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0),
        (1e-4, 1e-3, 0.01, 0.1),
    ),
    "units": Axis(
        "Units in each layer",
        (5, 10, 20, 50, 100, 200, 500, 1_000),
        (10, 50, 200),
        with_units,
    ),
    "batch_size": plain(
        "Batch size", "batch_size", (8, 16, 32, 64, 128, 256, 512, 1_024), (32, 128, 512)
    ),
    "epochs": plain("Epochs", "epochs", (1, 2, 3, 5, 8, 12), (1, 3, 5)),
    "optimizer": plain("Optimiser", "optimizer", tuple(OPTIMIZERS), tuple(OPTIMIZERS)),
    "activation": plain("Activation", "activation", tuple(ACTIVATIONS), ("relu", "tanh", "none")),
    "dropout": plain("Dropout", "dropout", (0.0, 0.1, 0.2, 0.3, 0.5, 0.7), (0.0, 0.2, 0.5)),
    "label_noise": plain(
        "Wrong labels", "label_noise", (0.0, 0.1, 0.2, 0.33, 0.5, 0.7), (0.0, 0.2, 0.5)
    ),
    "training_images": plain(
        "Training images",
        "training_images",
        (100, 300, 1_000, 3_000, 10_000, 30_000, None),
        (100, 1_000, 10_000),
    ),
    "layers": Axis("Hidden layers", (0, 1, 2, 3, 4, 5, 6), (0, 1, 2, 3), with_layers),
}


@dataclass(frozen=True)
class Sweep:
    """What is swept: the settings that stay, and one or two keys of AXES with their values.

    Raises ConfigError where there is nothing to sweep.
    """

    base: TrainingConfig
    values: tuple[tuple[str, tuple[Any, ...]], ...]
    cells: Mapping[tuple[Any, ...], TrainingConfig] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        names = [name for name, _ in self.values]
        if not 1 <= len(set(names)) == len(names) <= 2:
            raise ConfigError("sweep", "A sweep takes one or two settings, each once.")
        for name, values in self.values:
            if len(values) < 2:
                raise ConfigError(name, f"Choose two or more values of {AXES[name].label.lower()}.")
        choices = product(*(values for _, values in self.values))
        object.__setattr__(self, "cells", {each: self._config(each) for each in choices})

    def _config(self, chosen: tuple[Any, ...]) -> TrainingConfig:
        named = dict(zip((name for name, _ in self.values), chosen, strict=True))
        config = self.base
        for name in (each for each in AXES if each in named):
            config = AXES[name].change(config, named[name])
        return config

    @property
    def configs(self) -> list[TrainingConfig]:
        """What is trained for it, each once, in the order of the cells."""
        return list(dict.fromkeys(self.cells.values()))
