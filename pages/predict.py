"""Predict: draw a digit, or show one on a picture, and see how a network reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.ui import shell, state
from pages.ui.widgets.canvas import drawing_box
from pages.ui.widgets.dropdown import dropdown
from pages.ui.widgets.reading import read_drawing, read_picture, show_stages

if TYPE_CHECKING:
    from core.drawing import Prepared

WAYS = {"draw": "Draw", "file": "Upload a picture", "camera": "Take a photo"}


@st.fragment
def read_a_digit() -> None:
    """The digit and its answer: nothing else on the page is drawn again after a stroke."""
    networks = {each.key: each for each in state.networks()}
    asked = state.asked_network()
    chosen = asked if asked in networks else next(iter(networks))
    dropdown(
        "Who reads it",
        list(networks),
        chosen,
        state.ask_network,
        "reader",
        format_func=lambda key: networks[key].label,
        term="run",
    )
    way = st.segmented_control(
        "Your digit", list(WAYS), format_func=WAYS.get, default="draw", required=True
    )
    left, right = st.columns([5, 6], gap="medium")
    prepared = ask(way, networks[chosen], left, right)
    if prepared and st.toggle("Show how your digit becomes what the network sees", key="steps"):
        show_stages(prepared)


def ask(way: str, network: state.Network, left, right) -> Prepared | None:
    """Take the digit on the left, show the answer on the right."""
    if way == "draw":
        with left:
            drawing = drawing_box("predict")
        with right:
            return read_drawing(
                drawing,
                network,
                "Draw a digit from 0 to 9 in the white box: the answer appears here at once.",
            )
    with left:
        if way == "file":
            file = st.file_uploader(
                "A photo or scan of one digit on plain paper, at most 15 MB",
                type=["jpg", "jpeg", "png", "webp", "gif", "bmp"],
            )
        else:
            file = st.camera_input("One digit, written large on plain paper")
    with right:
        if file is not None:
            return read_picture(file.getvalue(), network)
        st.info("Write one large digit on plain paper.", icon=":material/photo_camera:")
    return None


shell.start_page("predict")
read_a_digit()
shell.next_page("learn", "now you have seen what it can do. Ten short lessons tell how it does it")
state.warm_up()  # for the first stroke
