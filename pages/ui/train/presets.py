"""What is chosen first for the next run: a preset, and what to learn from."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.config import DATASETS, PRESETS, TrainingConfig
from pages.ui.state.address import keep_settings, settings
from pages.ui.train.setting_widgets import row_of_buttons, use_settings
from pages.ui.train.settings_in_words import OWN, preset_of
from pages.ui.widgets.dropdown import dropdown
from pages.ui.words.numbers import sentence


def choose_preset_and_dataset(left: DeltaGenerator, right: DeltaGenerator) -> TrainingConfig:
    """The settings for the next run, with the preset chosen on the left, the dataset on the right.

    All the others are in `build_your_own`.
    """
    config = settings()
    with left:
        choose_preset(config)
    with right:
        config = config.changed(dataset=row_of_buttons("dataset", "Learn from", DATASETS, config))
        st.caption(sentence(DATASETS[config.dataset].description))
    keep_settings(config)
    return config


def choose_preset(config: TrainingConfig) -> None:
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
    )


def preset_in_words(name: str) -> str:
    """An entry of the list."""
    if name == OWN:
        return "Your own settings"
    return f"{PRESETS[name].label}. {PRESETS[name].description}"
