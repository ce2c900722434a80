"""One batch under the microscope: the newest that was recorded."""

from __future__ import annotations

import streamlit as st

from core.runs.job import TrainingJob
from pages.ui.widgets.recorded_batch import show_batch


def show_newest_batch(job: TrainingJob) -> None:
    """The batch step by step, or how to get one."""
    record, seen = job.memory.record, job.snapshot()
    if record is not None:
        show_batch(record, seen)
        return
    st.info(
        "At full speed nothing is recorded. Start a new run with **One step**."
        if seen.state.over
        else "A batch is recorded when the run stands still or goes slowly. Press **Pause**.",
        icon=":material/pause:",
    )
