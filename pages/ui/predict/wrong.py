"""“Wrong? It is a …”: under an answer, the visitor says what the digit is, and it is kept."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.config import CLASSES
from core.exam.packing import MOST
from pages.ui import shell
from pages.ui.state.own_digits import add_or_correct, kept_as, own_digits
from pages.ui.state.visit import put_widget_value, widget_value
from pages.ui.words.glossary import tip
from pages.ui.words.numbers import counted


def it_was_wrong(place: int, image: np.ndarray) -> None:
    """The list of digits to say it with; then it says what the digit was kept as.

    place: of the digit among those read at once; image: float (28, 28) in [0, 1].
    """
    key = f"wrong-{place}"

    def take() -> None:
        if (digit := widget_value(key)) is not None:
            add_or_correct(digit, image)

    kept = kept_as(image)
    st.menu_button(
        "Wrong? It is a …" if kept is None else f"Kept as a{'n' * (kept == 8)} {kept}",
        range(CLASSES),
        key=key,
        icon=None if kept is None else ":material/check:",
        on_click=take,
        disabled=kept is None and len(own_digits()) >= MOST,
        wrap=True,
    )


def show_count(answered: bool) -> None:
    """How many digits are kept, and the way to the exam on them; an answer always has it."""
    number = len(own_digits())
    if not number and not answered:
        return
    if number >= MOST:
        said = f"You have {MOST} digits of your own, and no more are kept."
    elif number:
        said = f"You have {counted(number, 'digit')} of your own."
    else:
        said = "Say what is wrong, and the digit is kept as one of your own."
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(said, help=tip("own digits"), width="content")
        if number and st.button("Examine on them", type="tertiary", icon=":material/quiz:"):
            put_widget_value("exam-section", "beat")
            put_widget_value("exam-contest", "write")
            shell.go("exam")
