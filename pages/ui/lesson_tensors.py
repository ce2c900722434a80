"""Lesson 1: a real digit from afar, as squares, and as the numbers that it is."""

from __future__ import annotations

import streamlit as st

from pages.ui import state
from pages.ui.digit_picker import pick_digit
from pages.ui.lesson_words import source
from pages.ui.reading import picture

ZOOMS = {"picture": "The picture", "squares": "Its squares", "numbers": "Their numbers"}
SIDES = {"squares": 28, "numbers": 9}
MIDDLE = (13, 13)


@st.fragment
def show() -> None:
    """A digit at one of three zoom levels, and the square that was pointed at."""
    from core.lesson_figures import pixel_grid

    image, digit = pick_digit("tensors")
    zoom = st.segmented_control(
        "Zoom", list(ZOOMS), format_func=ZOOMS.get, default="picture", required=True, key="zoom"
    )
    pixels = (image * 255).round().byte().numpy()
    if zoom == "picture":
        st.html(
            f'<img src="{picture(pixels)}" alt="A handwritten {digit}, small" width="112" '
            'style="border-radius:4px">'
        )
    else:
        row, column = state.recall("lesson-pixel", MIDDLE)
        key = f"pixels-{zoom}"
        st.plotly_chart(
            pixel_grid(pixels, row, column, SIDES[zoom]),
            key=key,
            on_select=lambda: _point_at(key),
            selection_mode="points",
            config={"displayModeBar": False},
            alt=f"A handwritten {digit} as squares. Row {row}, column {column} is framed.",
        )
        st.markdown(
            f"Row **{row}**, column **{column}** holds **{pixels[row, column]}** of 255: "
            f"{shade(pixels[row, column])}. The network is given it divided by 255: "
            f"**{image[row, column]:.3f}**."
        )
    st.caption(
        f"A {digit} from {source()}: {image.shape[0]} rows of {image.shape[1]} numbers, "
        f"{image.numel()} in all. As a *tensor* it has the shape {tuple(image.shape)}."
    )


def _point_at(key: str) -> None:
    """Remember the square that was clicked."""
    points = state.widget_value(key).selection.points
    if points:
        state.keep("lesson-pixel", (int(points[0]["y"]), int(points[0]["x"])))


def shade(value: int) -> str:
    """A pixel's number in a word."""
    if value == 0:
        return "black, no ink"
    return "nearly white, much ink" if value > 200 else "grey, a little ink"
