"""Lesson 4: one digit goes through the tutorial network, with every number on its way."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.ui import state
from pages.ui.widgets.digit_picker import pick_digit
from pages.ui.widgets.reading import STYLE, bar_html, picture
from pages.ui.words.numbers import percent

ROWS = 28
MARK = np.array([230, 159, 0])  # orange: the row of the picture that is pointed at


@st.fragment
def show() -> None:
    """784 numbers, 100, 50, 10 scores, 10 shares."""
    from core.lessons.measures import passage

    image, digit = pick_digit("forward")
    row = st.slider("Follow one row of the picture", 1, ROWS, 14) - 1
    passed = passage(state.shipped("tutorial").model, image)
    left, right = st.columns([1, 3], vertical_alignment="center")
    square, strip = marked(image.numpy(), row)
    with left:
        st.html(_image(picture(square), f"A {digit}; row {row + 1} is tinted", "112px", "112px"))
    with right:
        st.markdown("**784 numbers in a row**: row after row is laid in one line (*flatten*).")
        st.html(_image(picture(strip), f"All rows in one line; row {row + 1} is tinted"))
    for name, words in (
        ("activation_1", "hidden units of layer 1. Bright: they hand on much."),
        ("activation_2", "hidden units of layer 2."),
    ):
        values = passed[name]
        silent = int((values == 0).sum())
        st.markdown(f"**{len(values)}** {words} {silent} of them stay silent.")
        st.html(_image(picture(_strip(values)), f"{len(values)} units, {silent} of them silent"))
    _answers(passed["output"], passed["probabilities"], digit)


def marked(image: np.ndarray, row: int) -> tuple[np.ndarray, np.ndarray]:
    """The image and the same in one line, uint8 (28, 28, 3) and (1, 784, 3), a row of it tinted."""
    grey = np.repeat((image * 255).round()[..., None], 3, axis=2)
    grey[row] = 0.5 * grey[row] + 0.5 * MARK
    square = grey.astype(np.uint8)
    return square, square.reshape(1, -1, 3)


def _strip(values: np.ndarray) -> np.ndarray:
    """Values from 0 up as greys, float (1, n) in [0, 1]."""
    return values[None] / (values.max() or 1.0)


def _answers(scores: np.ndarray, shares: np.ndarray, digit: int) -> None:
    answer = int(scores.argmax())
    st.markdown("**10 scores** (*logits*), one for each answer. The largest wins.")
    columns = "".join(
        f'<div style="font-weight:{"bold" if place == answer else "normal"}">{place}<br>'
        f"{score:.1f}</div>"
        for place, score in enumerate(scores.tolist())
    )
    st.html(
        '<div style="display:grid;grid-template-columns:repeat(10,1fr);text-align:center;'
        f'font-size:.85rem;font-variant-numeric:tabular-nums">{columns}</div>'
    )
    st.markdown("The same as **shares of 100 %** (*softmax*):")
    rows = "".join(bar_html(each, share, each == answer) for each, share in enumerate(shares))
    st.html(f'{STYLE}<div class="reading"><div class="bars">{rows}</div></div>')
    verdict = "correctly" if answer == digit else f"wrongly: it is a {digit}"
    st.markdown(
        f"It says **{answer}**, {verdict}. It gives this answer {percent(float(shares[answer]))}."
    )
    st.caption("The tutorial network that comes with the app. It never learned from this image.")


def _image(address: str, alt: str, width: str = "100%", height: str = "28px") -> str:
    return (
        f'<img src="{address}" alt="{alt}" style="image-rendering:pixelated;width:{width};'
        f'height:{height};border:1px solid rgba(128,128,128,.5);border-radius:3px">'
    )
