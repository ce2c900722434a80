"""A list to choose from that folds into a button: the button says what is chosen.

It stands in for `st.selectbox`, which needs seventeen files in the browser before it, and all that
is on the page with it, appears: a fifth of a second on a small machine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, count
from typing import TypeVar

import streamlit as st

from pages.ui.state.visit import visit, widget_value
from pages.ui.words.glossary import tip
from pages.ui.words.numbers import unmarked

Option = TypeVar("Option")


def dropdown(
    label: str,
    options: Sequence[Option],
    chosen: Option,
    on_choose: Callable[[Option], None],
    key: str,
    *,
    format_func: Callable[[Option], str] = str,
    button_words: str = "",
    term: str = "",
    disabled: bool = False,
) -> None:
    """Show `chosen`, and hand what the visitor takes instead to `on_choose`, before the page, or
    its fragment, runs again. `term` is the word of the glossary that explains the list; the button
    says `button_words` where the list says too much for it.
    """

    def words(option: Option) -> str:
        return unmarked(format_func(option))

    said = told_apart(options, words)

    def take() -> None:
        taken = widget_value(key)
        if taken is not None:
            on_choose(taken)

    st.menu_button(
        f"{label}: {unmarked(button_words) or said.get(chosen) or words(chosen)}",
        list(said),
        format_func=said.get,
        key=key,
        on_click=take,
        help=tip(term),
        disabled=disabled,
        wrap=True,
    )


def told_apart(options: Sequence[Option], words: Callable[[Option], str]) -> dict[Option, str]:
    """What the list says for each option, which Streamlit takes only once: the second of one name
    gets a number, as a run that was brought back beside its original. Equal options are one.
    """
    said: dict[Option, str] = {}
    for option in dict.fromkeys(options):
        name = words(option)
        names = chain([name], (f"{name} ({number})" for number in count(2)))
        said[option] = next(each for each in names if each not in said.values())
    return said


def remembered_choice(
    label: str,
    options: Sequence[Option],
    key: str,
    *,
    format_func: Callable[[Option], str] = str,
) -> Option:
    """A dropdown that keeps the choice for the visit; the first option until one is made."""
    chosen = visit().choices.get(key)
    if chosen not in options:
        chosen = options[0]
    dropdown(
        label,
        options,
        chosen,
        lambda taken: choose_for(key, taken),
        key,
        format_func=format_func,
    )
    return chosen


def choose_for(key: str, option: Option) -> None:
    """Make this the choice of the `remembered_choice` with this key."""
    visit().choices[key] = option
