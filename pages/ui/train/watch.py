"""A run on the page, looked at again and again while it goes on. Imports torch."""

from __future__ import annotations

import streamlit as st

from core.data import DataUnavailable
from core.runs.job import TrainingJob
from core.runs.snapshot import JobSnapshot, JobState
from core.runs.store import RunError
from pages.ui.state import server
from pages.ui.state.address import current_run_id
from pages.ui.state.networks import current_job
from pages.ui.train.buttons import run_buttons, start
from pages.ui.train.closer_look import look_closer
from pages.ui.train.loss_chart import show_loss_chart
from pages.ui.train.progress_and_result import offer_next, show_end, show_run_progress

POLL = 0.4  # seconds between two looks at a run that goes on
HEARTBEAT = 20.0  # seconds between two looks at a run that stands still: says "I am still here"


def show_run(run_id: str) -> None:
    """The run as it stands, and below it a closer look."""
    try:
        seen = server.snapshot(run_id)
    except RunError as problem:
        st.warning(f"{problem} Start a new one.", icon=":material/search_off:")
        return
    every = None if seen.state.over else HEARTBEAT if seen.state.still else POLL
    st.fragment(watch, run_every=every)(run_id, standing(seen))
    look_closer(every)


def standing(seen: JobSnapshot) -> tuple[JobState, int] | None:
    """Where a run stands still, and why; None for one that goes on."""
    return (seen.state, seen.iteration) if seen.state.still else None


def watch(run_id: str, stood: tuple[JobState, int] | None) -> None:
    """One look. `stood`: where the run stood when the page was built."""
    if current_run_id() != run_id:
        st.rerun()  # a button down here began another run, or left this one
    seen = server.snapshot(run_id)
    if standing(seen) != stood:
        st.rerun()  # the page changes with it: other buttons, another rhythm, a closer look
    job = current_job()
    if job and not seen.state.over:
        run_buttons(job, seen)
    if seen.state is not JobState.FAILED:
        show_run_progress(seen)
    if seen.state.over:
        show_end(seen)
        offer_another_try(job, seen)
        if seen.iteration:
            offer_next()
    if seen.iteration:
        show_loss_chart(seen)


def offer_another_try(job: TrainingJob | None, seen: JobSnapshot) -> None:
    """What can be done with a run that ended in trouble."""
    if isinstance(seen.error, DataUnavailable):
        with st.container(horizontal=True):
            st.button("Try again", on_click=start, args=(seen.config, None))
            st.button(
                "Train on the built-in handwriting",
                type="primary",
                on_click=start,
                args=(seen.config.changed(dataset="generated"), None),
            )
    if seen.save_error and job:
        st.button("Save it again", on_click=job.save, icon=":material/save:")
