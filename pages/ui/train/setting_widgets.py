"""The kinds of widget that a setting may have: a row of buttons, a list, a slider, one per layer.

Each is made from the table of its choices in `core.config` and shows what the settings hold now.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.config import LIMITS, Choice, TrainingConfig
from pages.ui.state.address import keep_settings, settings
from pages.ui.state.visit import visit, widget_value
from pages.ui.widgets.dropdown import dropdown
from pages.ui.words.glossary import tip

NEW_LAYER = 50  # units


def key_of(name: str) -> str:
    """Widgets get new keys when all settings change at once: then they show the new values."""
    return f"set-{name}-{visit().train.form_number}"


def use_settings(config: TrainingConfig) -> None:
    """Set the whole form, from the next run of the script on."""
    keep_settings(config)
    visit().train.form_number += 1


def row_of_buttons(
    name: str, label: str, table: Mapping[str, Choice], config: TrainingConfig, fixed: bool = False
) -> str:
    """For a setting with few choices; the one taken. fixed: it is only shown."""
    return st.segmented_control(
        label,
        list(table),
        format_func=lambda each: table[each].label,
        default=getattr(config, name),
        required=True,
        key=f"fixed-{name}" if fixed else key_of(name),
        help=f"{tip(name) or ''} "
        + " ".join(f"**{each.label}**: {each.description}." for each in table.values()),
        disabled=fixed,
    )


def folded_list(name: str, label: str, table: Mapping[str, Choice], config: TrainingConfig) -> str:
    """For a setting with more choices; the one taken."""

    def take(taken: str) -> None:
        keep_settings(settings().changed(**{name: taken}))

    chosen = getattr(config, name)
    dropdown(
        label,
        list(table),
        chosen,
        take,
        key_of(name),
        format_func=lambda each: f"{table[each].label}: {table[each].description}",
        term=label.split(" over ")[0].lower(),
    )
    return chosen


def slider_over(name: str, label: str, values: list, config: TrainingConfig):
    """For a number of which only some values make sense; None stands for all there are.

    A value from a link that is not among `values` is put in.
    """
    now = getattr(config, name)
    if now not in values:
        values = sorted({*values, now} - {None}) + [None] * (None in values)
    return st.select_slider(
        label,
        values,
        now,
        format_func=lambda value: "all" if value is None else f"{value:,}",
        key=key_of(name),
        help=tip(label.partition(":")[0].lower()),
    )


def share_slider(name: str, label: str, step: float, term: str, config: TrainingConfig) -> float:
    """For a share, from 0 to its limit."""
    most, now = float(LIMITS[name].high), float(getattr(config, name))
    return st.slider(label, 0.0, most, now, step, key=key_of(name), help=tip(term))


def whole_number(name: str, label: str, config: TrainingConfig, note: str = "") -> int:
    """For a number that may be any between its limits; `note` ends its tooltip."""
    low, high = int(LIMITS[name].low), int(LIMITS[name].high)
    now = getattr(config, name)
    return st.number_input(label, low, high, now, key=key_of(name), help=f"{tip(name) or ''}{note}")


def choose_hidden_sizes(config: TrainingConfig) -> tuple[int, ...]:
    """The sizes as they are chosen, the layer next to the image first."""
    sizes, limit = config.hidden_sizes, LIMITS["hidden_sizes"]
    low, high = int(limit.low), int(limit.high)
    keys = [key_of(f"layer-{index}-of-{len(sizes)}") for index in range(len(sizes))]
    chosen = []
    for index, (key, size) in enumerate(zip(keys, sizes, strict=True)):
        left, right = st.columns([4, 1], vertical_alignment="bottom", wrap=False)
        label = f"Units in hidden layer {index + 1}"
        chosen.append(left.number_input(label, low, high, size, key=key))
        right.button(
            "",
            icon=":material/close:",
            help=f"Remove hidden layer {index + 1}. {tip('hidden layer') or ''}",
            key=key_of(f"remove-{index}"),
            on_click=change_layers,
            args=([each for each in keys if each != key],),
        )
    if len(sizes) < LIMITS["hidden_layers"].high:
        st.button(
            "Add a hidden layer",
            icon=":material/add:",
            key=key_of("add-layer"),
            on_click=change_layers,
            args=(keys, NEW_LAYER),
        )
    return tuple(chosen)


def change_layers(keys: list[str], *added: int) -> None:
    """These layers and no other. keys: of their widgets, which hold the sizes now; added: units."""
    sizes = (*(widget_value(key) for key in keys), *added)
    use_settings(settings().changed(hidden_sizes=sizes))
