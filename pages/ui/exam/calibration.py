"""How sure is the network, and is it right to be? The reliability diagram and a threshold."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.charts.accuracy import reliability_chart
from core.evaluation import wilson_interval
from core.exam.calibration import answered_when_sure, calibration_error, reliability
from core.exam.refusals import NoDigits, show_no_digits, sureness
from pages.ui.exam.sitting import Sitting
from pages.ui.widgets.digits.wall import wall
from pages.ui.widgets.live_plot import live_plot
from pages.ui.widgets.task import wait_for
from pages.ui.words.numbers import percent

SHOWN = 24  # of the drawings that get an answer
SIDE = 400  # pixels of the diagram
NEVER_LEARNED = "It never learned what is no digit."


@st.fragment
def show_calibration(sitting: Sitting) -> None:
    """The diagram with what it says in one number; beside it, what silence would bring."""
    left, right = st.columns(2, gap="medium")
    with left:
        show_diagram(sitting)
    with right:
        show_threshold(sitting)


def show_diagram(sitting: Sitting) -> None:
    """A square, and how far its dots lie from its diagonal."""
    exam = sitting.exam
    bins = reliability(exam.confidences, exam.right)
    st.markdown("**If it says 80 %, is it right 80 times in 100?** (*reliability diagram*)")
    live_plot(reliability_chart(bins), "exam-reliability", height=SIDE)
    error = calibration_error(bins)
    mean, right = exam.mean_confidence, exam.total.accuracy
    st.markdown(
        f"On average {percent(mean)} sure, {percent(right)} right, of {exam.total.images:,} "
        f"images; **{percent(error)}** off the dashed line (*expected calibration error*). "
        "Thin bars: where the true share lies (*95 % interval*)."
    )


def show_threshold(sitting: Sitting) -> None:
    """What becomes of digits, and of what is none, if the network keeps silent when unsure."""
    st.markdown("**If it keeps silent when it is unsure**")
    drawings = wait_for(
        ("no digits", sitting.key[0]),
        "The network looks at drawings that are no digit",
        lambda task: show_no_digits(sitting.model, task.tell),
    )
    at_least = st.select_slider(
        "Answer only when at least so sure",
        [*range(10, 100), 99.5, 99.9],
        90,
        format_func=lambda value: f"{value:g} %",
        key="exam-threshold",
        persist_state="session",
    )
    doubting = sitting.network.get_doubt() is not None
    exam, images = sitting.exam, sitting.exam.total.images
    answered, right = answered_when_sure(sureness(exam, doubting), exam.right, at_least / 100)
    columns = st.columns(3)
    columns[0].metric("Digits refused", percent(1 - answered / images))
    columns[1].metric("Of the answers right", percent(right / answered) if answered else "–")
    if drawings:
        passed = drawings.let_pass(at_least / 100, doubting)
        columns[2].metric("Non-digits let pass", percent(len(passed) / len(drawings.images)))
    st.markdown(
        f"It answers **{answered:,}** of {images:,} digits, **{right:,}** correctly"
        f"{interval_words(right, answered)}."
    )
    if drawings:
        show_let_pass(drawings, passed, doubting)


def interval_words(right: int, answered: int) -> str:
    """The interval of the share that is right, in brackets; nothing where nothing was answered."""
    if not answered:
        return ""
    low, high = wilson_interval(right, answered)
    return f" (95 % interval {percent(low)} to {percent(high)})"


def show_let_pass(drawings: NoDigits, passed: np.ndarray, doubting: bool) -> None:
    """Which letters, shapes and scribbles get an answer as if they were digits."""
    st.markdown(
        f"**{len(passed):,}** of {len(drawings.images):,} letters, shapes and scribbles get an "
        "answer. " + ("It learned from others that they are none." if doubting else NEVER_LEARNED)
    )
    shown = passed[:SHOWN]
    if len(shown):
        wall(
            drawings.images[shown],
            [f"{drawings.kind(at)}, read as {drawings.exam.answers[at]}" for at in shown],
            "Drawings that are no digit, and the answers that they get",
            f"let-pass-{len(passed)}",
            tile=44,
            captions=[str(drawings.exam.answers[at]) for at in shown],
        )
