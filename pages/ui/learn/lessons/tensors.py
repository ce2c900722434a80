"""Lesson 1: a digit as squares and as the numbers that it is; afterwards a stack of many."""

from __future__ import annotations

import streamlit as st

from core.charts.mosaics import digits_mosaic
from core.config import TrainingConfig
from core.data import scaled
from core.lessons.digits import pixels
from pages.ui.learn.pixel_squares import pixel_squares
from pages.ui.state import server
from pages.ui.widgets.choosing.digit_picker import pick_digit
from pages.ui.widgets.digits.pictures import mosaic_html

COLUMNS = 32  # digits side by side in the stack


@st.fragment
def show() -> None:
    """A digit whose squares can be pointed at."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        image, digit = pick_digit("tensors")
    pixel_squares(pixels(image), "pixel-squares", f"A handwritten {digit} as 28 by 28 squares")


def reveal() -> None:
    """As many tables as a network is given at a time."""
    stack = server.lesson_digits().validation.images[: TrainingConfig().batch_size]
    sheet = digits_mosaic(scaled(stack).numpy(), COLUMNS)
    st.html(mosaic_html(sheet, f"{len(stack)} digits side by side", tile=38))
