"""Curves that stand still: several together, each with its name at its end; a noisy one with its
mean.

Numbers in, `data` and `layout` out, as Plotly knows them. The chart of a run that goes on is in
core/charts/training.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from core.charts.palette import PALETTE
from core.charts.parts import LOSS, NAMED_LINES, end_names, titled_axis
from core.charts.series import smooth, smooth_thinned

Series = tuple[Sequence[float], Sequence[float]]  # x and y of a line
HEIGHT = 380
POINTS = 400  # of a line: about one for every two pixels
LINES = (
    *((PALETTE["bluish green"], "solid"), (PALETTE["reddish purple"], "dash")),
    *((PALETTE["brown"], "dot"), (PALETTE["grey"], "dashdot")),
    *((PALETTE["violet"], "longdash"), (PALETTE["yellow"], "longdashdot")),
)


def curves(lines: Mapping[str, Series], titles: tuple[str, str], top: float | None = None) -> dict:
    """Several lines, told apart by colour and dash; `top` cuts the vertical axis there."""
    data = [
        _line(series, name, *LINES[index % len(LINES)])
        for index, (name, series) in enumerate(lines.items())
    ]
    return {"data": data, "layout": _layout(data, titles, top)}


def smoothed_losses(
    losses: Mapping[str, Sequence[float]], span: int, top: float | None = None
) -> dict:
    """The losses of several runs, step by step: of each the mean of the last `span`.

    Of a long run so few points that the chart stays small; what is no number is left out.
    """
    lines = {}
    for name, values in losses.items():
        at, means = smooth_thinned(np.asarray(values), span, POINTS)
        finite = np.isfinite(means)
        lines[name] = (at[finite] + 1).tolist(), means[finite].tolist()
    return curves(lines, ("Step", f"{LOSS} (mean of the last {span})"), top)


def noisy_curve(values: Sequence[float], span: int, titles: tuple[str, str]) -> dict:
    """Every value as a thin line, and the mean of the last `span` of them as a strong one."""
    places = list(range(1, len(values) + 1))
    means = places, smooth(np.array(values), span).tolist()
    thin_line = _line((places, values), "", PALETTE["grey"], "solid", 1)
    name = f"mean of {span}" if span > 1 else "each batch"
    strong = _line(means, name, PALETTE["bluish green"], "solid", 3)
    return {"data": [thin_line, strong], "layout": _layout([thin_line, strong], titles)}


def _line(series: Series, name: str, color: str, dash: str, width: float = 2.5) -> dict:
    x, y = series
    return {
        "mode": "lines",
        "x": list(x),
        "y": list(y),
        "name": name,
        "line": {"color": color, "dash": dash, "width": width},
    }


def _layout(data: list[dict], titles: tuple[str, str], top: float | None = None) -> dict:
    """Axes from zero, which do not zoom, the title of the one beside above it, and the names of the
    lines at their ends."""
    below, beside = titles
    end = max(max(line["x"]) for line in data)
    highest = top or 1.05 * max(max(line["y"]) for line in data)
    return {
        "height": HEIGHT,
        "margin": NAMED_LINES | {"t": 36},
        "title": {"text": beside, "font": {"size": 14}, "x": 0, "xref": "paper", "y": 0.98},
        "xaxis": titled_axis(below) | {"range": [min(data[0]["x"]), end]},
        "yaxis": {"fixedrange": True, "range": [0, highest]},
        "showlegend": False,
        "annotations": end_names([line for line in data if line["name"]], highest),
    }
