"""A run on the page, looked at again and again while it goes on. Imports torch."""

from __future__ import annotations

from collections.abc import Hashable

import streamlit as st

from core.data import DataUnavailable
from core.runs.job import TrainingJob
from core.runs.kept.store import RunError
from core.runs.snapshot import JobSnapshot, JobState
from pages.ui.state import owner, server
from pages.ui.state.address import current_run_id
from pages.ui.state.networks import current_job
from pages.ui.state.steering import go_on
from pages.ui.train.at_work import look, show_at_work, show_sheet, why_on_wall
from pages.ui.train.begin import start
from pages.ui.train.closer_look import look_closer
from pages.ui.train.loss_chart import show_loss_chart
from pages.ui.train.progress_and_result import (
    announce_end,
    offer_next,
    show_end,
    show_run_progress,
)
from pages.ui.train.room import make_room, show_what_comes
from pages.ui.train.timeline import show_film, show_timeline
from pages.ui.widgets.task import POLL, look_again, notice_change, paced
from pages.ui.words.numbers import unmarked

SELDOM = 2.0  # seconds between two looks at a run behind two others: only its place changes


def show_run(run_id: str) -> None:
    """The run as it stands, and below it a closer look."""
    try:
        seen = server.snapshot(run_id)
    except RunError as problem:
        told = f"{unmarked(str(problem))} Start a new one."
        st.warning(told, icon=":material/search_off:")
        return
    every = rhythm(seen)
    look_again(lambda: show_now(run_id), lambda: standing(run_id), every)
    look_closer(paced(every))
    with st.container(key="unseen", gap=None):  # last; its own gap is taken back in room.py
        announce_end(seen)
        show_sheet(seen.config)
        show_film(run_id)
        if seen.state.still and not seen.state.over:
            notice_change(lambda: standing(run_id))


def rhythm(seen: JobSnapshot) -> float | None:
    """Seconds between two looks at it; None where nothing changes by itself."""
    if seen.state.still:
        return None
    return SELDOM if seen.place_in_line > 2 else POLL


def standing(run_id: str) -> Hashable:
    """Changes when the page has to: with the run that is followed, with its digits being there, and
    with where it stands still, since other buttons, another rhythm and a closer look go with that;
    with what was asked of it, in another tab perhaps, since a button is not pressed twice.
    """
    seen = server.snapshot(run_id)
    here = server.in_memory(seen.config.dataset)
    still = (seen.state, seen.iteration) if seen.state.still else None
    return current_run_id(), here, still, rhythm(seen), seen.pending


def show_now(run_id: str) -> None:
    """One look at a run: all that is shown of it is of the same moment."""
    now = look(run_id)
    seen = now.seen
    room = make_room()
    with room.progress, st.container(horizontal=True, vertical_alignment="center"):
        with st.container():
            show_run_progress(seen)
        begun = seen.iteration > 0  # else nothing was kept
        if begun and seen.state is JobState.STOPPED and owner.is_mine(seen.owner):
            st.button("Go on", on_click=go_on, args=(seen.id,), icon=":material/play_arrow:")
    with room.result:
        show_end(seen)
        if seen.state.over:
            offer_another_try(current_job(), seen)
    with room.about:
        show_loss_chart(seen, room.chart, now.settled)
    with room.network:
        show_at_work(now.network, why_on_wall(now), run_id)
    with room.timeline:
        show_timeline(seen)
    with room.afterwards:
        if seen.state.over and seen.iteration:
            offer_next(seen)
        else:
            show_what_comes()


def offer_another_try(job: TrainingJob | None, seen: JobSnapshot) -> None:
    """What can be done with a run that ended in trouble."""
    if isinstance(seen.error, DataUnavailable):
        with st.container(horizontal=True):
            st.button("Try again", on_click=start, args=(seen.config,))
            st.button(
                "Train on the built-in handwriting",
                type="primary",
                on_click=start,
                args=(seen.config.changed(dataset="generated"),),
            )
    if seen.save_error and job and owner.is_mine(seen.owner):
        st.button("Save it again", on_click=job.save, icon=":material/save:")
