"""The exhibit's pad: the stage of Home, and the one thing to do next.

Until somebody touches it, the recorded digits play on it: that is what draws people near.
"""

from __future__ import annotations

import streamlit as st

from pages.ui.kiosk.guard import forget
from pages.ui.kiosk.runs import begin_run, trained_network
from pages.ui.state.networks import first_to_ask
from pages.ui.state.visit import visit
from pages.ui.widgets.stage.given import Given, from_drawing
from pages.ui.widgets.stage.readings import Readings
from pages.ui.widgets.stage.show import pad, show_stage
from pages.ui.words.numbers import unmarked


def show_drawing() -> None:
    """A sentence, the pad, the network at work."""
    yours = visit().exhibit.run is not None
    st.title("Draw for your network" if yours else "Draw a digit", anchor=False)
    read_a_digit()


@st.fragment
def read_a_digit() -> None:
    """Nothing else is drawn again after a stroke."""
    network = trained_network() or first_to_ask()
    show_stage(lambda: from_drawing(pad("exhibit")), network, show_what_next)


def show_what_next(given: Given, readings: Readings) -> None:
    """Let a network learn; where one has, a fresh start."""
    if visit().exhibit.run is None:
        if st.button("Watch one learn", type="primary", icon=":material/play_arrow:", key="learn"):
            begin_run()
            st.rerun()
        if problem := visit().notice:
            st.warning(unmarked(problem), icon=":material/hourglass_top:")
            visit().notice = ""
    else:
        st.button("Start over", icon=":material/restart_alt:", key="again", on_click=forget)
