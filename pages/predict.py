"""Predict: draw a digit and see how a network reads it."""

import streamlit as st

from pages.ui import shell, state
from pages.ui.canvas import drawing_box
from pages.ui.reading import read_drawing

shell.start_page("predict")


@st.fragment
def draw_and_read() -> None:
    """The canvas and its answer: nothing else on the page is drawn again after a stroke."""
    networks = {each.key: each for each in state.networks()}
    chosen = st.selectbox(
        "Who reads it",
        list(networks),
        format_func=lambda key: networks[key].label,
        help="Your newest finished run answers first. You can ask any other network.",
    )
    left, right = st.columns([5, 6], gap="medium")
    with left:
        drawing = drawing_box("predict")
    with right:
        read_drawing(drawing, networks[chosen], "Draw a digit from 0 to 9 in the white box.")


draw_and_read()
shell.next_page("train", "teach a network of your own, then let it read your digits")
