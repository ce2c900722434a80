"""Charts of an exam, as small dictionaries in Plotly's terms. Numbers in, charts out.

It measures nothing and knows no page. Each function says what its chart shows; the words that
stand for the chart where it cannot be seen are beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from core.charts.training import PALETTE
from core.config import CLASSES
from core.exam.robustness import Change, Point
from core.exam.sitting import Bin

Chart = dict[str, Any]
DIGITS = list(range(CLASSES))
MARGIN = {"l": 48, "r": 12, "t": 12, "b": 48}
LINES = (("blue", "solid", "circle"), ("vermillion", "dash", "diamond"))


def confusion_chart(
    confusion: np.ndarray,
    shares: bool,
    muted: bool,
    dark: bool,
    chosen: tuple[int | None, int | None] = (None, None),
) -> Chart:
    """The confusion matrix, int (10, 10), as a grid of cells: rows the true digit, columns answers.

    shares: each row in per cent of its images; muted: the right answers without a colour, so that
    mistakes show; dark: for a dark page; chosen: the digit and the answer whose cell is framed, a
    whole row or column where one of them is None.
    """
    confusion = np.asarray(confusion)
    rows = confusion.sum(axis=1, keepdims=True)
    values = 100 * confusion / np.maximum(rows, 1) if shares else confusion.astype(float)
    text = [[cell_text(value, shares) for value in row] for row in values]
    colours = values * (1 - np.eye(CLASSES)) if muted else values
    low, high = ("#262730", "#56B4E9") if dark else ("#FFFFFF", PALETTE["blue"])
    heatmap = {
        "type": "heatmap",
        "x": DIGITS,
        "y": DIGITS,
        "z": colours.tolist(),
        "zmin": 0,
        "zmax": max(float(colours.max()), 1.0),
        "text": text,
        "texttemplate": "%{text}",
        "hoverinfo": "skip",
        "colorscale": [[0, low], [1, high]],
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
    }
    ticks = {
        "tickmode": "array",
        "tickvals": DIGITS,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }
    layout = {
        "height": 430,
        "margin": MARGIN | {"t": MARGIN["b"], "b": MARGIN["t"]},
        "xaxis": ticks
        | {"title": {"text": "what it answered"}, "range": [-0.5, 9.5], "side": "top"},
        "yaxis": ticks | {"title": {"text": "the digit it was"}, "range": [9.5, -0.5]},
        "shapes": [frame(*chosen)] if chosen != (None, None) else [],
    }
    return {"data": [heatmap, clickable_cells(confusion)], "layout": layout}


def frame(label: int | None, answer: int | None) -> Chart:
    """A frame around a cell, or around a row or column where one of both is None."""
    left, right = (answer, answer) if answer is not None else (0, CLASSES - 1)
    top, bottom = (label, label) if label is not None else (0, CLASSES - 1)
    return {
        "type": "rect",
        "x0": left - 0.5,
        "x1": right + 0.5,
        "y0": top - 0.5,
        "y1": bottom + 0.5,
        "line": {"color": PALETTE["vermillion"], "width": 3},
    }


def clickable_cells(confusion: np.ndarray) -> Chart:
    """An unseen marker on every cell: Plotly selects nothing in heatmaps."""
    return {
        "type": "scatter",
        "x": DIGITS * CLASSES,
        "y": [digit for digit in DIGITS for _ in DIGITS],
        "mode": "markers",
        "marker": {
            "symbol": "square",
            "size": 26,
            "opacity": 0,
        },
        "selected": {"marker": {"opacity": 0}},
        "unselected": {"marker": {"opacity": 0}},
        "customdata": confusion.reshape(-1, 1).tolist(),
        "hovertemplate": "a %{y}, read as %{x}: %{customdata[0]:,} images<extra></extra>",
        "showlegend": False,
    }


def cell_text(value: float, shares: bool) -> str:
    """What stands in a cell: nothing for zero, so that the eye finds the rest."""
    if value == 0:
        return ""
    if not shares:
        return f"{value:.0f}"
    return f"{value:.0f}" if value >= 9.95 else f"{value:.1f}"


def reliability_chart(bins: Sequence[Bin]) -> Chart:
    """How often the network is right, against how sure it is; the dashed line is where both agree.

    Whiskers are 95 % Wilson intervals.
    """
    ideal = {
        "name": "as right as it is sure",
        "x": [0, 100],
        "y": [0, 100],
        "mode": "lines",
        "line": {"color": PALETTE["grey"], "dash": "dash"},
        "hoverinfo": "skip",
    }
    measured = {
        "name": "this network",
        "x": [100 * each.confidence for each in bins],
        "y": [100 * each.accuracy for each in bins],
        "error_y": whiskers([(each.accuracy, each.interval) for each in bins]),
        "customdata": [[each.images, each.right] for each in bins],
        "mode": "lines+markers",
        "line": {"color": PALETTE["blue"], "width": 2},
        "marker": {"size": 9},
        "hovertemplate": "%{x:.1f} % sure, %{y:.1f} % right<br>%{customdata[1]:,} of "
        "%{customdata[0]:,} images<extra></extra>",
    }
    return {
        "data": [ideal, measured],
        "layout": {
            "height": 380,
            "margin": MARGIN,
            "xaxis": per_cent_axis("how sure it is"),
            "yaxis": per_cent_axis("how often it is right"),
            "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
        },
    }


def robustness_chart(points: Sequence[Point], change: Change, names: Sequence[str]) -> Chart:
    """The accuracy of each network against the strength of a change. Whiskers as above.

    It grows while it is measured, so it is made for `live_plot`: it has its words (`alt`) in it.
    """
    lines = []
    for number, name in enumerate(names):
        own = [point for point in points if point.network == number]
        colour, dash, symbol = LINES[number]
        results = [point.result for point in own]
        lines.append(
            {
                "name": name,
                "x": [point.strength for point in own],
                "y": [100 * result.accuracy for result in results],
                "error_y": whiskers([(result.accuracy, result.interval) for result in results]),
                "mode": "lines+markers",
                "line": {"color": PALETTE[colour], "width": 2, "dash": dash},
                "marker": {"size": 9, "symbol": symbol},
                "hovertemplate": "%{x:g}: %{y:.1f} % right<extra></extra>",
            }
        )
    x_axis = {
        "title": {"text": change.axis},
        "tickmode": "array",
        "tickvals": list(change.strengths),
        "range": beyond(change.strengths),
        "uirevision": change.label,
    }
    return {
        "data": lines,
        "layout": {
            "xaxis": x_axis,
            "yaxis": per_cent_axis("read correctly"),
            "showlegend": True,
            "hovermode": "closest",
        },
        "alt": robustness_words(points, change, names),
        "name": f"digit-lab-{change.label.lower().replace(' ', '-')}",
    }


def robustness_words(points: Sequence[Point], change: Change, names: Sequence[str]) -> str:
    """The chart in words: every number of it."""
    sentences = []
    for number, name in enumerate(names):
        own = [point for point in points if point.network == number]
        numbers = ", ".join(
            f"{each.strength:g}: {100 * each.result.accuracy:.1f} %" for each in own
        )
        sentences.append(f"{name}: {numbers or 'nothing measured yet'}.")
    return f"Share read correctly, {change.axis}. " + " ".join(sentences)


def reliability_words(bins: Sequence[Bin]) -> str:
    """The reliability diagram in words."""
    return "How sure and how often right. " + " ".join(
        f"{100 * each.confidence:.0f} % sure: {100 * each.accuracy:.0f} % right of "
        f"{each.images:,} images."
        for each in bins
    )


def whiskers(measured: Sequence[tuple[float, tuple[float, float]]]) -> Chart:
    """Error bars, in per cent, from shares with their intervals."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [100 * (high - share) for share, (_, high) in measured],
        "arrayminus": [100 * (share - low) for share, (low, _) in measured],
        "thickness": 1.5,
        "width": 4,
    }


def per_cent_axis(title: str) -> Chart:
    """An axis from 0 to 100 %, with room for a marker at either end."""
    return {"title": {"text": title}, "range": [-3, 103], "ticksuffix": " %", "fixedrange": True}


def beyond(values: Sequence[float]) -> list[float]:
    """A range a little wider than the values."""
    room = (max(values) - min(values)) / 30
    return [min(values) - room, max(values) + room]
