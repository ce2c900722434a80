"""A closer look at a run: one of its batches, or a digit that it is asked.

What shows them is imported when it is asked for: it needs torch, which takes seconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.machine.tuning import import_torch
from pages.ui.state.networks import current_job
from pages.ui.state.visit import visit
from pages.ui.widgets.recorded_batch import show_batch

if TYPE_CHECKING:
    from core.runs.job import TrainingJob

LOOKS = {
    "batch": "One batch under the microscope",
    "probe": "Your digit while it learns",
}


def look_closer(every: float | None) -> None:
    """Let the visitor choose what to look at; `every`: seconds between looks at a run going on."""
    job = current_job()
    chosen = visit().train.closer_look = st.segmented_control(
        "Look closer",
        list(LOOKS),
        format_func=LOOKS.get,
        default=visit().train.closer_look,
        key="look",
    )
    if chosen == "probe" or (chosen and job):
        show_look(chosen, job, every)
    elif chosen:
        st.info("Start a run first, or begin one with **One step**.", icon=":material/play_arrow:")


def show_look(look: str, job: TrainingJob | None, every: float | None) -> None:
    """One of LOOKS; only the probe needs no run."""
    import_torch()
    match look:
        case "batch":
            st.fragment(show_newest_batch, run_every=every)(job)
        case "probe":
            from pages.ui.train.probe_digit import choose_probe, show_answers

            st.fragment(choose_probe)(job)
            if job:
                st.fragment(show_answers, run_every=every)(job)


def show_newest_batch(job: TrainingJob) -> None:
    """The newest batch that was recorded, step by step, or how to get one."""
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
