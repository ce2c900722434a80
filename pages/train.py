"""Train: choose what to learn from, start, watch the loss of every batch, step, stop, go back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.config import ConfigError, TrainingConfig
from core.datasets.mnist import DataUnavailable
from pages.ui import shell, state
from pages.ui.train.controls import (
    build_your_own,
    origin_of,
    reset_button,
    run_buttons,
    show_cost,
    speed_control,
    title_of,
    training_settings,
)
from pages.ui.train.details import look_closer
from pages.ui.train.progress import offer_next, show_chart, show_end, show_progress
from pages.ui.words.glossary import tip

if TYPE_CHECKING:  # torch takes seconds to import: not before the page stands
    from core.runs.job import JobSnapshot

POLL = 0.4  # seconds between two looks at a run that goes on
HEARTBEAT = 20.0  # seconds between two looks at a run that stands still: says "I am still here"


def start(config: TrainingConfig, speed: float | None, paused: bool = False) -> None:
    """Begin a run and make it the one that this visitor follows."""
    from core.runs.job import BoardFull

    try:
        job = state.board().submit(config, paused, speed, state.recall("probe"))
    except (BoardFull, ConfigError) as problem:
        state.keep("notice", str(problem))
        return
    state.follow_run(job.id)
    state.keep("build-open", False)  # when the run is over, its result should be in sight


def start_with_a_step(config: TrainingConfig, speed: float | None) -> None:
    """Begin a run that stands still after its first batch."""
    start(config, speed, paused=True)
    if job := state.current_job():
        job.step(1)
        job.wait_until_still(2.0)


def start_buttons(config: TrainingConfig) -> None:
    """Start, or begin with a single step, or clear away the run that is over; and how fast."""
    with st.container(horizontal=True, gap="small"):
        buttons = st.container(horizontal=True, gap="small", width="content")  # need the speed
        speed = speed_control(None)
    with buttons:
        st.button(
            "Start training",
            type="primary",
            icon=":material/play_arrow:",
            on_click=start,
            args=(config, speed),
            key="start",
            shortcut="T",
        )
        st.button(
            "One step",
            help=tip("one step"),
            icon=":material/skip_next:",
            on_click=start_with_a_step,
            args=(config, speed),
        )
        if state.current_run_id():
            reset_button()


def show_run(run_id: str) -> None:
    """The run as it stands, looked at again and again while it goes on."""
    from core.runs.store import RunError

    try:
        seen = state.snapshot(run_id)
    except RunError as problem:
        st.warning(f"{problem} Start a new one.", icon=":material/search_off:")
        return
    still = seen.state.over or seen.state == "paused"
    every = None if seen.state.over else HEARTBEAT if still else POLL
    st.fragment(watch, run_every=every)(run_id, still)
    look_closer(every)


def watch(run_id: str, still: bool) -> None:
    """One look. `still`: whether the run stood still when the page was built."""
    if state.current_run_id() != run_id:
        st.rerun()  # a button down here began another run, or left this one
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
            offer_next()
    if seen.iteration:
        show_chart(seen)


def offer_more(seen: JobSnapshot) -> None:
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
    job = state.current_job()
    if seen.save_error and job:
        st.button("Save it again", on_click=job.save, icon=":material/save:")


shell.start_page("train", wide=True)
top = st.container()
cost = None
run_id = state.current_run_id()
job = state.current_job()
if job and not job.over:
    left, right = st.columns([3, 2], vertical_alignment="center")
    left.markdown(f"**{title_of(job.config)}** is learning from {origin_of(job.config)}.")
    with right:
        speed_control(job)
else:
    left, right = st.columns([3, 2])
    config = training_settings(left, right)
    with left:
        start_buttons(config)
    cost = build_your_own(config)
if notice := state.recall("notice"):
    top.error(notice, icon=":material/error:")
    state.keep("notice", None)
if run_id:
    show_run(run_id)
else:
    st.info(
        "No run yet. Press **Start training**: it takes a few seconds. While the network learns, a "
        "curve draws itself here. It shows how wrong the network still is (*loss*): lower is "
        "better.",
        icon=":material/show_chart:",
    )
    look_closer(None)
shell.next_page("exam", "see how well your network reads, and where it is wrong")
state.warm_up()  # for the first start
if cost:  # last, since the first time torch has to be imported for it
    state.let_the_page_appear()
    with cost:
        show_cost(config)
