"""Lesson 3: the activation function, by hand; and what happens without one, measured."""

from __future__ import annotations

import math

import streamlit as st

from core.charts.lessons.lines import curve_with_point, curves
from core.config import ACTIVATIONS
from core.lessons.comparisons import compare_activations
from core.lessons.short_runs import ShortRun
from core.lessons.units import activation_at, activation_curve
from pages.ui.learn.lesson_parts import grade, measure_once, show_chart, source
from pages.ui.state import server
from pages.ui.words.numbers import percent

REACH = 4.0  # the handle goes this far to either side


def show() -> None:
    """The curve with its handle; then two short runs, one without activation."""
    _handle()
    st.markdown("**What happens without one?** Two networks of the same size, trained right here:")
    measure_once(
        "activation",
        "Two networks learn: one with ReLU, one without",
        compare_activations,
        _compare,
    )


@st.fragment
def _handle() -> None:
    name = st.segmented_control(
        "Activation",
        list(ACTIVATIONS),
        format_func=lambda each: ACTIVATIONS[each].label,
        default="relu",
        required=True,
        key="lesson-activation",
    )
    value = st.slider("The sum that goes in (x)", -REACH, REACH, 1.5, 0.1)
    out = round(float(activation_at(name, value)), 3) + 0.0  # never a "-0"
    show_chart(
        curve_with_point(
            activation_curve(name, REACH),
            (value, out),
            ("x: the sum that goes in", "what the unit hands on"),
        ),
        key="activation-curve",
        alt=f"The curve of {ACTIVATIONS[name].label}: at {value:g} it gives {out:g}",
    )
    st.markdown(f"In goes **{value:g}**, out comes **{out:g}**.")


def _compare(measured: tuple[dict[str, ShortRun], float]) -> None:
    runs, difference = measured
    labels = {"none": "no activation", "relu": "ReLU"}
    show_chart(
        curves(
            {
                labels[name]: (
                    list(range(1, len(run.checks) + 1)),
                    [100 * mistakes for mistakes in run.mistakes],
                )
                for name, run in runs.items()
            },
            ("Epoch", "Wrong, of the validation images (%)"),
        ),
        key="activation-runs",
        alt=f"Mistakes over the epochs: without activation it ends at "
        f"{percent(runs['none'].mistakes[-1])} wrong, with ReLU at "
        f"{percent(runs['relu'].mistakes[-1])}",
    )
    most = math.ceil(difference * 1e6) / 1e6  # rounded up: never less than it was
    st.markdown(
        f"The network without activation read {grade(runs['none'].test)}, the one with ReLU "
        f"{grade(runs['relu'].test)}. Without activation, the three layers can be multiplied out "
        f"into one. We did that, and no score changed by more than {most:.6f}."
    )
    st.caption(
        f"{source()}, {len(server.lesson_digits().train):,} training images, "
        f"{runs['relu'].config.epochs} epochs each. The chart counts mistakes on "
        f"{runs['relu'].checks[-1].images:,} validation images."
    )
