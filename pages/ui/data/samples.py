"""A wall of digits, and one of them large with the numbers that a network is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.ui import state
from pages.ui.widgets.dataset_picker import ALL, choose_digits
from pages.ui.widgets.wall import large, wall

if TYPE_CHECKING:
    import numpy as np

    from core.data import DigitDataset, Digits

ON_THE_WALL = 48

NUMBERS_STYLE = """<style>
.numbers { overflow-x: auto; }
.numbers table { border-collapse: collapse; margin: 0 auto; }
.numbers td { padding: 0; border: 1px solid #333; min-width: 23px; height: 23px; font-size: 11px;
  text-align: center; background: #000; color: #999; font-variant-numeric: tabular-nums; }
@media (max-width: 640px) { .numbers .edge { display: none; }
  .numbers td { min-width: 19px; font-size: 10px; } }
</style>"""


@st.fragment
def show_wall(dataset: DigitDataset) -> None:
    """Digits chosen at random, and one of them large, with its numbers."""
    from core.gallery.measures import sample

    digits = dataset.train
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        digit = choose_digits("wall-of")
    right.button("Show others", icon=":material/shuffle:", on_click=turn_over, key="others")
    turn = state.recall("wall-turn", 0)
    shown = sample(digits.labels, None if digit == ALL else digit, ON_THE_WALL, turn).tolist()
    which = f"{dataset.name}-{digit}-{turn}"
    if state.recall("wall-shown") != which:  # another wall: look at its first digit
        state.keep("wall-shown", which)
        state.keep("data-image", shown[0])
    chosen = min(state.recall("data-image"), len(digits) - 1)
    wall(
        digits.images[shown].numpy(),
        [f"{label}, image {at + 1:,}" for label, at in labelled(digits, shown)],
        f"{len(shown)} digits chosen at random",
        f"wall-{which}",
        tile=54,
        chosen=shown.index(chosen) if chosen in shown else -1,
        on_choose=lambda tile: state.keep("data-image", shown[tile]),
    )
    st.caption(f"{len(shown)} of the {len(digits):,} training images. Choose one to see it large.")
    show_one(digits, chosen)


def turn_over() -> None:
    """Other digits on the wall, from the next run on."""
    state.keep("wall-turn", state.recall("wall-turn", 0) + 1)


def labelled(digits: Digits, places: list[int]) -> list[tuple[int, int]]:
    """The label of each image, and where it lies."""
    return list(zip(digits.labels[places].tolist(), places, strict=True))


def show_one(digits: Digits, place: int) -> None:
    """One image, large, as a picture and as the numbers that a network is given."""
    image, label = digits.images[place].numpy(), int(digits.labels[place])
    st.markdown("#### A picture is 784 numbers")
    left, right = st.columns([1, 3], vertical_alignment="center")
    left.html(large(image, f"Image {place + 1}, a {label}"))
    key = f"number-{place}"  # a new field for every image, so that it shows the image's number

    def go_to() -> None:
        state.keep("data-image", state.widget_value(key) - 1)

    with right.popover(f"Image {place + 1:,} of {len(digits):,}", icon=":material/search:"):
        st.number_input("Image number", 1, len(digits), place + 1, key=key, on_change=go_to)
    ink = int((image > 0).sum())
    right.markdown(
        f"Its label says **{label}**. {ink} of its 784 squares hold ink, the others are 0. "
        f"The largest number is {image.max()}; no number can be larger than 255."
    )
    show_numbers(image)


def show_numbers(image: np.ndarray) -> None:
    """All numbers of an image, uint8 (28, 28), and what they are."""
    st.html(NUMBERS_STYLE + numbers_html(image))
    st.caption(
        "28 rows of 28 numbers (*pixels*): 0 is black, 255 is white. A network divides them by "
        "255 and sees nothing else. A narrow screen leaves out the empty edge."
    )


def numbers_html(image: np.ndarray) -> str:
    """The numbers of an image, uint8 (28, 28), each on a square of its own brightness.

    Rows and columns outside the ink are marked as edge: a phone leaves them out.
    """
    rows, columns = image.any(axis=1), image.any(axis=0)
    first, last = columns.argmax(), len(columns) - columns[::-1].argmax() - 1
    top, bottom = rows.argmax(), len(rows) - rows[::-1].argmax() - 1

    def cell(value: int, column: int) -> str:
        edge = "" if first <= column <= last else ' class="edge"'
        ink = "#000" if value > 127 else "#fff"
        shade = f' style="background:rgb({value},{value},{value});color:{ink}"' if value else ""
        return f"<td{edge}{shade}>{value}</td>"

    lines = "".join(
        ("<tr>" if top <= row <= bottom else '<tr class="edge">')
        + "".join(cell(value, column) for column, value in enumerate(values))
        + "</tr>"
        for row, values in enumerate(image.tolist())
    )
    alt = "The image as 28 rows of 28 numbers"
    return f'<div class="numbers" role="img" aria-label="{alt}"><table>{lines}</table></div>'
