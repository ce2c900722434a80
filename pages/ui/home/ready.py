"""Where a visitor stands: which digits are at hand, and how their run is doing."""

from __future__ import annotations

import streamlit as st

from core.datasets import mnist
from core.machine.storage import data_folder
from pages.ui import state
from pages.ui.words.numbers import percent


def show_standing() -> None:
    """One line about the data, one about the run."""
    if mnist.is_here(data_folder()):
        st.markdown(":material/check_circle: The MNIST digits are on this server.")
    else:
        st.markdown(
            ":material/cloud_download: The MNIST digits are not here yet. The first training on "
            "them fetches them (12 MB). The built-in handwriting needs no download."
        )
    st.markdown(run_line())


def run_line() -> str:
    """The visitor's newest run in one sentence."""
    run_id = state.current_run_id()
    if not run_id:
        return ":material/radio_button_unchecked: You have not trained a network yet."
    from core.runs.store import RunError

    try:
        seen = state.snapshot(run_id)
    except RunError:
        return ":material/help: The run in this address is no longer on this server."
    if seen.test:
        return (
            f":material/check_circle: Your run has {seen.state}. It reads "
            f"**{percent(seen.test.accuracy)}** of {seen.test.images:,} test images correctly."
        )
    return f":material/hourglass_top: Your run is {seen.state}, at batch {seen.iteration:,}."
