"""A digit as a probe: the network is asked about it again and again while it learns.

The newest answer, and those of the moment that the timeline stands at, are in at_work.py.
"""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.charts.probability import probability_chart
from core.data import scaled
from core.model import build_model
from core.runs.job import TrainingJob
from pages.ui.state import server
from pages.ui.state.address import current_run_id, settings
from pages.ui.state.networks import Network
from pages.ui.state.steering import is_mine
from pages.ui.state.visit import visit
from pages.ui.train.at_work import last_drawing
from pages.ui.widgets.canvas import drawing_box
from pages.ui.widgets.choosing.dataset_picker import load
from pages.ui.widgets.digits.pictures import mosaic_html
from pages.ui.widgets.digits.reading import drawn_digit
from pages.ui.widgets.digits.reading import show_answers as show_what_it_says
from pages.ui.widgets.live_plot import live_plot
from pages.ui.widgets.spoken import speak
from pages.ui.words.numbers import article, sureness

WAYS = {"draw": "Draw one", "test": "One of the test images"}


def choose_probe(job: TrainingJob | None, every: float | None) -> None:
    """Let the visitor choose the digit, before a run or while it goes on. Only the owner of a run
    has it asked again and again; `every`: seconds between two looks at what it said."""
    way = st.segmented_control(
        "Which digit", list(WAYS), format_func=WAYS.get, default="draw", required=True
    )
    left, right = st.columns([4, 7], gap="medium")
    with left:
        image = visit().train.probe = drawn_image() if way == "draw" else test_image(job)
    with right:
        if job and is_mine(job):
            ask(job, image)
            st.fragment(show_answers, run_every=every)(job)
        elif image is not None:
            show_what_it_says([image[None]], network_now(job) if job else network_without_a_job())


def ask(job: TrainingJob, image: np.ndarray | None) -> None:
    """Let the run be asked about this image, float (28, 28) in [0, 1]; None: no more."""
    answers = job.answers()
    if not np.array_equal(answers.image if answers else None, image):
        job.set_probe(image)
        st.rerun()  # all that stands above shows the answers to this one now


def network_now(job: TrainingJob) -> Network:
    """The network of a run as it is at this moment."""
    seen, model, _ = job.look()
    return Network(job.id, f"{job.name} after batch {seen.iteration:,}", "", lambda: model)


def network_without_a_job() -> Network:
    """The network of a run that is on disk; else one with the settings, before it learns."""
    if run_id := current_run_id():
        saved = server.board().store.load(run_id)
        return Network(run_id, saved.name, "as it was saved", saved.model)
    untrained = build_model(settings()).eval()
    return Network("", "your network before its first batch", "untrained", lambda: untrained)


def drawn_image() -> np.ndarray | None:
    """What the visitor drew, here or before on another page, as the network sees it; None while
    there is no digit."""
    drawn = drawing_box("probe")
    if not drawn.get("objects"):
        return last_drawing()
    digit = drawn_digit(drawn)
    return digit and digit.image


def test_image(job: TrainingJob | None) -> np.ndarray | None:
    """An image of the test set, which no training uses; None where the digits cannot be had."""
    dataset = load(server.board().shelf, (job.config if job else settings()).dataset)
    if dataset is None:
        return None
    images = len(dataset.test)
    before = min(visit().train.probe_number, images)  # of another dataset, which may have more
    number = visit().train.probe_number = st.number_input(
        f"Number of the test image, 1 to {images:,}", 1, images, before
    )
    image, label = dataset.test.images[number - 1], int(dataset.test.labels[number - 1])
    st.html(mosaic_html(image.numpy(), f"Test image {number}, {article(label)} {label}", tile=140))
    st.caption(f"Its label says that it is {article(label)} {label}.")
    return scaled(image).numpy()


def show_answers(job: TrainingJob) -> None:
    """What the network has said to the probe so far: in words, and as a chart that grows."""
    seen, _, answers = job.look()
    if answers is None or not len(answers.iterations):
        return
    newest = answers.probabilities[-1]
    said = f"it reads {newest.argmax()}, {sureness(float(newest.max()))} sure."
    st.markdown(f"After batch {answers.iterations[-1]:,} {said}")
    speak(f"I{said[1:]}" if seen.state.still else "", "answers-said")
    live_plot(
        probability_chart(
            answers.iterations,
            answers.probabilities,
            total_iterations=seen.total_iterations,
            revision=job.id,
        ),
        key="probe-chart",
    )
