"""The confusion matrix on the page: click a cell and see its images, choose a digit and read on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from core.charts.confusion import confusion_chart
from core.charts.mosaics import digits_mosaic
from core.data import scaled
from core.exam.scores import digit_score, worst_cell
from pages.ui.exam.confusion_words import NAMES, cell_title, digit_words, matrix_words
from pages.ui.exam.score_card import Sitting
from pages.ui.state.visit import visit, widget_value
from pages.ui.widgets.dropdown import dropdown
from pages.ui.widgets.pictures import mosaic_html

SHOWN = 60  # images of a cell
COLUMNS = 10
ANY = "any"
CHART = "exam-matrix"

Cell = tuple[int | None, int | None]  # the digit it was, the answer; None: any


@st.fragment
def show_confusion(sitting: Sitting) -> None:
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
            with st.expander(f"How well does it know {NAMES[digit]}?"):
                st.markdown(digit_words(digit_score(sitting.exam.total.confusion, digit)))
    with left:
        show_matrix(sitting, (label, answer))


def show_matrix(sitting: Sitting, chosen: Cell) -> None:
    """The chart with a frame around the chosen cell, and how to look at it."""
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
    confusion = sitting.exam.total.confusion
    st.plotly_chart(
        confusion_chart(
            confusion.numpy(),
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
    points = (widget_value(CHART) or {}).get("selection", {}).get("points", [])
    if points:
        choose((int(points[0]["y"]), int(points[0]["x"])))


def choose(cell: Cell) -> None:
    """Make this the chosen cell."""
    visit().exam.cell = cell


def chosen_cell(sitting: Sitting) -> Cell:
    """What the visitor chose, at first the most frequent mistake."""
    chosen = visit().exam.cell
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
    sheet = digits_mosaic(scaled(sitting.digits.images[chosen]).numpy(), COLUMNS)
    return mosaic_html(sheet, f"{len(chosen)} images: {title}")
