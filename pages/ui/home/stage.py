"""The stage of Home: a digit drawn on the pad is read by the network in use; the way to train one.

The stage itself is a widget, pages/ui/widgets/stage, which Predict shows as well.
"""

from __future__ import annotations

import streamlit as st

from pages.ui import shell
from pages.ui.state.networks import first_to_ask
from pages.ui.widgets.stage.given import Given, from_drawing
from pages.ui.widgets.stage.readings import Readings
from pages.ui.widgets.stage.show import pad, show_stage
from pages.ui.widgets.take_home.offer import offer_reading


@st.fragment
def show_home_stage() -> None:
    """The pad and what a network makes of it: nothing else is drawn again after a stroke."""
    show_stage(lambda: from_drawing(pad("home")), first_to_ask(), train_your_own)


def train_your_own(given: Given, readings: Readings) -> None:
    """The one primary button of Home, and beside it what there is to take home."""
    with st.container(horizontal=True, gap="small"):
        if st.button("Train your own", type="primary", icon=":material/model_training:"):
            shell.go("train")
        offer_reading(given, readings)
