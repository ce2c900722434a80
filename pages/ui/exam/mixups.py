"""The confusion matrix on the page: click a cell and see its images, choose a digit and read on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from pages.ui import state
from pages.ui.exam.choice import Sitting
from pages.ui.widgets.dropdown import dropdown
from pages.ui.widgets.recorded_batch import mosaic_html

if TYPE_CHECKING:
    import numpy as np

    from core.exam.sitting import DigitScore

SHOWN = 60  # images of a cell
COLUMNS = 10
NAMES = (
    *("zeros", "ones", "twos", "threes", "fours"),
    *("fives", "sixes", "sevens", "eights", "nines"),
)
ANY = "any"
CHART = "exam-matrix"

Cell = tuple[int | None, int | None]  # the digit it was, the answer; None: any


@st.fragment
def show_mixups(sitting: Sitting) -> None:
    """The matrix on the left, what was chosen in it on the right."""
    st.markdown(
        "Which digit did it take for which? **Click a number to see its images** "
        "(*confusion matrix*)."
    )
    left, right = st.columns([3, 2], gap="medium")
    with right:
        label, answer = chosen_cell(sitting)
        offer_lists((label, answer))
        show_cell(sitting, label, answer)
        digit = label if label is not None else answer
        if digit is not None:
            from core.exam.sitting import digit_score

            with st.expander(f"How well does it know {NAMES[digit]}?"):
                st.markdown(digit_words(digit_score(sitting.exam.total.confusion, digit)))
    with left:
        show_matrix(sitting, (label, answer))


def show_matrix(sitting: Sitting, chosen: Cell) -> None:
    """The chart with a frame around the chosen cell, and how to look at it."""
    from core.charts.exam import confusion_chart

    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        legend = st.container(width="stretch")
        with st.popover("Chart options", icon=":material/tune:"):
            shown = st.segmented_control(
                "Cells show", ["images", "per cent of the row"], default="images", required=True
            )
            muted = st.toggle("Mute right answers, so that mistakes show", True)
    legend.caption(
        "Blue: mistakes, the stronger the more. Right answers have no colour."
        if muted
        else "The stronger the blue, the more images."
    )
    confusion = sitting.exam.total.confusion.numpy()
    st.plotly_chart(
        confusion_chart(
            confusion,
            shares=shown != "images",
            muted=muted,
            dark=st.context.theme.type == "dark",
            chosen=chosen,
        ),
        key=CHART,
        on_select=take_click,
        selection_mode="points",
        config={"displayModeBar": False},
        alt=matrix_words(confusion),
    )


def take_click() -> None:
    """A cell was clicked: choose it."""
    points = (state.widget_value(CHART) or {}).get("selection", {}).get("points", [])
    if points:
        choose((int(points[0]["y"]), int(points[0]["x"])))


def choose(cell: Cell) -> None:
    """Make this the chosen cell."""
    state.keep("exam-cell", cell)


def chosen_cell(sitting: Sitting) -> Cell:
    """What the visitor chose, at first the most frequent mistake."""
    from core.exam.sitting import worst_cell

    chosen = state.recall("exam-cell")
    return chosen or worst_cell(sitting.exam.total.confusion) or (0, 0)


def offer_lists(cell: Cell) -> None:
    """Two lists, for those who do not click."""
    label, answer = cell
    with st.container(horizontal=True, gap="small"):
        _digit_list("It was", label, lambda taken: choose((taken, answer)))
        _digit_list("It answered", answer, lambda taken: choose((label, taken)))


def _digit_list(name: str, chosen: int | None, on_choose: Callable[[int | None], None]) -> None:
    dropdown(
        name,
        [ANY, *range(10)],
        ANY if chosen is None else chosen,
        lambda taken: on_choose(None if taken == ANY else taken),
        f"exam-{name}",
    )


def show_cell(sitting: Sitting, label: int | None, answer: int | None) -> None:
    """The images of the cell, the surest first."""
    chosen = sitting.exam.in_cell(label, answer)
    title = cell_title(label, answer)
    images = "image" if len(chosen) == 1 else "images"
    st.markdown(f"**{title}: {len(chosen):,} {images}**")
    if len(chosen):
        st.html(sheet_html(sitting, chosen[:SHOWN], title))
        st.caption(
            ("All of them" if len(chosen) <= SHOWN else f"{SHOWN} of them")
            + ", the answers it was surest of first."
        )


def sheet_html(sitting: Sitting, chosen: np.ndarray, title: str) -> str:
    """Some images of the exam side by side."""
    from core.charts.mosaics import digits_mosaic

    sheet = digits_mosaic(sitting.digits.images[chosen].numpy() / 255, COLUMNS)
    return mosaic_html(sheet, f"{len(chosen)} images: {title}")


def cell_title(label: int | None, answer: int | None) -> str:
    """A cell in words: sevens read as 2."""
    shown = "digits" if label is None else NAMES[label]
    return f"{shown.capitalize()} read as {answer}" if answer is not None else f"All {shown}"


def digit_words(score: DigitScore) -> str:
    """Recall, precision and F1 of a digit, in words."""
    name = NAMES[score.digit]
    if score.recall is None or score.precision is None or score.f1 is None:
        missing = f"there are no {name} here" if not score.shown else f"it never says {score.digit}"
        return f"Little can be said of {name}: {missing}."
    return (
        f"Of 100 {name} it finds **{of_hundred(score.recall)}** "
        f"(*recall*: {score.right:,} of {score.shown:,}).  \n"
        f"Of 100 times that it says {score.digit}, it is right **{of_hundred(score.precision)}** "
        f"times (*precision*: {score.right:,} of {score.answered:,}).  \n"
        f"Both in one number (*F1*, their harmonic mean): **{score.f1:.3f}**."
    )


def of_hundred(share: float) -> str:
    """A share as a count of a hundred; it rounds to none and to all only where that is true."""
    if 0 < share < 0.005:
        return "fewer than 1"
    if 0.995 <= share < 1:
        return "more than 99"
    return f"{100 * share:.0f}"


def matrix_words(confusion: np.ndarray) -> str:
    """The matrix for those who cannot see it: the most frequent mistakes."""
    cells = sorted(
        ((int(confusion[i, j]), i, j) for i in range(10) for j in range(10) if i != j), reverse=True
    )
    worst = ", ".join(f"{NAMES[i]} as {j} ({count:,})" for count, i, j in cells[:5] if count)
    return f"Confusion matrix. The most frequent mistakes: {worst or 'none'}."
