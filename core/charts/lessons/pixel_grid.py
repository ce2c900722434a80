"""A part of an image as large squares with their numbers, to be clicked; in Plotly's terms."""

from __future__ import annotations

import numpy as np

from core.charts.palette import PALETTE
from core.charts.parts import click_targets, rectangle

NUMBERS_UP_TO = 10  # squares in a row that leave room for the number in each


def pixel_grid(pixels: np.ndarray, row: int, column: int, side: int) -> dict:
    """`side` × `side` squares of an image, uint8 (28, 28), around one; few enough: with numbers."""
    last = len(pixels) - side
    top = min(max(0, row - side // 2), last)
    left = min(max(0, column - side // 2), last)
    window = pixels[top : top + side, left : left + side]
    numbers = {"texttemplate": "%{z}", "textfont": {"size": 13}} if side <= NUMBERS_UP_TO else {}
    places = list(range(len(pixels)))
    squares = {
        "type": "heatmap",
        "z": window.tolist(),
        "x": places[left : left + side],
        "y": places[top : top + side],
        "zmin": 0,
        "zmax": 255,
        "colorscale": "Greys_r",
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
        "hoverinfo": "skip",
        **numbers,
    }
    rows, columns = np.mgrid[top : top + side, left : left + side]
    targets = click_targets(
        columns.ravel().tolist(),
        rows.ravel().tolist(),
        10,
        np.stack([window, rows + 1, columns + 1], -1).reshape(-1, 3).tolist(),
        "row %{customdata[1]}, column %{customdata[2]}: %{customdata[0]} of 255",
    )
    frame = rectangle(column, row, column, row, PALETTE["orange"], 3)
    return {
        "data": [squares, targets],
        "layout": {
            "height": 360,
            "margin": {"l": 30, "r": 5, "t": 5, "b": 25},
            "xaxis": squares_axis(left, side),
            "yaxis": squares_axis(top, side)
            | {"range": [top + side - 0.5, top - 0.5], "scaleanchor": "x"},
            "shapes": [frame],
            "dragmode": False,
            "clickmode": "event+select",
        },
    }


def squares_axis(first: int, side: int) -> dict:
    """An axis over squares, with marks counted from 1 as people do; not all where many."""
    marks = list(range(first, first + side, 1 if side <= NUMBERS_UP_TO else 3))
    return {
        "range": [first - 0.5, first + side - 0.5],
        "tickvals": marks,
        "ticktext": [str(mark + 1) for mark in marks],
        "constrain": "domain",
        "showgrid": False,
        "zeroline": False,
    }
