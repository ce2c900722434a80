"""Lesson 3: the activation function, by hand; and what happens without one, measured."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from core.config import ACTIVATIONS
from pages.ui import state
from pages.ui.learn.measured import measure_once
from pages.ui.learn.sources import grade, source
from pages.ui.words.numbers import percent

if TYPE_CHECKING:
    from core.data import DigitDataset
    from core.lessons.measures import OnShare, ShortRun

REACH = 4.0  # the handle goes this far to either side


def show() -> None:
    """The curve with its handle."""
    _handle()


def measure() -> None:
    """Two short runs, one without activation."""
    st.markdown("**What happens without one?** Two networks of the same size, trained right here:")
    measure_once("activation", "Two networks learn: one with ReLU, one without", _work, _compare)


def _work(digits: DigitDataset, on_share: OnShare) -> tuple[dict[str, ShortRun], float]:
    from core.lessons.measures import compare_activations

    return compare_activations(digits, on_share)


@st.fragment
def _handle() -> None:
    from core.charts.lessons import curve_with_point
    from core.lessons.measures import activation_at

    name = st.segmented_control(
        "Activation",
        list(ACTIVATIONS),
        format_func=lambda each: ACTIVATIONS[each].label,
        default="relu",
        required=True,
        key="lesson-activation",
    )
    value = st.slider("The sum that goes in (x)", -REACH, REACH, 1.5, 0.1)
    across = np.linspace(-REACH, REACH, 81)
    out = round(float(activation_at(name, np.array([value]))[0]), 3) + 0.0  # never a "-0"
    st.plotly_chart(
        curve_with_point(
            (across.tolist(), activation_at(name, across).tolist()),
            (value, out),
            ("x: the sum that goes in", "what the unit hands on"),
        ),
        key="activation-curve",
        config={"displayModeBar": False},
        alt=f"The curve of {ACTIVATIONS[name].label}: at {value:g} it gives {out:g}",
    )
    st.markdown(f"In goes **{value:g}**, out comes **{out:g}**.")


def _compare(measured: tuple[dict[str, ShortRun], float]) -> None:
    from core.charts.lessons import curves

    runs, difference = measured
    labels = {"none": "no activation", "relu": "ReLU"}
    st.plotly_chart(
        curves(
            {
                labels[name]: (
                    list(range(1, len(run.checks) + 1)),
                    [100 * (1 - check.accuracy) for check in run.checks],
                )
                for name, run in runs.items()
            },
            ("Epoch", "Wrong, of the validation images (%)"),
        ),
        key="activation-runs",
        config={"displayModeBar": False},
        alt=f"Mistakes over the epochs: without activation it ends at "
        f"{percent(1 - runs['none'].checks[-1].accuracy)} wrong, with ReLU at "
        f"{percent(1 - runs['relu'].checks[-1].accuracy)}",
    )
    most = math.ceil(difference * 1e6) / 1e6  # rounded up: never less than it was
    st.markdown(
        f"The network without activation read {grade(runs['none'].test)}, the one with ReLU "
        f"{grade(runs['relu'].test)}. Without activation, the three layers can be multiplied out "
        f"into one. We did that, and no score changed by more than {most:.6f}."
    )
    st.caption(
        f"{source()}, {len(state.lesson_digits().train):,} training images, "
        f"{runs['relu'].config.epochs} epochs each. The chart counts mistakes on "
        f"{runs['relu'].checks[-1].images:,} validation images."
    )
