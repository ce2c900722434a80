"""Settings in a few words, for a line or for a table."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from core.config import CHOICES, CLASSES, IMAGE_SIDE, TrainingConfig
from pages.ui.words.numbers import counted, percent

NAMES = {
    "dataset": "Learns from",
    "training_images": "Training images",
    "exclude_digits": "Digits left out",
    "label_noise": "Wrong labels",
    "harder_batches": "Harder batches",
    "architecture": "Kind",
    "hidden_sizes": "Layers",
    "activation": "Activation",
    "dropout": "Dropout",
    "optimizer": "Optimiser",
    "learning_rate": "Learning rate",
    "schedule": "Rate over time",
    "batch_size": "Batch size",
    "epochs": "Epochs",
    "seed": "Seed",
}
SHOWN_ANYWAY = ("hidden_sizes", "architecture")  # in `network_in_words`
TUTORIAL = TrainingConfig()


def in_a_line(config: TrainingConfig) -> str:
    """Its layers, and what is other than in the tutorial network."""
    return " · ".join(filter(None, [network_in_words(config), differences_in_words(config)]))


def network_in_words(config: TrainingConfig) -> str:
    """For example 784-100-50-10."""
    sizes = layers_in_words(config.hidden_sizes)
    return sizes if config.architecture == "dense" else f"Convolutional {sizes}"


def differences_in_words(config: TrainingConfig) -> str:
    """What is other than in the tutorial network, beside the layers."""
    other = [
        in_a_row(each.name, value)
        for each in fields(TrainingConfig)
        if each.name not in SHOWN_ANYWAY
        and (value := getattr(config, each.name)) != getattr(TUTORIAL, each.name)
    ]
    if other or config.hidden_sizes != TUTORIAL.hidden_sizes or config.architecture != "dense":
        return " · ".join(other)
    return "as in the tutorial"


def in_a_row(name: str, value: Any) -> str:
    """A setting where its name does not stand beside it."""
    if name == "epochs":
        return counted(value, "epoch")
    if name == "training_images":
        return counted(value, "training image")
    if name in ("dataset", "activation", "optimizer"):
        return CHOICES[name][value].label
    if name == "harder_batches":
        return "harder batches"
    if name == "exclude_digits":
        return f"without {value_in_words(name, value)}"
    if name == "schedule":
        return f"{value_in_words(name, value).lower()} learning rate"
    return f"{NAMES[name].lower()} {value_in_words(name, value)}"


def value_in_words(name: str, value: Any) -> str:
    """A setting where its name stands beside it."""
    if name in CHOICES:
        return CHOICES[name][value].label
    if name == "hidden_sizes":
        return layers_in_words(value)
    if name == "exclude_digits":
        return ", ".join(str(digit) for digit in value) or "none"
    if name == "harder_batches":
        return "yes" if value else "no"
    if name == "label_noise":
        return percent(value, 0)
    if name == "learning_rate":
        return f"{value:,.7f}".rstrip("0").rstrip(".")
    return "all" if value is None else f"{value:,}"


def layers_in_words(hidden_sizes: tuple[int, ...]) -> str:
    """From the picture's squares to the ten digits."""
    return "-".join(str(size) for size in (IMAGE_SIDE**2, *hidden_sizes, CLASSES))
