"""The presets: which one some settings are, what settings are called, and the choice of one."""

from __future__ import annotations

from streamlit.delta_generator import DeltaGenerator

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
from pages.ui.state.address import keep_settings, settings
from pages.ui.train.setting_widgets import row_of_buttons, use_settings
from pages.ui.widgets.dropdown import dropdown
from pages.ui.words.numbers import counted, percent

OWN = "own"  # stands in the list of presets for settings that are none of them


def choose_preset_and_dataset(
    left: DeltaGenerator, right: DeltaGenerator, running: TrainingConfig | None
) -> TrainingConfig:
    """The settings for the next run, with the preset chosen on the left, the dataset on the right.

    running: the settings of the run that goes on; they are shown then, and nothing can be chosen.
    All the others are in `build_your_own`.
    """
    config, fixed = running or settings(), running is not None
    with left:
        choose_preset(config, fixed)
    with right:
        name = row_of_buttons("dataset", "Learn from", DATASETS, config, fixed)
    if fixed:
        return config
    config = config.changed(dataset=name)
    keep_settings(config)
    return config


def choose_preset(config: TrainingConfig, fixed: bool) -> None:
    """The list of presets. Taking one sets everything but the dataset."""
    current = preset_of(config)

    def take(name: str) -> None:
        if name in PRESETS:
            use_settings(PRESETS[name].config.changed(dataset=settings().dataset))

    dropdown(
        "Network",
        [*PRESETS, OWN] if current == OWN else list(PRESETS),
        current,
        take,
        "preset",
        format_func=preset_in_words,
        disabled=fixed,
    )


def preset_in_words(name: str) -> str:
    """An entry of the list."""
    if name == OWN:
        return "Your own settings"
    return f"{PRESETS[name].label}. {PRESETS[name].description}"


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
