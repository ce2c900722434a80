"""Of one run: the card with the visitor's digit read by it, and its network in one file."""

from __future__ import annotations

import streamlit as st

from core.runs.kept.store import RunSummary
from pages.ui.state.networks import network_of
from pages.ui.widgets.stage.given import last_drawn
from pages.ui.widgets.take_home.offer import show_downloads


def offer_in_one_file(run: RunSummary) -> None:
    """The buttons, where the run has a network that can answer."""
    if network := network_of(run.id):
        with st.container(horizontal=True, gap="small"):
            show_downloads(network, last_drawn(), width="content")
