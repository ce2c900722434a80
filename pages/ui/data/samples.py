"""A wall of digits; the one that is pointed at is large, with the numbers that a network is given.

How it is drawn is in pages/ui/frontend/digit_wall.js.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.data import DigitDataset, Digits
from core.gallery.samples import sample
from core.gallery.writers import described
from pages.ui.frontend.components import component
from pages.ui.state.visit import visit, widget_value
from pages.ui.widgets.choosing.dataset_picker import ALL, choose_digits
from pages.ui.widgets.digits.pictures import picture

ON_THE_WALL = 360  # at most: a narrow screen has room for fewer

# As high as what is in it, before its script is there.
ROOM = """<style>.st-key-digit-wall { min-height: 32rem; }
@media (max-width: 720px) { .st-key-digit-wall { min-height: 56rem; } }</style>"""
HTML = """<div class="digits"><div class="tiles" role="group"></div>
<div class="closer"><canvas class="large" role="img"></canvas><p role="status"></p>
<canvas class="numbers" role="img" aria-label="The numbers of the image"></canvas></div>
</div>"""

_component = component("digit_wall", HTML, scripts=("digit_wall.js", "short_name.js"))


@st.fragment
def show_wall(dataset: DigitDataset) -> None:
    """Digits chosen at random, one of them large, with its numbers."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        digit = choose_digits("wall-of")
        st.button("Show others", icon=":material/shuffle:", on_click=turn_over, key="others")
        choose_by_number(len(digits_of(dataset)))
    _component(key="digit-wall", data=on_the_wall(dataset, None if digit == ALL else digit))
    st.caption(
        f"{what_it_is(dataset)} Point at one, or tap it: a network gets its numbers (*pixels*), "
        "from 0 (black) to 255 (white). The black edge is left out here."
    )
    st.html(ROOM)


def digits_of(dataset: DigitDataset) -> Digits:
    """What is on the wall: training images; where these are drawings varied, the drawings."""
    return dataset.written or dataset.train


def what_it_is(dataset: DigitDataset) -> str:
    """The same in words."""
    images = f"{len(dataset.train):,} training images"
    if dataset.written is None:
        return f"Some of {images}."
    return f"The {len(dataset.written):,} drawings of which the {images} are made."


def choose_by_number(count: int) -> None:
    """Any image can be put on the wall, as its first."""
    chosen = visit().data.image
    key = f"number-{chosen}"  # a new field for every image, so that it shows the image's number

    def go_to() -> None:
        visit().data.image = widget_value(key) - 1

    with st.popover("Find by number", icon=":material/search:"):
        st.number_input(
            "Image number",
            1,
            count,
            None if chosen is None else min(chosen, count - 1) + 1,
            key=key,
            on_change=go_to,
        )


def on_the_wall(dataset: DigitDataset, digit: int | None) -> dict[str, Any]:
    """What the browser shows: images of this digit, or of all; the one asked for comes first."""
    digits, asked = digits_of(dataset), visit().data.image
    shown = sample(digits.labels, digit, ON_THE_WALL, visit().data.wall_turn).tolist()
    if asked is not None:
        shown = [min(asked, len(digits) - 1), *shown[1:]]
    labels = digits.labels[shown].tolist()
    return {
        "sheet": picture(digits.images[shown].reshape(-1, digits.images.shape[2]).numpy()),
        "labels": labels,
        "names": [
            f"a {n}, image {at + 1:,}{origin(dataset, at)}"
            for n, at in zip(labels, shown, strict=True)
        ],
        "label": f"{len(shown)} digits chosen at random",
    }


def origin(dataset: DigitDataset, place: int) -> str:
    """Who wrote a training image, where that is known, to follow other words."""
    writers = digits_of(dataset).writers
    return "" if writers is None else f", {described(dataset.writers[writers[place]])}"


def turn_over() -> None:
    """Other digits on the wall, from the next run on."""
    visit().data.wall_turn += 1
    visit().data.image = None
