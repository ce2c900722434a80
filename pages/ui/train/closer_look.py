"""A closer look at a run: one of its batches, the way back in it, or a digit that it is asked."""

from __future__ import annotations

import streamlit as st

from pages.ui.state.networks import current_job
from pages.ui.state.visit import visit
from pages.ui.train import sections

LOOKS = {
    "batch": "One batch under the microscope",
    "back": "Go back in the run",
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
        sections.show_closer_look(chosen, job, every)
    elif chosen:
        st.info("Start a run first, or begin one with **One step**.", icon=":material/play_arrow:")
