"""“Wrong? It is a …”: under an answer, the visitor says what the digit is, and it is kept.

What is kept, the page has the browser remember (pages/ui/state/own_digits.py); Exam examines on it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from core.config import CLASSES
from core.exam.packing import MOST
from pages.ui.state.own_digits import add_or_correct, kept_as, own_digits
from pages.ui.state.visit import put_widget_value, widget_value
from pages.ui.widgets.stage.given import Given
from pages.ui.widgets.stage.readings import Readings
from pages.ui.words.glossary import tip
from pages.ui.words.numbers import article, counted

Go = Callable[[str], None]  # takes the visitor to another page


def ask_what_it_is(given: Given, readings: Readings, go: Go) -> None:
    """A list of digits for each digit that was read, how many of one's own there are, and the way
    to the exam on them."""
    for place, (digit, text) in enumerate(zip(given.digits, readings.text, strict=False)):
        said = "Wrong?" if len(given.digits) == 1 else f"Not {text}?"
        it_was_wrong(place, digit.image, f"{said} It is a …")
    show_count(go)


def it_was_wrong(place: int, image: np.ndarray, label: str) -> None:
    """The list of digits to say it with; then it says what the digit was kept as.

    place: of the digit among those read at once; image: float (28, 28) in [0, 1].
    """
    key = f"wrong-{place}"

    def take() -> None:
        if (digit := widget_value(key)) is not None:
            add_or_correct(digit, image)

    kept = kept_as(image)
    st.menu_button(
        label if kept is None else f"Kept as {article(kept)} {kept}",
        range(CLASSES),
        key=key,
        icon=None if kept is None else ":material/check:",
        on_click=take,
        disabled=kept is None and len(own_digits()) >= MOST,
        help=tip("own digits"),
        wrap=True,
    )


def show_count(go: Go) -> None:
    """How many digits are kept, and the way to the exam on them."""
    number = len(own_digits())
    if not number:
        return
    said = f"You have {counted(number, 'digit')} of your own"
    st.caption(f"{said}, and no more are kept." if number >= MOST else f"{said}.", width="content")
    if st.button("Examine on them", type="tertiary", icon=":material/quiz:"):
        go_to_own_exam(go)


def go_to_own_exam(go: Go) -> None:
    """To the place on Exam where one draws digits of one's own, as they are asked for."""
    put_widget_value("exam-section", "beat")
    put_widget_value("exam-contest", "write")
    go("exam")
