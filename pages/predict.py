"""Predict: draw a digit, or show one on a picture, and see how a network reads it."""

from __future__ import annotations

import streamlit as st

from pages.ui import shell
from pages.ui.predict.stages import show_stages
from pages.ui.predict.ways import WAYS, hand_over
from pages.ui.predict.wrong import ask_what_it_is
from pages.ui.state import server
from pages.ui.state.networks import ask_network, first_to_ask, networks
from pages.ui.state.own_digits import remember
from pages.ui.widgets.dropdown import dropdown
from pages.ui.widgets.stage.show import layout_css, show_stage


@st.fragment
def read_a_digit() -> None:
    """The digit and its answer: nothing else on the page is drawn again after a stroke."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="ways"):
        way = st.segmented_control(
            "Your digit",
            list(WAYS),
            format_func=WAYS.get,
            default="draw",
            required=True,
            label_visibility="collapsed",
        )
        choose_reader()
    given = show_stage(lambda: hand_over(way), first_to_ask(), ask_what_it_is)
    show_stages(given.digits)
    remember()


def choose_reader() -> None:
    """Which network reads."""
    known = {each.key: each for each in networks()}
    dropdown(
        "Who reads it",
        list(known),
        first_to_ask().key,
        ask_network,
        "reader",
        format_func=lambda key: known[key].label,
        term="run",
    )


shell.set_up("predict", wide=True)
st.html(layout_css(above="22.5rem"))
# One pixel high until the style sheet is there: what came earlier would have to jump to its place.
with st.container(height=1, border=False, key="stage-page"):
    shell.show_heading("predict")
    read_a_digit()
    shell.next_page("learn", "now you have seen what it can do. Ten short lessons tell how")
server.warm_up()  # for the first stroke
