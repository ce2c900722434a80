"""Every setting of a network but its dataset, in three groups with a widget for each."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.config import (
    ACTIVATIONS,
    ARCHITECTURES,
    CLASSES,
    LIMITS,
    OPTIMIZERS,
    SCHEDULES,
    TrainingConfig,
)
from core.settings.choices import TRAINING_IMAGES
from pages.ui.train.setting_widgets import (
    choose_hidden_sizes,
    folded_list,
    key_of,
    row_of_buttons,
    share_slider,
    slider_over,
    whole_number,
)
from pages.ui.words.glossary import tip

RATES = [float(f"{digit}e{power}") for power in range(-6, 1) for digit in (1, 2, 5)] + [10.0]
BATCHES = [2**power for power in range(13)]
AMOUNTS = [10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, None]
FAIR = f" At most {LIMITS['epochs'].high:g}, so that everybody gets a turn on this server."


def choose_all_settings(config: TrainingConfig) -> TrainingConfig:
    """The settings as they are chosen. Raises ConfigError when they do not fit together."""
    st.markdown("**The network**")
    network = choose_network(config)
    st.markdown("**How it learns**")
    learning = choose_learning(config)
    st.markdown("**What it learns from**")
    return config.changed(**network, **learning, **choose_images(config))


def choose_network(config: TrainingConfig) -> dict[str, Any]:
    """Its kind, layers, activation and dropout."""
    dropout = "Dropout: share of units switched off at random"
    return {
        "architecture": row_of_buttons("architecture", "Kind", ARCHITECTURES, config),
        "hidden_sizes": choose_hidden_sizes(config),
        "activation": folded_list("activation", "Activation", ACTIVATIONS, config),
        "dropout": share_slider("dropout", dropout, 0.05, "dropout", config),
    }


def choose_learning(config: TrainingConfig) -> dict[str, Any]:
    """The optimiser and its steps, how often, and the seed."""
    rate, batch = "Learning rate: how large a step", "Batch size: images for each step"
    chosen = {
        "optimizer": folded_list("optimizer", "Optimiser", OPTIMIZERS, config),
        "learning_rate": slider_over("learning_rate", rate, RATES, config),
        "schedule": folded_list("schedule", "Learning rate over time", SCHEDULES, config),
        "batch_size": slider_over("batch_size", batch, BATCHES, config),
    }
    left, right = st.columns(2)
    with left:
        epochs = whole_number("epochs", "Epochs: times through all images", config, FAIR)
    with right:
        seed = whole_number("seed", "Seed: the same number, the same run", config)
    return {**chosen, "epochs": epochs, "seed": seed}


def choose_images(config: TrainingConfig) -> dict[str, Any]:
    """How many images, of which digits, with how many wrong labels, and whether varied."""
    there_are = TRAINING_IMAGES[config.dataset]
    amounts = [each for each in AMOUNTS if each is None or each < there_are]
    amount = slider_over("training_images", "Training images", amounts, config)
    excluded = st.pills(
        "Leave out these digits",
        range(CLASSES),
        wrap=True,
        selection_mode="multi",
        default=config.exclude_digits,
        key=key_of("exclude_digits"),
    )
    noise = share_slider("label_noise", "Share of labels made wrong", 0.01, "label", config)
    harder = st.toggle(
        "Harder batches",
        config.harder_batches,
        help=tip("harder batches"),
        key=key_of("harder_batches"),
    )
    return {
        "training_images": amount,
        "exclude_digits": tuple(excluded),
        "label_noise": noise,
        "harder_batches": harder,
    }
