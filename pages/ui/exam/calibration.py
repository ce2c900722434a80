"""How sure is the network, and is it right to be? The reliability diagram and a threshold."""

from __future__ import annotations

import streamlit as st

from core.charts.accuracy import reliability_chart, reliability_words
from core.evaluation import wilson_interval
from core.exam.calibration import answered_when_sure, calibration_error, reliability
from pages.ui.exam.score_card import Sitting
from pages.ui.words.numbers import percent


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
    """What becomes of the exam if the network keeps silent when it is unsure."""
    at_least = st.select_slider(
        "Answer only when at least so sure",
        [*range(10, 100), 99.5, 99.9],
        90,
        format_func=lambda value: f"{value:g} %",
        key="exam-threshold",
        persist_state="session",
    )
    images = sitting.exam.total.images
    answered, right = answered_when_sure(sitting.exam, at_least / 100)
    columns = st.columns(2)
    columns[0].metric("Answered", percent(answered / images))
    columns[1].metric("Of these right", percent(right / answered) if answered else "–")
    if not answered:
        st.markdown(f"It answers none of {images:,} images.")
        return
    low, high = wilson_interval(right, answered)
    st.markdown(
        f"It answers **{answered:,}** of {images:,} images, **{right:,}** of them correctly "
        f"(95 % interval {percent(low)} to {percent(high)}), **{answered - right:,}** wrongly. "
        f"The other {images - answered:,} are left to a person."
    )
