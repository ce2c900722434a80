"""Predict: draw a digit, or show one on a picture, and see how a network reads it."""

from __future__ import annotations

import streamlit as st

from pages.ui import shell
from pages.ui.predict.stages import show_stages
from pages.ui.predict.ways import WAYS, ask
from pages.ui.predict.wrong import show_count
from pages.ui.state import server
from pages.ui.state.networks import ask_network, first_to_ask, networks
from pages.ui.state.own_digits import remember
from pages.ui.widgets.dropdown import dropdown


@st.fragment
def read_a_digit() -> None:
    """The digit and its answer: nothing else on the page is drawn again after a stroke."""
    known = {each.key: each for each in networks()}
    chosen = first_to_ask().key
    dropdown(
        "Who reads it",
        list(known),
        chosen,
        ask_network,
        "reader",
        format_func=lambda key: known[key].label,
        term="run",
    )
    way = st.segmented_control(
        "Your digit", list(WAYS), format_func=WAYS.get, default="draw", required=True
    )
    left, right = st.columns([5, 6], gap="medium")
    digits = ask(way, known[chosen], left, right)
    with right:
        show_count(answered=bool(digits))
    if digits and st.toggle("Show how your digit becomes what the network sees", key="steps"):
        show_stages(digits)
    remember()


shell.start_page("predict")
read_a_digit()
shell.next_page("learn", "now you have seen what it can do. Ten short lessons tell how it does it")
server.warm_up()  # for the first stroke
