"""Lesson 3: the activation function, by hand; and what happens without one, measured."""

from __future__ import annotations

import math

import streamlit as st

from core.charts.lessons.lines import curves
from core.config import ACTIVATIONS
from core.lessons.comparisons import compare_activations
from core.lessons.short_runs import ShortRun
from core.lessons.units import activation_curve
from pages.ui.learn.curve import draggable_curve
from pages.ui.learn.lesson_parts import grade, learned_from, measure_once, share
from pages.ui.widgets.live_plot import show_chart
from pages.ui.words.numbers import percent

REACH = 4.0  # the ball goes this far to either side
START = 55  # the point where it stands at first: 1.5
LABELS = {"none": "without", "relu": "with ReLU"}


@st.fragment
def show() -> None:
    """The curve with its ball."""
    name = st.segmented_control(
        "Activation",
        list(ACTIVATIONS),
        format_func=lambda each: ACTIVATIONS[each].label,
        default="relu",
        required=True,
        key="lesson-activation",
    )
    line = activation_curve(name, REACH)
    draggable_curve(
        line,
        (line[0][START], line[1][START]),
        "activation-curve",
        handle="The sum that goes into the unit",
        says="In goes {x}, out comes {y}",
        titles=("the sum that goes in", "what the unit hands on"),
        decimals=(1, 2),
        above=5,
    )


def reveal() -> None:
    """Two short runs, one without activation."""
    measure_once(
        "activation",
        "Two networks learn: one with ReLU, one without",
        compare_activations,
        _compare,
    )


def _compare(measured: tuple[dict[str, ShortRun], float]) -> None:
    runs, difference = measured
    lines = {
        LABELS[name]: (
            list(range(1, len(run.checks) + 1)),
            [100 * mistakes for mistakes in run.mistakes],
        )
        for name, run in runs.items()
    }
    show_chart(
        curves(lines, ("Epoch", "<b>Wrong</b>, of new images (%)")),
        key="activation-runs",
        alt=f"Mistakes over the epochs: without activation it ends at "
        f"{percent(runs['none'].mistakes[-1])} wrong, with ReLU at "
        f"{percent(runs['relu'].mistakes[-1])}",
    )
    most = math.ceil(difference * 1e6) / 1e6  # rounded up: never less than it was
    st.markdown(
        f"Without: {share(runs['none'].test)} right, with ReLU: {grade(runs['relu'].test)}. "
        f"Without, one layer can stand in for all three: its scores differ by {most:.6f} at most."
    )
    st.caption(f"Learned from {learned_from(runs['relu'])}.")
