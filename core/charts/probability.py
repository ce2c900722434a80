"""The live chart of one drawing: how likely a network holds each digit while it learns.

Arrays in, a chart out, as a small dictionary in Plotly's terms (see core/charts/training.py).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from core.charts.palette import DIGIT_COLORS, DIGIT_DASHES
from core.charts.parts import axis_end, heading, iteration_axis, note, percent_axis, unseen_line
from core.charts.series import thin

PROBABILITY_POINTS = 80  # for each of ten lines
LIKELY, WAS_LIKELY = 5, 20  # per cent, from which a digit is named: at its line's end, at its top
ROW = 9  # per cent that two names need between them


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
    return {
        "data": [
            *(probability_trace(iterations, percent[:, digit], digit) for digit in range(10)),
            unseen_line(end, "y"),
        ],
        "layout": {
            "xaxis": iteration_axis(end, revision),
            "yaxis": percent_axis(-2, 102, revision),  # a line at 0 or 100 % has a width
            "showlegend": False,
            "annotations": [
                heading("<b>Probability</b> that it is each digit", 1.0),
                *(labels(iterations, percent, end) if len(iterations) else []),
            ],
        },
        "alt": probability_state(iterations, percent),
        "name": "digit-lab-probabilities",
    }


def probability_trace(iterations: np.ndarray, percent: np.ndarray, digit: int) -> dict:
    """The line of one digit; percent (N,)."""
    at, values = thin(percent, PROBABILITY_POINTS)
    return {
        "uid": f"digit-{digit}",
        "name": str(digit),
        "x": iterations[at].tolist(),
        "y": [round(value, 1) if math.isfinite(value) else None for value in values.tolist()],
        "mode": "lines",
        "line": {"color": DIGIT_COLORS[digit], "width": 2.5, "dash": DIGIT_DASHES[digit]},
        "hovertemplate": "%{y:.1f} %",
    }


def labels(iterations: np.ndarray, percent: np.ndarray, end: int) -> list[dict]:
    """The digits that are likely now, written at the ends of their lines, and those that were
    likely before, where their lines are highest: each where there is room. end: of the axis."""
    last, tops = len(percent) - 1, percent.argmax(axis=0)
    places = [(digit, last) for digit in np.argsort(-percent[-1], kind="stable").tolist()]
    places += [(digit, tops[digit]) for digit in np.argsort(-percent.max(axis=0)).tolist()]
    written: dict[int, dict] = {}
    for digit, place in places:
        x, y = int(iterations[place]), round(float(percent[place, digit]), 1)
        likely = y >= (LIKELY if place == last else WAS_LIKELY)
        free = all(
            abs(y - each["y"]) >= ROW or abs(x - each["x"]) >= end / 15 for each in written.values()
        )
        if digit not in written and likely and free:
            look = {"xanchor": "left", "xshift": 5} if place == last else {"yanchor": "bottom"}
            font = {"size": 18, "color": DIGIT_COLORS[digit]}
            written[digit] = note(f"<b>{digit}</b>", x, y, font=font, **look)
    return list(written.values())


def probability_state(iterations: np.ndarray, percent: np.ndarray) -> str:
    """The probability chart in words."""
    if len(iterations) == 0:
        return "Chart of the probability of each digit. Nothing measured yet."
    first, second = np.argsort(-percent[-1], kind="stable")[:2].tolist()
    return (
        f"After iteration {iterations[-1]:,} the network takes this drawing for a {first} with "
        f"{percent[-1, first]:.0f} %, for a {second} with {percent[-1, second]:.0f} %."
    )
