"""Predict: draw a digit, or show one on a picture, and see how a network reads it."""

from __future__ import annotations

import streamlit as st

from pages.ui import shell
from pages.ui.predict.stages import show_stages
from pages.ui.predict.teach import teach_your_hand
from pages.ui.predict.ways import WAYS, hand_over
from pages.ui.state import server
from pages.ui.state.networks import first_to_ask
from pages.ui.state.own_digits import remember
from pages.ui.widgets.stage.given import Given
from pages.ui.widgets.stage.readings import Readings
from pages.ui.widgets.stage.show import layout_css, show_stage
from pages.ui.widgets.stage.wrong import ask_what_it_is
from pages.ui.widgets.take_home.offer import offer_reading


@st.fragment
def read_a_digit() -> None:
    """The digit and its answer: nothing else on the page is drawn again after a stroke."""
    with st.container(key="ways"):
        way = st.segmented_control(
            "Your digit",
            list(WAYS),
            format_func=WAYS.get,
            default="draw",
            required=True,
            label_visibility="collapsed",
        )
    is_drawn = way == "draw"
    given = show_stage(
        lambda: hand_over(way),
        first_to_ask(),
        show_what_can_be_done,
        shell.go if is_drawn else None,
    )
    show_stages(given.digits, is_drawn=is_drawn)
    teach_your_hand()
    remember()


def show_what_can_be_done(given: Given, readings: Readings) -> None:
    """Under an answer: take it home, or say that it is wrong."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        offer_reading(given, readings)
        ask_what_it_is(given, readings, shell.go)


with shell.page("predict"):
    st.html(layout_css(above="16rem"))
    read_a_digit()
    room = shell.PAGES["room"]
    shell.link(room, "Draw with a whole room", room.icon)
    shell.next_page("runs", "compare networks, or take one home")
    server.warm_up()  # for the first stroke
