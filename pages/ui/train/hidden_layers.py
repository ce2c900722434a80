"""The hidden layers in the form: a number of units for each, with buttons to add and to remove."""

from __future__ import annotations

import streamlit as st

from core.config import LIMITS, TrainingConfig
from pages.ui.state.address import settings
from pages.ui.state.visit import widget_value
from pages.ui.train.setting_widgets import key_of, use_settings
from pages.ui.words.glossary import tip

NEW_LAYER = 50  # units


def choose_hidden_sizes(config: TrainingConfig) -> tuple[int, ...]:
    """The sizes as they are chosen, the layer next to the image first."""
    limit, sizes = LIMITS["hidden_sizes"], config.hidden_sizes
    keys = [key_of(f"layer-{index}-of-{len(sizes)}") for index in range(len(sizes))]
    chosen = []
    for index, (key, size) in enumerate(zip(keys, sizes, strict=True)):
        left, right = st.columns([4, 1], vertical_alignment="bottom", wrap=False)
        label = f"Units in hidden layer {index + 1}"
        units = left.number_input(label, int(limit.low), int(limit.high), size, key=key)
        chosen.append(units)
        right.button(
            "",
            icon=":material/close:",
            help=f"Remove hidden layer {index + 1}. {tip('hidden layer') or ''}",
            key=key_of(f"remove-{index}"),
            on_click=remove_layer,
            args=(keys, index),
        )
    if len(sizes) < LIMITS["hidden_layers"].high:
        st.button(
            "Add a hidden layer",
            icon=":material/add:",
            key=key_of("add-layer"),
            on_click=add_layer,
            args=(keys,),
        )
    return tuple(chosen)


def add_layer(keys: list[str]) -> None:
    """Another layer after the last. keys: of the widgets, which hold the sizes now."""
    sizes = tuple(widget_value(key) for key in keys)
    use_settings(settings().changed(hidden_sizes=(*sizes, NEW_LAYER)))


def remove_layer(keys: list[str], index: int) -> None:
    """All layers but this one."""
    sizes = tuple(widget_value(key) for key in keys if key != keys[index])
    use_settings(settings().changed(hidden_sizes=sizes))
