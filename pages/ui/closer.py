"""A closer look at a run: one batch under the microscope, the way back, and a digit as a probe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.figures import probability_chart
from pages.ui import state
from pages.ui.canvas import drawing_box
from pages.ui.live_plot import live_plot
from pages.ui.microscope import show_batch
from pages.ui.reading import show_reading
from pages.ui.rewind import show_rewind

if TYPE_CHECKING:
    from core.jobs import TrainingJob

LOOKS = {
    "batch": "One batch under the microscope",
    "back": "Go back in the run",
    "probe": "Your digit while it learns",
}


def look_closer(run_id: str, every: float | None) -> None:
    """Let the visitor choose what to look at; `every`: seconds between looks at a run going on."""
    job = state.current_job()
    if job is None:
        return
    chosen = st.segmented_control(
        "Look closer",
        list(LOOKS),
        format_func=LOOKS.get,
        default=state.recall("look"),
        key="look",
    )
    state.keep("look", chosen)
    if chosen == "batch":
        st.fragment(show_microscope, run_every=every)(job)
    elif chosen == "back":
        st.fragment(show_rewind)(job)
    elif chosen == "probe":
        st.fragment(choose_probe)(job)
        st.fragment(show_answers, run_every=every)(job)


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


def choose_probe(job: TrainingJob) -> None:
    """A canvas for the digit that the network is asked about again and again."""
    from core import drawing

    st.markdown(
        "Draw a digit. The network is asked about it after every batch, before it has learned "
        "anything and while it learns. The curves show how sure it is of each answer."
    )
    left, right = st.columns([5, 6], gap="medium")
    with left:
        drawn = drawing_box("probe")
    try:
        prepared = drawing.prepare(drawn)
    except drawing.DrawingError as problem:
        if drawn.get("objects"):
            right.warning(str(problem), icon=":material/warning:")
        state.keep("probe", None)
        job.set_probe(None)
        return
    probe = state.recall("probe")
    if job.answers() is None or probe is None or (probe != prepared.image).any():
        state.keep("probe", prepared.image)
        job.set_probe(prepared.image)
    if job.snapshot().total_iterations:
        with right:
            show_reading(prepared, state.Network(job.id, "your run as it is now", job.network))


def show_answers(job: TrainingJob) -> None:
    """The network's answers to the probe so far, as a chart that grows."""
    answers, seen = job.answers(), job.snapshot()
    if answers is None or not len(answers.iterations):
        return
    live_plot(
        probability_chart(
            answers.iterations,
            answers.probabilities,
            total_iterations=seen.total_iterations,
            revision=seen.id,
        ),
        key="probe-chart",
    )
