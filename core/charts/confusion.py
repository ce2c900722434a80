"""The confusion matrix as a chart in Plotly's terms, whose cells can be clicked."""

from __future__ import annotations

import numpy as np

from core.charts.palette import PALETTE
from core.charts.parts import click_targets, rectangle, titled_axis
from core.config import CLASSES

DIGITS = list(range(CLASSES))


def confusion_chart(
    confusion: np.ndarray,
    shares: bool,
    muted: bool,
    dark: bool,
    chosen: tuple[int | None, int | None] = (None, None),
) -> dict:
    """The confusion matrix, int (10, 10), as a grid of cells: rows the true digit, columns answers.

    shares: each row in per cent of its images; muted: the right answers without a colour, so that
    mistakes show; dark: for a dark page; chosen: the digit and the answer whose cell is framed, a
    whole row or column where one of them is None.
    """
    confusion = np.asarray(confusion)
    totals = confusion.sum(axis=1, keepdims=True)
    values = 100 * confusion / np.maximum(totals, 1) if shares else confusion.astype(float)
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
    ticks = {"tickmode": "array", "tickvals": DIGITS, "showgrid": False, "zeroline": False}
    answered, was = titled_axis("what it answered"), titled_axis("the digit it was")
    layout = {
        "height": 430,
        "margin": {"l": 48, "r": 12, "t": 48, "b": 12},
        "xaxis": answered | ticks | {"range": [-0.5, 9.5], "side": "top"},
        "yaxis": was | ticks | {"range": [9.5, -0.5]},
        "shapes": [frame_of(*chosen)] if chosen != (None, None) else [],
    }
    columns, rows = DIGITS * CLASSES, np.repeat(DIGITS, CLASSES).tolist()
    images = confusion.reshape(-1, 1).tolist()
    hover = "a %{y}, read as %{x}: %{customdata[0]:,} images"
    return {"data": [heatmap, click_targets(columns, rows, 26, images, hover)], "layout": layout}


def frame_of(label: int | None, answer: int | None) -> dict:
    """A frame around a cell, or around a row or column where one of both is None."""
    left, right = (answer, answer) if answer is not None else (0, CLASSES - 1)
    top, bottom = (label, label) if label is not None else (0, CLASSES - 1)
    return rectangle(left, top, right, bottom, PALETTE["vermillion"], 3)


def cell_text(value: float, shares: bool) -> str:
    """What stands in a cell: nothing for zero, so that the eye finds the rest."""
    if value == 0:
        return ""
    return f"{value:.1f}" if shares and value < 9.95 else f"{value:.0f}"
