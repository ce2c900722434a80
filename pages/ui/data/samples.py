"""A wall of digits, and one of them large with the numbers that a network is given."""

from __future__ import annotations

import streamlit as st

from core.data import DigitDataset, Digits
from core.gallery.ink import inked_pixels
from core.gallery.samples import sample
from core.gallery.writers import described
from pages.ui.state.visit import visit, widget_value
from pages.ui.widgets.dataset_picker import ALL, choose_digits
from pages.ui.widgets.pictures import large
from pages.ui.widgets.pixel_numbers import show_numbers
from pages.ui.widgets.wall import wall

ON_THE_WALL = 48


@st.fragment
def show_wall(dataset: DigitDataset) -> None:
    """Digits chosen at random, and one of them large, with its numbers."""
    digits = dataset.train
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        digit = choose_digits("wall-of")
    right.button("Show others", icon=":material/shuffle:", on_click=turn_over, key="others")
    turn = visit().data.wall_turn
    shown = sample(digits.labels, None if digit == ALL else digit, ON_THE_WALL, turn).tolist()
    which = f"{dataset.name}-{digit}-{turn}"
    if visit().data.wall != which:  # another wall: look at its first digit
        visit().data.wall = which
        visit().data.image = shown[0]
    chosen = min(visit().data.image, len(digits) - 1)
    labels = digits.labels[shown].tolist()
    wall(
        digits.images[shown].numpy(),
        [
            f"{label}, image {at + 1:,}{origin(dataset, at)}"
            for label, at in zip(labels, shown, strict=True)
        ],
        f"{len(shown)} digits chosen at random",
        f"wall-{which}",
        tile=54,
        chosen=shown.index(chosen) if chosen in shown else -1,
        on_choose=lambda tile: look_at(shown[tile]),
    )
    st.caption(f"{len(shown)} of the {len(digits):,} training images. Choose one to see it large.")
    show_one(digits, chosen, origin(dataset, chosen))


def origin(dataset: DigitDataset, place: int) -> str:
    """Who wrote a training image, where that is known, to follow other words."""
    writers = dataset.train.writers
    return "" if writers is None else f", {described(dataset.writers[writers[place]])}"


def look_at(place: int) -> None:
    """Show this image large, from the next run on."""
    visit().data.image = place


def turn_over() -> None:
    """Other digits on the wall, from the next run on."""
    visit().data.wall_turn += 1


def show_one(digits: Digits, place: int, origin: str) -> None:
    """One image, large, as a picture and as the numbers that a network is given."""
    image, label = digits.images[place].numpy(), int(digits.labels[place])
    st.markdown("#### A picture is 784 numbers")
    left, right = st.columns([1, 3], vertical_alignment="center")
    left.html(large(image, f"Image {place + 1}, a {label}"))
    key = f"number-{place}"  # a new field for every image, so that it shows the image's number

    def go_to() -> None:
        visit().data.image = widget_value(key) - 1

    with right.popover(f"Image {place + 1:,} of {len(digits):,}", icon=":material/search:"):
        st.number_input("Image number", 1, len(digits), place + 1, key=key, on_change=go_to)
    right.markdown(
        f"Its label says **{label}**{origin}. {inked_pixels(image)} of its 784 squares hold ink, "
        f"the others are 0. The largest number is {image.max()}; no number can be larger than 255."
    )
    show_numbers(image)
