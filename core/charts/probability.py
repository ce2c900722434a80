"""The live chart of one drawing: how likely a network holds each digit while it learns.

Arrays in, a chart out, as a small dictionary in Plotly's terms (see core/charts/training.py).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from core.charts.palette import DIGIT_COLORS, DIGIT_DASHES, PALETTE
from core.charts.parts import (
    axis_end,
    end_names,
    heading,
    iteration_axis,
    percent_axis,
    unseen_line,
)
from core.charts.series import thin

PROBABILITY_POINTS = 80  # for each of ten lines
LOW, HIGH = -2, 102  # per cent, of the axis: a line at 0 or 100 % has a width


def probability_chart(
    iterations: Sequence[int],
    probabilities: np.ndarray,
    *,
    total_iterations: int,
    revision: str = "",
) -> dict:
    """The live chart of one drawing: how likely the network holds each digit as it learns.

    iterations: (N,), rising. probabilities: float (N, 10) in [0, 1], what the network said of the
    drawing after each of them. revision: see `core.charts.training.training_chart`.
    """
    iterations = np.asarray(iterations, dtype=np.int64)
    percent = 100 * np.asarray(probabilities, dtype=np.float32).reshape(-1, 10)
    end = axis_end(int(iterations[-1]) if len(iterations) else 0, total_iterations)
    strong = leaders(percent)
    lines = [
        probability_trace(iterations, percent[:, digit], digit, digit in strong)
        for digit in range(10)
    ]
    named = [
        lines[digit] | {"name": f"{digit}: {newest:.0f} %"}
        for digit in sorted(strong)
        if (newest := lines[digit]["y"][-1]) is not None
    ]
    return {
        "data": [*lines, unseen_line(end, "y")],
        "layout": {
            "xaxis": iteration_axis(end, revision),
            "yaxis": percent_axis(LOW, HIGH, revision),
            "showlegend": False,
            "margin": {"l": 44, "r": 70, "t": 36, "b": 8},  # the lines' names stand on the right
            "annotations": [
                heading("<b>Probability</b> that it is each digit", 1.0),
                *end_names(named, HIGH, LOW),
            ],
        },
        "alt": probability_state(iterations, percent),
        "name": "digit-lab-probabilities",
    }


def leaders(percent: np.ndarray) -> set[int]:
    """The two likeliest digits of the newest moment, and all that were the likeliest before;
    percent (N, 10)."""
    return {*percent.argmax(axis=1).tolist(), *np.argsort(-percent[-1:])[:, :2].flatten().tolist()}


def probability_trace(
    iterations: np.ndarray, percent: np.ndarray, digit: int, is_strong: bool
) -> dict:
    """The line of one digit, which is strong and has a colour, or thin and grey; percent (N,)."""
    at, values = thin(percent, PROBABILITY_POINTS)
    look = {"color": DIGIT_COLORS[digit], "width": 2.5, "dash": DIGIT_DASHES[digit]}
    return {
        "uid": f"digit-{digit}",
        "name": str(digit),
        "x": iterations[at].tolist(),
        "y": [round(value, 1) if math.isfinite(value) else None for value in values.tolist()],
        "mode": "lines",
        "line": look if is_strong else {"color": PALETTE["grey"], "width": 1},
        "opacity": 1 if is_strong else 0.6,
        "zorder": int(is_strong),
        "hovertemplate": "%{y:.1f} %",
    }


def probability_state(iterations: np.ndarray, percent: np.ndarray) -> str:
    """The probability chart in words."""
    if len(iterations) == 0:
        return "Chart of the probability of each digit. Nothing measured yet."
    first, second = np.argsort(-percent[-1], kind="stable")[:2].tolist()
    return (
        f"After iteration {iterations[-1]:,} the network takes this drawing for a {first} with "
        f"{percent[-1, first]:.0f} %, for a {second} with {percent[-1, second]:.0f} %."
    )
