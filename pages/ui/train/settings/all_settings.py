"""Every setting of a network: the five that one plays with, and all others for "More settings"."""

from __future__ import annotations

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
from core.settings.choices import expected_images
from pages.ui.state.room_digits import datasets
from pages.ui.train.settings.setting_widgets import (
    changes,
    choose_layers,
    folded_list,
    row_of_buttons,
    share_slider,
    slider_over,
    type_layers,
    whole_number,
)
from pages.ui.words.glossary import tip

RATES = [float(f"{digit}e{power}") for power in range(-6, 1) for digit in (1, 2, 5)] + [10.0]
BATCHES = [2**power for power in range(13)]
AMOUNTS = [10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, None]
FAIR = f" At most {LIMITS['epochs'].high:g}, so that everybody gets a turn on this server."


def choose_first_settings(config: TrainingConfig) -> None:
    """Layers, units, learning rate, epochs, data."""
    choose_layers(config)
    left, right = st.columns(2)
    with left:
        slider_over("learning_rate", "Learning rate: how large a step", RATES, config)
    with right:
        whole_number("epochs", "Epochs: times through all images", config, FAIR)
    row_of_buttons("dataset", "Learn from", datasets(config.dataset), config)


def choose_other_settings(config: TrainingConfig) -> None:
    """The network's kind, how it learns, which images."""
    network, learning, images = st.columns(3, gap="medium")
    with network:
        choose_network(config)
    with learning:
        choose_learning(config)
    with images:
        choose_images(config)


def choose_network(config: TrainingConfig) -> None:
    """Its kind, activation, dropout, and its layers as text."""
    row_of_buttons("architecture", "Kind", ARCHITECTURES, config)
    folded_list("activation", "Activation", ACTIVATIONS, config)
    share_slider("dropout", "Dropout: share of units switched off", 0.05, "dropout", config)
    type_layers(config)


def choose_learning(config: TrainingConfig) -> None:
    """The optimiser and its steps, and the seed."""
    folded_list("optimizer", "Optimiser", OPTIMIZERS, config)
    folded_list("schedule", "Learning rate over time", SCHEDULES, config)
    slider_over("batch_size", "Batch size: images for each step", BATCHES, config)
    whole_number("seed", "Seed: the same number, the same run", config)


def choose_images(config: TrainingConfig) -> None:
    """How many images, of which digits, with how many wrong labels, and whether varied."""
    there_are = expected_images(config.dataset, None)
    amounts = [each for each in AMOUNTS if each is None or each < there_are]
    slider_over("training_images", "Training images", amounts, config)
    st.pills(
        "Leave out these digits",
        range(CLASSES),
        wrap=True,
        selection_mode="multi",
        default=config.exclude_digits,
        **changes("exclude_digits", tuple),
    )
    share_slider("label_noise", "Share of labels made wrong", 0.01, "label", config)
    st.toggle(
        "Harder batches",
        config.harder_batches,
        help=tip("harder batches"),
        **changes("harder_batches"),
    )
