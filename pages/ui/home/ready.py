"""What is ready: which digits are at hand, and how the visitor's run is doing."""

from __future__ import annotations

import streamlit as st

from core.datasets.mnist import MEGABYTES
from core.datasets.sources import is_at_hand
from core.machine.tuning import import_torch
from pages.ui.state.address import current_run_id


def show_what_is_ready() -> None:
    """One line about the data, one about the run."""
    if is_at_hand("mnist"):
        st.markdown(":material/check_circle: The MNIST digits are on this server.")
    else:
        st.markdown(
            ":material/cloud_download: The MNIST digits are not here yet. The first training on "
            f"them fetches them ({MEGABYTES} MB). The built-in handwriting needs no download."
        )
    if run_id := current_run_id():
        import_torch()
        from pages.ui.home.your_run import show_your_run  # late: it needs torch

        show_your_run(run_id)
    else:
        st.markdown(":material/radio_button_unchecked: You have not trained a network yet.")
