"""The visitor's run in one sentence."""

from __future__ import annotations

import streamlit as st

from core.runs.snapshot import JobSnapshot
from core.runs.store import RunError
from pages.ui.state import server
from pages.ui.words.numbers import percent


def show_your_run(run_id: str) -> None:
    """How it is doing, or that it is gone."""
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
