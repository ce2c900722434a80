"""A run on the page, looked at again and again while it goes on. Imports torch."""

from __future__ import annotations

from collections.abc import Hashable

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
from pages.ui.widgets.task import POLL, look_again

HEARTBEAT = 20.0  # seconds between two looks at a run that stands still: says "I am still here"


def show_run(run_id: str) -> None:
    """The run as it stands, and below it a closer look."""
    try:
        seen = server.snapshot(run_id)
    except RunError as problem:
        st.warning(f"{problem} Start a new one.", icon=":material/search_off:")
        return
    every = None if seen.state.over else HEARTBEAT if seen.state.still else POLL
    look_again(lambda: show_now(run_id), lambda: standing(run_id), every)
    look_closer(every)


def standing(run_id: str) -> Hashable:
    """Changes when the page has to: with the run that is followed, and with where it stands still,
    since other buttons, another rhythm and a closer look go with that."""
    seen = server.snapshot(run_id)
    return current_run_id(), (seen.state, seen.iteration) if seen.state.still else None


def show_now(run_id: str) -> None:
    """One look at a run."""
    seen, job = server.snapshot(run_id), current_job()
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
