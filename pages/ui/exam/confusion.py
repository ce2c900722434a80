"""The confusion matrix on the page: click a picture in it and see all images like it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from core.config import CLASSES
from core.exam.scores import digit_score, worst_cell
from pages.ui.exam.confusion_grid import confusion_grid
from pages.ui.exam.confusion_words import NAMES, cell_title, cell_words, digit_words, matrix_words
from pages.ui.exam.sitting import Sitting
from pages.ui.state.visit import visit
from pages.ui.widgets.choosing.dropdown import dropdown
from pages.ui.widgets.digits.wall import wall

SHOWN = 40  # images of a cell
ANY = "any"
GRID = "exam-matrix"

# The matrix has the card and the images beside it where there is room; else they stand below one
# another, the card first.
LAYOUT = """<style>
.st-key-beside-good { grid-template-rows: auto 1fr; }
@media (min-width: 960.1px) {
  .st-key-beside-good > * { grid-column: 2; }
  .st-key-beside-good > :nth-child(2) { grid-area: 1 / 1 / 3 / 2; } }
.st-key-good-cell { min-height: 20rem; }
</style>"""

Cell = tuple[int | None, int | None]  # the digit it was, the answer; None: any


@st.fragment
def show_confusion(sitting: Sitting, show_card: Callable[[], None]) -> None:
    """The card, the matrix, and what was chosen in it."""
    st.html(LAYOUT)
    with st.container(key="beside-good"):
        with st.container(key="good-card"):
            show_card()
        chosen = chosen_cell(sitting)
        with st.container(key="good-matrix", gap="xsmall"):
            st.markdown("**What it mixes up** (*confusion matrix*)")
            show_matrix(sitting, chosen)
        with st.container(key="good-cell"):
            show_cell(sitting, *chosen)


def show_matrix(sitting: Sitting, chosen: Cell) -> None:
    """A typical image in each cell, the larger the more mistakes are like it."""
    confusion = sitting.exam.total.confusion
    typical = sitting.exam.typical()
    there = typical >= 0
    places = np.where(there, there.cumsum().reshape(typical.shape) - 1, -1)
    cells = list(np.ndindex(CLASSES, CLASSES))
    confusion_grid(
        confusion.numpy(),
        sitting.digits.images[typical[there]].numpy(),
        places,
        [cell_words(confusion, label, answer) for label, answer in cells],
        matrix_words(confusion),
        GRID,
        chosen=[
            number
            for number, cell in enumerate(cells)
            if all(taken in (None, own) for taken, own in zip(chosen, cell, strict=True))
        ],
        on_choose=lambda label, answer: choose((label, answer)),
    )


def choose(cell: Cell) -> None:
    """Make this the chosen cell."""
    visit().exam.cell = cell


def chosen_cell(sitting: Sitting) -> Cell:
    """What the visitor chose, at first the most frequent mistake."""
    chosen = visit().exam.cell
    return chosen or worst_cell(sitting.exam.total.confusion) or (0, 0)


def show_cell(sitting: Sitting, label: int | None, answer: int | None) -> None:
    """The images of the cell, the surest first; two lists, for those who do not click."""
    offer_lists((label, answer))
    chosen = sitting.exam.in_cell(label, answer)
    title = cell_title(label, answer)
    images = "image" if len(chosen) == 1 else "images"
    st.markdown(f"**{title}: {len(chosen):,} {images}**")
    if len(chosen):
        show_images(sitting, chosen[:SHOWN], title)
    if len(chosen) > SHOWN:
        st.caption(f"{SHOWN} of them, the surest answers first.")
    digit = label if label is not None else answer
    if digit is not None:
        with st.popover(f"How well does it know {NAMES[digit]}?"):
            st.markdown(digit_words(digit_score(sitting.exam.total.confusion, digit)))


def offer_lists(cell: Cell) -> None:
    """The digit it was, and the answer."""
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


def show_images(sitting: Sitting, chosen: np.ndarray, title: str) -> None:
    """Some images of the exam side by side."""
    names = [title] * len(chosen)
    images = sitting.digits.images[chosen].numpy()
    wall(images, names, f"{len(chosen)} images: {title}", "exam-cell", tile=40)
