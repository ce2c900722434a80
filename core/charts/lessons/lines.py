"""Curves that stand still: one with a point on it, several together, a noisy one with its mean.

Numbers in, `data` and `layout` out, as Plotly knows them. The chart of a run that goes on is in
core/charts/training.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from core.charts.palette import PALETTE
from core.charts.parts import legend_above, titled_axis
from core.charts.series import smooth

Series = tuple[Sequence[float], Sequence[float]]  # x and y of a line
MARGIN = {"l": 55, "r": 10, "t": 15, "b": 45}
LINES = (
    *((PALETTE["blue"], "solid"), (PALETTE["orange"], "dash")),
    *((PALETTE["vermillion"], "dot"), (PALETTE["bluish green"], "dashdot")),
)


def curve_with_point(
    curve: Series,
    point: tuple[float, float],
    titles: tuple[str, str],
    tangent: Series | None = None,
    dots: Series | None = None,
    reach: tuple[float, float] | None = None,
    top: float | None = None,
) -> dict:
    """A curve, a large point on it, perhaps the tangent there and small dots of other cases.

    reach: where the axis below begins and ends; top: where the one beside ends, which begins at 0.
    """
    data = [_line(curve, "", *LINES[0])]
    if tangent:
        data.append(_line(tangent, "", *LINES[1]))
    if dots:
        data.append(_markers(dots, PALETTE["bluish green"], 7, 0.5))
    data.append(_markers(([point[0]], [point[1]]), PALETTE["vermillion"], 15, 1))
    layout = _layout(titles, legend=False, top=top)
    if reach is not None:
        layout["xaxis"]["range"] = list(reach)
    return {"data": data, "layout": layout}


def curves(lines: Mapping[str, Series], titles: tuple[str, str], top: float | None = None) -> dict:
    """Several lines, told apart by colour and dash; `top` cuts the vertical axis there."""
    data = [
        _line(series, name, *LINES[index % len(LINES)])
        for index, (name, series) in enumerate(lines.items())
    ]
    layout = _layout(titles, legend=True, top=top) | {"height": 360}
    layout["yaxis"]["rangemode"] = "tozero"
    return {"data": data, "layout": layout}


def smoothed_losses(
    losses: Mapping[str, Sequence[float]], span: int, top: float | None = None
) -> dict:
    """The losses of several runs, batch by batch: of each the mean of the last `span`."""
    lines = {
        name: (range(1, len(values) + 1), smooth(np.array(values), span).tolist())
        for name, values in losses.items()
    }
    return curves(lines, ("Batch", f"Loss (mean of the last {span})"), top)


def noisy_curve(values: Sequence[float], span: int, titles: tuple[str, str]) -> dict:
    """Every value as a thin line, and the mean of the last `span` of them as a strong one."""
    places = list(range(1, len(values) + 1))
    means = places, smooth(np.array(values), span).tolist()
    thin_line = _line((places, values), "each batch", PALETTE["sky blue"], "solid", 1)
    strong = _line(means, f"mean of the last {span}", PALETTE["vermillion"], "solid", 3)
    layout = _layout(titles, legend=True)
    layout["yaxis"]["rangemode"] = "tozero"
    return {"data": [thin_line, strong], "layout": layout}


def _line(series: Series, name: str, color: str, dash: str, width: float = 2.5) -> dict:
    x, y = series
    return {
        "mode": "lines",
        "x": list(x),
        "y": list(y),
        "name": name,
        "line": {"color": color, "dash": dash, "width": width},
        "hovertemplate": "%{x:.3~g}: %{y:.3~g}",
    }


def _markers(series: Series, color: str, size: int, opacity: float) -> dict:
    x, y = series
    return {
        "mode": "markers",
        "x": list(x),
        "y": list(y),
        "marker": {"color": color, "size": size, "opacity": opacity},
        "hovertemplate": "%{x:.3~g}: %{y:.3~g}<extra></extra>",
    }


def _layout(titles: tuple[str, str], legend: bool, top: float | None = None) -> dict:
    below, beside = titles
    reach = {} if top is None else {"range": [0, top]}
    return {
        "height": 300,
        "margin": MARGIN,
        "xaxis": titled_axis(below),
        "yaxis": titled_axis(beside) | reach,
        "showlegend": legend,
        "legend": legend_above(),
    }
