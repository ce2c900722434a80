"""What a network's settings are called: a name by its preset, its data, all of it in one line."""

from __future__ import annotations

from core.config import (
    ACTIVATIONS,
    ARCHITECTURES,
    CLASSES,
    DATASETS,
    IMAGE_SIDE,
    OPTIMIZERS,
    PRESETS,
    TrainingConfig,
)
from pages.ui.words.numbers import counted, percent

OWN = "own"  # stands in the list of presets for settings that are none of them


def preset_of(config: TrainingConfig) -> str:
    """The preset that has these settings, whatever the dataset; OWN if there is none."""
    neutral = config.changed(dataset="mnist")
    return next((name for name, each in PRESETS.items() if each.config == neutral), OWN)


def title_of(config: TrainingConfig) -> str:
    """What to call a network: by its preset, where it is one."""
    preset = preset_of(config)
    return f"Your network ({PRESETS[preset].label.lower()})" if preset != OWN else "Your network"


def origin_of(config: TrainingConfig) -> str:
    """What it learns from, within a sentence."""
    return "MNIST" if config.dataset == "mnist" else DATASETS[config.dataset].label.lower()


def describe(config: TrainingConfig) -> str:
    """The settings in one line of words and numbers."""
    sizes = " → ".join(f"{n:,}" for n in (IMAGE_SIDE**2, *config.hidden_sizes, CLASSES))
    kind = "" if config.architecture == "dense" else f"{ARCHITECTURES[config.architecture].label} "
    parts = [
        DATASETS[config.dataset].label,
        f"{kind}{sizes}",
        ACTIVATIONS[config.activation].label,
        f"{OPTIMIZERS[config.optimizer].label}, learning rate {config.learning_rate:g}",
        f"batches of {config.batch_size:,}",
        counted(config.epochs, "epoch"),
    ]
    if config.training_images:
        parts.append(f"{config.training_images:,} images")
    if config.exclude_digits:
        parts.append("without " + ", ".join(str(digit) for digit in config.exclude_digits))
    if config.label_noise:
        parts.append(f"{percent(config.label_noise, 0)} of labels wrong")
    if config.harder_batches:
        parts.append("harder batches")
    if config.dropout:
        parts.append(f"dropout {config.dropout:g}")
    return " · ".join(parts)
