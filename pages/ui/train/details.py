"""A closer look at a run: one batch under the microscope, the way back, and a digit as a probe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.ui import state
from pages.ui.train.moments import show_rewind
from pages.ui.train.probe import choose_probe, show_answers
from pages.ui.widgets.recorded_batch import show_batch

if TYPE_CHECKING:
    from core.runs.job import TrainingJob

LOOKS = {
    "batch": "One batch under the microscope",
    "back": "Go back in the run",
    "probe": "Your digit while it learns",
}


def look_closer(every: float | None) -> None:
    """Let the visitor choose what to look at; `every`: seconds between looks at a run going on."""
    job = state.current_job()
    chosen = st.segmented_control(
        "Look closer",
        list(LOOKS),
        format_func=LOOKS.get,
        default=state.recall("look"),
        key="look",
    )
    state.keep("look", chosen)
    if chosen == "probe":
        st.fragment(choose_probe)(job)
        if job:
            st.fragment(show_answers, run_every=every)(job)
    elif chosen and job is None:
        st.info("Start a run first, or begin one with **One step**.", icon=":material/play_arrow:")
    elif chosen == "batch":
        st.fragment(show_microscope, run_every=every)(job)
    elif chosen == "back":
        st.fragment(show_rewind)(job)


def show_microscope(job: TrainingJob) -> None:
    """The newest recorded batch, or how to get one."""
    record, seen = job.record(), job.snapshot()
    if record is None:
        st.info(
            "At full speed nothing is recorded. Start a new run with **One step**."
            if seen.state.over
            else "A batch is recorded when the run stands still or goes slowly. Press **Pause**.",
            icon=":material/pause:",
        )
        return
    show_batch(record, seen)
