"""What a network will cost: numbers to learn, memory for a batch, time for the run."""

from __future__ import annotations

import streamlit as st

from core.config import TrainingConfig
from core.runs.work import LONGEST_RUN
from pages.ui.state import server
from pages.ui.words.numbers import duration


def show_cost(config: TrainingConfig) -> None:
    """Measured where it is not known: a few small batches are timed for it."""
    found = server.cost_of(config)
    rows = "".join(f"| {name.replace('_', ' ')} | {n:,} |\n" for name, n in found.weights.items())
    st.markdown(f"| layer | weights |\n|---|--:|\n{rows}| **all** | **{found.total_weights:,}** |")
    st.markdown(
        f"A batch needs about **{found.batch_bytes / 1e6:,.1f} MB** of memory. The run takes "
        f"**{duration(found.seconds)}** if the server has nothing else to do (estimated from a few "
        f"small batches, timed just now). A run that takes more than {LONGEST_RUN / 60:.0f} "
        "minutes is stopped there, and kept."
    )
