"""The kinds of widget that a setting may have: a row of buttons, a list, a slider over steps.

Each is made from the table of its choices in `core.config` and shows what the settings hold now.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.config import Choice, TrainingConfig
from pages.ui.state.address import keep_settings, settings
from pages.ui.state.visit import visit
from pages.ui.widgets.dropdown import dropdown
from pages.ui.words.glossary import tip


def key_of(name: str) -> str:
    """Widgets get new keys when all settings change at once: then they show the new values."""
    return f"set-{name}-{visit().train.form_number}"


def use_settings(config: TrainingConfig) -> None:
    """Set the whole form, from the next run of the script on."""
    keep_settings(config)
    visit().train.form_number += 1


def row_of_buttons(
    name: str, label: str, table: Mapping[str, Choice], config: TrainingConfig
) -> str:
    """For a setting with few choices; the one taken."""
    return st.segmented_control(
        label,
        list(table),
        format_func=lambda each: table[each].label,
        default=getattr(config, name),
        required=True,
        key=key_of(name),
        help=f"{tip(name) or ''} "
        + " ".join(f"**{each.label}**: {each.description}." for each in table.values()),
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


def share_slider(name: str, label: str, most: float, step: float, term: str, now: float) -> float:
    """For a share, from 0 to `most`."""
    return st.slider(label, 0.0, most, float(now), step, key=key_of(name), help=tip(term))
