"""Lesson 1: a digit from afar, as squares and as the numbers that it is; and a stack of many."""

from __future__ import annotations

import streamlit as st

from core.charts.lessons.pixel_grid import pixel_grid
from core.charts.mosaics import digits_mosaic
from core.config import TrainingConfig
from core.data import scaled
from core.lessons.digits import pixels as whole_numbers
from pages.ui.learn.lesson_parts import show_chart, source
from pages.ui.state import server
from pages.ui.state.visit import visit, widget_value
from pages.ui.widgets.digit_picker import pick_digit
from pages.ui.widgets.pictures import mosaic_html, picture
from pages.ui.widgets.pixel_numbers import show_numbers

ZOOMS = {
    "picture": "The picture",
    "squares": "Its squares",
    "numbers": "Some numbers",
    "all": "All 784 numbers",
}
SIDES = {"squares": 28, "numbers": 9}
STACK_COLUMNS = 16  # of the digits of a batch


@st.fragment
def show() -> None:
    """A digit at a chosen zoom, and the square that was pointed at; below, a batch."""
    image, digit = pick_digit("tensors")
    zoom = st.segmented_control(
        "Zoom", list(ZOOMS), format_func=ZOOMS.get, default="picture", required=True, key="zoom"
    )
    pixels = whole_numbers(image)
    if zoom == "picture":
        st.html(
            f'<img src="{picture(pixels)}" alt="A handwritten {digit}, small" width="112" '
            'style="border-radius:4px">'
        )
    elif zoom == "all":
        show_numbers(pixels)
    else:
        row, column = visit().learn.pixel
        key = f"pixels-{zoom}"
        show_chart(
            pixel_grid(pixels, row, column, SIDES[zoom]),
            key=key,
            on_select=lambda: _point_at(key),
            selection_mode="points",
            alt=f"A handwritten {digit} as squares. Row {row + 1}, column {column + 1} is framed.",
        )
        st.markdown(
            f"Row **{row + 1}**, column **{column + 1}** holds **{pixels[row, column]}** of 255: "
            f"{shade(pixels[row, column])}. The network is given it divided by 255: "
            f"**{image[row, column]:.3f}**."
        )
    st.caption(
        f"A {digit} from {source()}: {image.shape[0]} rows of {image.shape[1]} numbers, "
        f"{image.numel()} in all. As a *tensor* it has the shape {tuple(image.shape)}."
    )
    show_stack()


def show_stack() -> None:
    """A batch: as many tables as a network is given at a time, side by side."""
    size = TrainingConfig().batch_size
    stack = server.lesson_digits().validation.images[:size]
    sheet = digits_mosaic(scaled(stack).numpy(), STACK_COLUMNS)
    st.html(mosaic_html(sheet, f"{len(stack)} digits side by side", tile=32))
    st.caption(f"A stack of {len(stack)} such tables (*batch*): its shape is {tuple(stack.shape)}.")


def _point_at(key: str) -> None:
    """Remember the square that was clicked."""
    points = widget_value(key).selection.points
    if points:
        visit().learn.pixel = (int(points[0]["y"]), int(points[0]["x"]))


def shade(value: int) -> str:
    """A pixel's number in a word."""
    if value == 0:
        return "black, no ink"
    if value < 85:
        return "dark grey, a little ink"
    return "nearly white, much ink" if value > 170 else "grey, some ink"
