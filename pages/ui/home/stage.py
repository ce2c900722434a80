"""The stage of Home: a digit drawn on the pad is read by the network in use; the way to train one.

The stage itself is a widget, pages/ui/widgets/stage, which Predict shows as well.
"""

from __future__ import annotations

import streamlit as st

from pages.ui import shell
from pages.ui.state.networks import first_to_ask
from pages.ui.state.own_digits import remember
from pages.ui.widgets.stage.given import Given, from_drawing
from pages.ui.widgets.stage.readings import Readings
from pages.ui.widgets.stage.show import pad, show_stage
from pages.ui.widgets.stage.wrong import ask_what_it_is
from pages.ui.widgets.take_home.offer import offer_reading


@st.fragment
def show_home_stage() -> None:
    """The pad and what a network makes of it: nothing else is drawn again after a stroke."""
    show_stage(lambda: from_drawing(pad("home")), first_to_ask(), train_your_own, shell.go)
    remember()


def train_your_own(given: Given, readings: Readings) -> None:
    """The one primary button of Home; beside it, to take the answer home or to say it is wrong."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.button("Train your own", type="primary", icon=":material/model_training:"):
            shell.go("train")
        offer_reading(given, readings)
        ask_what_it_is(given, readings, shell.go)
