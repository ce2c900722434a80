"""Lesson 4: one digit goes through the tutorial network, with every number on its way."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.charts.lessons.rows import in_one_line, strip
from core.lessons.no_digits import answers_to_shapes
from core.lessons.units import answer_of, passage, silent
from pages.ui.state import server
from pages.ui.widgets.digit_picker import pick_digit
from pages.ui.widgets.pictures import picture
from pages.ui.widgets.reading import STYLE, bar_html
from pages.ui.widgets.wall import wall
from pages.ui.words.numbers import percent

ROWS = 28


@st.fragment
def show() -> None:
    """784 numbers, 100, 50, 10 scores, 10 shares."""
    image, digit = pick_digit("forward")
    row = st.slider("Follow one row of the picture", 1, ROWS, 14) - 1
    passed = passage(server.shipped("tutorial").model, image)
    left, right = st.columns([1, 3], vertical_alignment="center")
    square, line = in_one_line(image.numpy(), row)
    with left:
        st.html(_image(picture(square), f"A {digit}; row {row + 1} is tinted", "112px", "112px"))
    with right:
        st.markdown("**784 numbers in a row**: row after row is laid in one line (*flatten*).")
        st.html(_image(picture(line), f"All rows in one line; row {row + 1} is tinted"))
    for name, words in (
        ("activation_1", "hidden units of layer 1. Bright: they hand on much."),
        ("activation_2", "hidden units of layer 2."),
    ):
        values = passed[name]
        quiet = silent(values)
        st.markdown(f"**{len(values)}** {words} {quiet} of them stay silent.")
        st.html(_image(picture(strip(values)), f"{len(values)} units, {quiet} of them silent"))
    _answers(passed["output"], passed["probabilities"], digit)
    _no_digits()


def _answers(scores: np.ndarray, shares: np.ndarray, digit: int) -> None:
    answer = answer_of(scores)
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


def _no_digits() -> None:
    """What it says where none of the ten answers is right."""
    said = answers_to_shapes(server.shipped("tutorial").model)
    st.markdown("**And if it is no digit?** Below each drawing: what the network says to it.")
    captions = [
        f"{answer}, {percent(float(sure), 0)}"
        for answer, sure in zip(said.answers, said.sure, strict=True)
    ]
    wall(
        said.images,
        [f"{name}: {words}" for name, words in zip(said.names, captions, strict=True)],
        "Drawings that are no digit, and what the tutorial network says to them",
        "no-digits",
        tile=64,
        captions=captions,
    )


def _image(address: str, alt: str, width: str = "100%", height: str = "28px") -> str:
    return (
        f'<img src="{address}" alt="{alt}" style="image-rendering:pixelated;width:{width};'
        f'height:{height};border:1px solid rgba(128,128,128,.5);border-radius:3px">'
    )
