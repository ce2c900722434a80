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
from pages.ui.train.hidden_layers import choose_hidden_sizes
from pages.ui.train.setting_widgets import (
    folded_list,
    key_of,
    row_of_buttons,
    share_slider,
    slider_over,
)
from pages.ui.words.glossary import tip

RATES = [float(f"{digit}e{power}") for power in range(-6, 1) for digit in (1, 2, 5)] + [10.0]
BATCHES = [2**power for power in range(13)]
AMOUNTS = [10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, None]


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
    return {
        "architecture": row_of_buttons("architecture", "Kind", ARCHITECTURES, config),
        "hidden_sizes": choose_hidden_sizes(config),
        "activation": folded_list("activation", "Activation", ACTIVATIONS, config),
        "dropout": share_slider(
            "dropout",
            "Dropout: share of units switched off at random",
            LIMITS["dropout"].high,
            0.05,
            "dropout",
            config.dropout,
        ),
    }


def choose_learning(config: TrainingConfig) -> dict[str, Any]:
    """The optimiser and its steps, how often, and the seed."""
    chosen = {
        "optimizer": folded_list("optimizer", "Optimiser", OPTIMIZERS, config),
        "learning_rate": slider_over(
            "learning_rate", "Learning rate: how large a step", RATES, config
        ),
        "schedule": folded_list("schedule", "Learning rate over time", SCHEDULES, config),
        "batch_size": slider_over(
            "batch_size", "Batch size: images for each step", BATCHES, config
        ),
    }
    left, right = st.columns(2)
    epochs, seed = LIMITS["epochs"], LIMITS["seed"]
    chosen["epochs"] = left.number_input(
        "Epochs: times through all images",
        int(epochs.low),
        int(epochs.high),
        config.epochs,
        key=key_of("epochs"),
        help=f"{tip('epoch') or ''} At most {epochs.high:g}, so that everybody gets a turn on "
        "this server.",
    )
    chosen["seed"] = right.number_input(
        "Seed: the same number, the same run",
        int(seed.low),
        int(seed.high),
        config.seed,
        key=key_of("seed"),
        help=tip("seed"),
    )
    return chosen


def choose_images(config: TrainingConfig) -> dict[str, Any]:
    """How many images, of which digits, with how many wrong labels, and whether varied."""
    amount = slider_over("training_images", "Training images", AMOUNTS, config)
    excluded = st.pills(
        "Leave out these digits",
        range(CLASSES),
        wrap=True,
        selection_mode="multi",
        default=config.exclude_digits,
        key=key_of("exclude_digits"),
    )
    noise = share_slider(
        "noise", "Share of labels made wrong", 1.0, 0.01, "label", config.label_noise
    )
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
