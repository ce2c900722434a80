"""What is ready: whether digits are to be fetched, and how the visitor's run is doing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.datasets.mnist import MEGABYTES
from core.datasets.sources import is_at_hand
from core.machine.tuning import import_torch
from pages.ui.state import server
from pages.ui.state.address import current_run_id
from pages.ui.words.numbers import percent

if TYPE_CHECKING:
    from core.runs.snapshot import JobSnapshot


def show_what_is_ready() -> None:
    """A line about the run; one before it where the digits are still to be fetched."""
    if not is_at_hand("mnist"):
        st.markdown(
            ":material/cloud_download: The MNIST digits are not here yet. The first training on "
            f"them fetches them ({MEGABYTES} MB). The built-in handwriting needs no download."
        )
    if run_id := current_run_id():
        show_your_run(run_id)
    else:
        st.markdown("You have not trained a network of your own yet.")


def show_your_run(run_id: str) -> None:
    """How the visitor's run is doing, or that it is gone."""
    import_torch()
    from core.runs.kept.store import RunError

    try:
        st.markdown(in_a_sentence(server.snapshot(run_id)))
    except RunError:
        st.markdown(":material/help: The run in this address is no longer on this server.")


def in_a_sentence(seen: JobSnapshot) -> str:
    """How far it is, or how well it reads."""
    if seen.test:
        return (
            f":material/check_circle: Your run has {seen.state}. It reads "
            f"**{percent(seen.test.accuracy)}** of {seen.test.images:,} test images correctly."
        )
    return f":material/hourglass_top: Your run is {seen.state}, at batch {seen.iteration:,}."
