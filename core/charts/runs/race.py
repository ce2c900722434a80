"""Two runs in one chart while they go on: their losses, by batch or by seconds of training.

Arrays in, `data` and `layout` out, as Plotly knows them; few points however long the runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.charts.lessons.lines import LINES
from core.charts.parts import HIGHEST_LOSS, LOSS, axis_end, note, titled_axis
from core.charts.series import rounded, smooth_thinned

POINTS = 200  # of each line
SPAN = 20  # batches that each point is the mean of
SHORTEST, LONGER = 0.5, 4.0  # seconds of training on the axis; more while nothing is known
BY = {"batch": "Batch", "seconds": "Seconds of training"}


@dataclass(frozen=True)
class Racer:
    """One of the two. losses: float32 (iterations,) so far; the rest is of the run as a whole."""

    name: str
    losses: np.ndarray
    total_iterations: int  # 0 while that is not known
    seconds: float  # of training so far


def race_chart(racers: Sequence[Racer], by: str) -> dict:
    """by: a key of BY. Time is shared out evenly among the batches of a run."""
    end = _end(racers, by)
    data, names = [], []
    for place, racer in enumerate(racers):
        color, dash = LINES[place]
        at, means = smooth_thinned(racer.losses, SPAN, POINTS)
        x = (at + 1) * _per_batch(racer, by)
        data.append(
            {"uid": f"racer-{place}", "name": racer.name, "x": rounded(x), "y": rounded(means)}
            | {"mode": "lines", "line": {"color": color, "dash": dash, "width": 3}}
            | {"hovertemplate": "%{y:.3g}"}
        )
        if len(means) and np.isfinite(means[-1]):
            height = min(float(means[-1]), HIGHEST_LOSS)
            look = {"xanchor": "right" if x[-1] > 0.7 * end else "left", "yanchor": "bottom"}
            font = {"color": color, "size": 14}
            text = f"<b>{racer.name}</b>"
            names.append(note(text, float(x[-1]), height, **look, yshift=4 + 18 * place, font=font))
    return {
        "data": data,
        "layout": {
            "xaxis": titled_axis(f"{BY[by]} (line: mean of {SPAN} batches)")
            | {"range": [0, end], "tickformat": ",~g"},
            "yaxis": titled_axis(LOSS) | {"range": [0, HIGHEST_LOSS]},
            "showlegend": False,
            "annotations": names,
        },
        "alt": "The race: " + "; ".join(_state(each) for each in racers) + ".",
        "name": "digit-lab-race",
    }


def _per_batch(racer: Racer, by: str) -> float:
    """How far a batch goes on the axis."""
    return racer.seconds / max(1, len(racer.losses)) if by == "seconds" else 1.0


def _end(racers: Sequence[Racer], by: str) -> float:
    """Where the axis ends: it doubles as the lines need it, so that short ones can be seen; where
    both are at their end, there."""
    if by == "seconds":
        whole = max((_per_batch(each, by) * each.total_iterations for each in racers), default=0)
        if whole and all(len(each.losses) >= each.total_iterations for each in racers):
            return whole
        reach = SHORTEST
        while reach < (whole or LONGER):
            reach *= 2
        return reach
    iterations = max((len(each.losses) for each in racers), default=0)
    return axis_end(iterations, max((each.total_iterations for each in racers), default=0))


def _state(racer: Racer) -> str:
    loss = f", loss {racer.losses[-1]:.2g}" if len(racer.losses) else ""
    return f"{racer.name}, batch {len(racer.losses):,} of {racer.total_iterations:,}{loss}"
