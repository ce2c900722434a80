"""Train: choose what to learn from, start, watch the loss of every batch, stop or slow down."""

import streamlit as st

from core.config import ConfigError, TrainingConfig
from core.data import DataUnavailable
from core.jobs import BoardFull, JobSnapshot
from core.runs import RunError
from pages.ui import shell, state
from pages.ui.controls import run_buttons, speed_control, training_settings
from pages.ui.progress import show_chart, show_end, show_progress

POLL = 0.4  # seconds between two looks at a run that goes on
HEARTBEAT = 20.0  # seconds between two looks at a run that stands still: says "I am still here"


def start(config: TrainingConfig, speed: float | None) -> None:
    """Begin a run and make it the one that this visitor follows."""
    try:
        state.follow_run(state.board().submit(config, speed=speed).id)
    except (BoardFull, ConfigError) as problem:
        state.keep("notice", str(problem))


def show_run(run_id: str) -> None:
    """The run as it stands, looked at again and again while it goes on."""
    try:
        seen = state.snapshot(run_id)
    except RunError as problem:
        st.warning(f"{problem} Start a new one.", icon=":material/search_off:")
        return
    every = None if seen.state.over else HEARTBEAT if seen.state == "paused" else POLL
    st.fragment(watch, run_every=every)(run_id, seen.state.over or seen.state == "paused")


def watch(run_id: str, still: bool) -> None:
    """One look. `still`: whether the run stood still when the page was built."""
    seen = state.snapshot(run_id)
    if (seen.state.over or seen.state == "paused") != still:
        st.rerun()  # the page changes with it: other buttons, another rhythm
    job = state.current_job()
    if job and not seen.state.over:
        run_buttons(job, seen)
    if seen.state != "failed":
        show_progress(seen)
    if seen.state.over:
        show_end(seen)
        offer_more(seen)
    if seen.iteration:
        show_chart(seen)


def offer_more(seen: JobSnapshot) -> None:
    """What can be done with a run that is over."""
    if isinstance(seen.error, DataUnavailable):
        with st.container(horizontal=True):
            st.button("Try again", on_click=start, args=(seen.config, None))
            st.button(
                "Train on the built-in handwriting",
                type="primary",
                on_click=start,
                args=(seen.config.changed(dataset="generated"), None),
            )
    job = state.current_job()
    if seen.save_error and job:
        st.button("Save it again", on_click=job.save, icon=":material/save:")


shell.start_page("train", wide=True)
if notice := state.recall("notice"):
    st.error(notice, icon=":material/error:")
    state.keep("notice", None)
run_id = state.current_run_id()
job = state.current_job()
busy = job is not None and not job.over
config = training_settings(disabled=busy)
speed = speed_control(job if busy else None)
if not busy:
    st.button(
        "Start training",
        type="primary",
        icon=":material/play_arrow:",
        on_click=start,
        args=(config, speed),
        key="start",
    )
if run_id:
    show_run(run_id)
else:
    st.info(
        "No run yet. Press **Start training**: it takes a few seconds, and the curve below draws "
        "itself while the network learns.",
        icon=":material/show_chart:",
    )
shell.next_page("predict", "draw a digit and let your network read it")
