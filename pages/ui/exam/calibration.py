"""How sure is the network, and is it right to be? The reliability diagram and a threshold."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.charts.accuracy import reliability_chart, reliability_words
from core.evaluation import wilson_interval
from core.exam.calibration import answered_when_sure, calibration_error, reliability
from core.exam.refusals import NoDigits, show_no_digits, sureness
from pages.ui.exam.score_card import Sitting
from pages.ui.widgets.task import wait_for
from pages.ui.widgets.wall import wall
from pages.ui.words.numbers import percent

SHOWN = 24  # of the drawings that get an answer
NEVER_LEARNED = "It never learned what is no digit: it has to choose one of ten."


@st.fragment
def show_calibration(sitting: Sitting) -> None:
    """The diagram, what it says in one number, and what silence would bring."""
    exam = sitting.exam
    bins = reliability(exam.confidences, exam.right)
    st.markdown(
        "The network says how sure it is of each answer. If it says 80 %, is it right 80 times "
        "in 100? Each dot is a tenth of the scale (*reliability diagram*): on the dashed line the "
        "network is as right as it is sure, below it claims too much. Whiskers: 95 % intervals."
    )
    st.plotly_chart(
        reliability_chart(bins),
        key="exam-reliability",
        config={"displayModeBar": False},
        alt=reliability_words(bins),
    )
    error = calibration_error(bins)
    mean, right = exam.mean_confidence, exam.total.accuracy
    side = "more" if mean > right else "less"
    st.markdown(
        f"Its word and the truth lie **{percent(error)}** apart on average, over "
        f"{exam.total.images:,} images (*expected calibration error*, ten bins). It is "
        f"{percent(mean)} sure on average and right for {percent(right)}: {side} sure than right."
    )
    show_threshold(sitting)


def show_threshold(sitting: Sitting) -> None:
    """What becomes of digits, and of what is none, if the network keeps silent when unsure."""
    st.markdown("#### If it keeps silent when it is unsure")
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
        f"It answers **{answered:,}** of {images:,} digits, **{right:,}** of them correctly"
        f"{interval_words(right, answered)}. The other {images - answered:,} are left to a person."
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
        "answer as if they were digits. "
        + ("It learned from others that they are none." if doubting else NEVER_LEARNED)
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
