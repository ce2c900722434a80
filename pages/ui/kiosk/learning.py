"""The exhibit's network while it learns: its loss, how far it is, what it says to the own digit.

Imports torch. The run itself is begun in runs.py.
"""

from __future__ import annotations

import numpy as np
import streamlit as st
from torch import nn

from core.charts.training import training_chart
from core.demonstration import recording
from core.evaluation import read
from core.runs.snapshot import JobSnapshot, JobState
from pages.ui.kiosk.guard import forget
from pages.ui.state import server
from pages.ui.state.visit import visit
from pages.ui.widgets.digits.reading import STYLE, reading_html
from pages.ui.widgets.live_plot import live_plot
from pages.ui.widgets.stage.given import last_drawn
from pages.ui.widgets.task import POLL, look_again
from pages.ui.words.numbers import percent

HEIGHT = 380  # pixels


def show_learning(run_id: str) -> None:
    """The run as it stands, again and again until it is over."""
    job = server.exhibit_board().get(run_id)
    if job is None:  # the server has started anew meanwhile
        forget()
        st.rerun()
    st.title("It has learned" if job.over else "It learns", anchor=False)
    look_again(lambda: show_now(run_id), lambda: job.over, None if job.over else POLL)


def show_now(run_id: str) -> None:
    """One look: all of it is of the same moment."""
    job = server.exhibit_board().get(run_id)
    if job is None:
        return
    seen, model, _ = job.look()
    with st.container(key="learning"):
        with st.container():
            show_curve(seen)
            st.progress(seen.share, text=progress_in_words(seen))
            with st.container(key="said"):
                st.markdown(result_in_words(seen))
            show_buttons(seen)
        with st.container(key="says"):
            show_what_it_says(model)


def show_curve(seen: JobSnapshot) -> None:
    """How wrong it is, batch by batch."""
    chart = training_chart(
        seen.losses,
        [(point.iteration, point.loss, point.accuracy) for point in seen.validation],
        iterations_per_epoch=max(seen.iterations_per_epoch, 1),
        total_iterations=seen.total_iterations,
        validation_images=seen.validation[-1].images if seen.validation else 0,
        revision=seen.id,
    )
    live_plot(chart, key="exhibit-chart", height=HEIGHT, grows=True)


def show_what_it_says(model: nn.Module | None) -> None:
    """Its answer to what was drawn; to a digit that somebody else wrote, where nothing was."""
    if model is not None:
        renderings = own_digit()
        st.html(STYLE + reading_html(read(model, renderings).tolist(), renderings[0]))


def own_digit() -> np.ndarray:
    """float32 (R, 28, 28) in [0, 1]: the renderings of the drawing, or a recorded digit."""
    prepared = last_drawn()
    if prepared is not None:
        return prepared.renderings
    return (recording.load().samples[:1] / 255).astype(np.float32)


def progress_in_words(seen: JobSnapshot) -> str:
    """What goes on now."""
    if seen.state is JobState.WAITING:
        return "Waiting for its turn"
    if not seen.total_iterations:
        return "Getting the digits ready"
    return f"Batch {seen.iteration:,} of {seen.total_iterations:,}"


def result_in_words(seen: JobSnapshot) -> str:
    """How well it reads, once it is over."""
    if seen.test:
        return f"It reads **{percent(seen.test.accuracy)}** of {seen.test.images:,} new digits."
    if seen.state is JobState.FAILED:
        return seen.message
    if seen.state.over:
        return "There was no time to learn. Start over."
    return "The line is how wrong it still is: lower is better."


def show_buttons(seen: JobSnapshot) -> None:
    """What to do now; both are there from the start."""
    here = visit().exhibit
    with st.container(horizontal=True, gap="small"):
        if st.button(
            "Draw for it",
            type="primary",
            icon=":material/draw:",
            key="draw",
            disabled=not seen.test,
        ):
            here.watching = False
            st.rerun()
        st.button("Start over", icon=":material/restart_alt:", key="again", on_click=forget)
