"""Predict: draw a digit, or show one on a picture, and see how a network reads it."""

from __future__ import annotations

import streamlit as st

from pages.ui import shell
from pages.ui.predict.stages import show_stages
from pages.ui.predict.ways import WAYS, ask
from pages.ui.predict.wrong import show_count
from pages.ui.state import server
from pages.ui.state.networks import first_to_ask
from pages.ui.state.own_digits import remember


@st.fragment
def read_a_digit() -> None:
    """The digit and its answer: nothing else on the page is drawn again after a stroke."""
    way = st.segmented_control(
        "Your digit", list(WAYS), format_func=WAYS.get, default="draw", required=True
    )
    left, right = st.columns([5, 6], gap="medium")
    digits = ask(way, first_to_ask(), left, right)
    with right:
        show_count(answered=bool(digits))
    if digits and st.toggle("Show how your digit becomes what the network sees", key="steps"):
        show_stages(digits)
    remember()


with shell.page("predict"):
    read_a_digit()
    shell.next_page("learn", "how does it do that? Ten short lessons tell")
    server.warm_up()  # for the first stroke
