"""Choose a real digit to look at; the choice goes along from place to place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.config import CLASSES
from pages.ui.state import server
from pages.ui.state.visit import visit, widget_value

if TYPE_CHECKING:
    from torch import Tensor

    from core.data import Digits


def pick_digit(place: str, digits: Digits | None = None) -> tuple[Tensor, int]:
    """The image chosen, float32 (28, 28) in [0, 1], and the digit that it shows.

    place: where on the site the choice is shown; digits: to choose from (default: the lessons').
    """
    from core.lessons.digits import example

    digits = server.lesson_digits().validation if digits is None else digits
    digit, number = visit().digit
    key = f"{place}-digit-{digit}"

    def choose() -> None:
        visit().digit = (widget_value(key), 0)

    def another() -> None:
        visit().digit = (digit, number + 1)

    st.pills(
        "Digit",
        range(CLASSES),
        default=digit,
        required=True,
        key=key,
        on_change=choose,
        wrap=True,
        label_visibility="collapsed",
    )
    st.button(
        f"Another {digit}", icon=":material/refresh:", on_click=another, key=f"{place}-another"
    )
    return example(digits, digit, number), digit
