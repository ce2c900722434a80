"""A digit as a probe: the network is asked about it again and again while it learns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from core.charts.training import probability_chart
from pages.ui import state
from pages.ui.widgets.canvas import drawing_box
from pages.ui.widgets.dataset_picker import load
from pages.ui.widgets.live_plot import live_plot
from pages.ui.widgets.reading import show_answer
from pages.ui.widgets.recorded_batch import mosaic_html

if TYPE_CHECKING:
    from core.runs.job import TrainingJob

WAYS = {"draw": "Draw one", "test": "One of the test images"}


def choose_probe(job: TrainingJob | None) -> None:
    """Let the visitor choose the digit, before a run or while it goes on."""
    st.markdown(
        "Choose a digit. The network is asked about it after every batch, before it has learned "
        "anything and while it learns. The curves show how sure it is of each answer."
    )
    way = st.segmented_control(
        "Which digit", list(WAYS), format_func=WAYS.get, default="draw", required=True
    )
    left, right = st.columns([5, 6], gap="medium")
    with left:
        image = drawn_image() if way == "draw" else test_image(job)
    before = state.recall("probe")
    if not (image is None and before is None) and not np.array_equal(image, before):
        state.keep("probe", image)
    if job is None:
        if image is not None:
            right.info("Now start the training.", icon=":material/play_arrow:")
        return
    answers = job.answers()
    if image is None or answers is None or not np.array_equal(answers.image, image):
        job.set_probe(image)
    if image is not None and job.snapshot().total_iterations:
        with right:
            show_answer(image, state.Network(job.id, "your run as it is now", job.network))


def drawn_image() -> np.ndarray | None:
    """What the visitor drew, as the network sees it; None while there is no digit."""
    from core import drawing

    drawn = drawing_box("probe")
    try:
        return drawing.prepare(drawn).image
    except drawing.DrawingError as problem:
        if drawn.get("objects"):
            st.warning(str(problem), icon=":material/warning:")
        return None


def test_image(job: TrainingJob | None) -> np.ndarray | None:
    """An image of the test set, which no training uses; None where the digits cannot be had."""
    name = (job.config if job else state.settings()).dataset
    dataset = load(state.board().shelf, name)
    if dataset is None:
        return None
    number = st.number_input(
        f"Number of the test image, 1 to {len(dataset.test):,}",
        1,
        len(dataset.test),
        state.recall("probe-number", 1),
    )
    state.keep("probe-number", number)
    image = dataset.test.images[number - 1].numpy()
    label = int(dataset.test.labels[number - 1])
    st.html(mosaic_html(image, f"Test image {number}, a {label}", tile=140))
    st.caption(f"Its label says that it is a {label}.")
    return (image / 255).astype(np.float32)


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
