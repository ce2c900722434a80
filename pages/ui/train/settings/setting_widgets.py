"""The kinds of widget that a setting may have: a row of buttons, a list, a slider, a number.

Each is made from the table of its choices in `core.config` and shows what the settings hold now.
What a visitor changes is kept before the page runs again, so that all of it shows the new settings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from core.config import LIMITS, Choice, ConfigError, TrainingConfig
from core.settings.links import from_text
from pages.ui.state.address import keep_settings, settings
from pages.ui.state.visit import visit, widget_value
from pages.ui.widgets.choosing.dropdown import dropdown
from pages.ui.words.glossary import tip

NEW_LAYER = 50  # units
UNITS = [1, 2, 3, 5, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200, 300, 500, 1_000, 2_048]


def key_of(name: str) -> str:
    """Widgets get new keys when all settings change at once: then they show the new values."""
    return f"set-{name}-{visit().train.form_number}"


def use_settings(config: TrainingConfig) -> None:
    """Set the whole form, from the next run of the script on."""
    keep_settings(config)
    visit().train.form_number += 1


def change(name: str, get_value: Callable[[], Any]) -> None:
    """Keep this setting with all the others; if they do not fit, the last good ones stay."""
    try:
        keep_settings(settings().changed(**{name: get_value()}))
    except ConfigError as problem:
        visit().notice = str(problem)
        use_settings(settings())


def changes(name: str, value_of: Callable[[Any], Any] = lambda held: held) -> dict[str, Any]:
    """What makes a widget the one of a setting. value_of: the setting, out of what it holds."""
    key = key_of(name)
    return {"key": key, "on_change": lambda: change(name, lambda: value_of(widget_value(key)))}


def row_of_buttons(
    name: str, label: str, table: Mapping[str, Choice], config: TrainingConfig
) -> None:
    """For a setting with few choices."""
    st.segmented_control(
        label,
        list(table),
        format_func=lambda each: table[each].label,
        default=getattr(config, name),
        required=True,
        wrap=True,
        help=f"{tip(name) or ''} "
        + " ".join(f"**{each.label}**: {each.description}." for each in table.values()),
        **changes(name),
    )


def folded_list(name: str, label: str, table: Mapping[str, Choice], config: TrainingConfig) -> None:
    """For a setting with more choices."""
    dropdown(
        label,
        list(table),
        getattr(config, name),
        lambda taken: change(name, lambda: taken),
        key_of(name),
        format_func=lambda each: f"{table[each].label}: {table[each].description}",
        button_words=table[getattr(config, name)].label,
        term=label.split(" over ")[0].lower(),
    )


def slider_over(name: str, label: str, values: list, config: TrainingConfig) -> None:
    """For a number of which only some values make sense; None stands for all there are."""
    now = getattr(config, name)
    st.select_slider(
        label,
        with_value(values, now),
        now,
        format_func=number_in_words,
        help=tip(label.partition(":")[0].lower()),
        **changes(name),
    )


def with_value(values: list, now: Any) -> list:
    """The values of a slider, with the one that it holds, which may be any in a link."""
    if now in values:
        return values
    return sorted({*values, now} - {None}) + [None] * (None in values)


def number_in_words(value: float | None) -> str:
    """A number with all its digits: 0.000001, 55,000; all for None."""
    return "all" if value is None else f"{value:,.6f}".rstrip("0").rstrip(".")


def share_slider(name: str, label: str, step: float, term: str, config: TrainingConfig) -> None:
    """For a share, from 0 to its limit."""
    most, now = float(LIMITS[name].high), float(getattr(config, name))
    st.slider(label, 0.0, most, now, step, help=tip(term), **changes(name))


def whole_number(name: str, label: str, config: TrainingConfig, note: str = "") -> None:
    """For a number that may be any between its limits; `note` ends its tooltip."""
    low, high = int(LIMITS[name].low), int(LIMITS[name].high)
    now = getattr(config, name)
    st.number_input(label, low, high, now, help=f"{tip(name) or ''}{note}", **changes(name))


def choose_layers(config: TrainingConfig) -> None:
    """How many hidden layers, and the units of each, the one next to the image first.

    Further layers are as large as a new one is; those taken away are the last.
    """
    sizes, key = config.hidden_sizes, key_of("layers")
    st.segmented_control(
        "Hidden layers",
        range(int(LIMITS["hidden_layers"].high) + 1),
        default=len(sizes),
        required=True,
        help=tip("hidden layer"),
        key=key,
        on_change=lambda: change("hidden_sizes", lambda: resized(sizes, widget_value(key))),
    )
    choose_units(sizes)


def choose_units(sizes: tuple[int, ...]) -> None:
    """A slider for each hidden layer, three in a row."""
    keys = [key_of(f"layer-{index}-of-{len(sizes)}") for index in range(len(sizes))]
    columns = [column for _ in range(0, len(sizes), 3) for column in st.columns(min(3, len(sizes)))]
    for number, (column, key, size) in enumerate(zip(columns, keys, sizes, strict=False), start=1):
        column.select_slider(
            f"Units in hidden {number}",
            with_value(UNITS, size),
            size,
            format_func=lambda units: f"{units:,}",
            key=key,
            on_change=lambda: change("hidden_sizes", lambda: tuple(map(widget_value, keys))),
        )


def type_layers(config: TrainingConfig) -> None:
    """The same as text, for units that no slider has."""
    key = key_of("typed-layers")

    def take() -> None:
        typed = widget_value(key).replace(" ", "") or "none"
        change("hidden_sizes", lambda: from_text("hidden_sizes", typed, ()))
        use_settings(settings())  # the sliders show them too

    now = ", ".join(map(str, config.hidden_sizes))
    st.text_input("Units of all hidden layers, such as 100, 50", now, key=key, on_change=take)


def resized(sizes: tuple[int, ...], layers: int) -> tuple[int, ...]:
    """The first of these layers, and new ones behind them, `layers` in all."""
    return (*sizes[:layers], *[NEW_LAYER] * (layers - len(sizes)))
