"""The map of digits as a chart in Plotly's terms. Places in, chart out.

It measures nothing and knows no page; which picture belongs to which point is told by its number.
"""

from __future__ import annotations

import numpy as np

from core.charts.palette import DIGIT_COLORS, PALETTE
from core.charts.parts import note
from core.charts.series import rounded
from core.config import CLASSES

SHEET_COLUMNS = 50  # tiles in a row of the sheet
STAR = "#F0E442"  # Okabe and Ito's yellow, which no digit has; with a black edge it shows on all


def map_chart(
    places: np.ndarray,
    labels: np.ndarray,
    answers: np.ndarray,
    sample: np.ndarray | None,
    axes: tuple[str, str],
    words: str,
) -> dict:
    """Every image as the numeral that it shows, in that digit's colour; made for `live_plot`.

    places: float (N, 2); labels, answers: int (N,), the true digit and what the network read; a
    mistake has a ring. sample: (2,), the star; None for none. axes: what stands at the two axes.
    words: the map in words. `customdata` of each numeral is the number of its image.
    """
    traces = [numerals(places, np.flatnonzero(labels == digit), digit) for digit in range(CLASSES)]
    traces.append(rings(places[labels != answers]))
    if sample is not None:
        traces.append(star_in_legend())
    bare = {"showticklabels": False, "showgrid": False, "uirevision": axes[0] or "bare"}
    return {
        "data": traces,
        "layout": {
            "xaxis": bare | {"title": {"text": axes[0], "font": {"size": 13}}},
            "yaxis": bare | {"title": {"text": axes[1], "font": {"size": 13}}, "scaleanchor": "x"},
            "annotations": [] if sample is None else [star(sample)],
            "hovermode": "closest",
            "showlegend": True,
        },
        "alt": words,
        "name": "digit-lab-map",
    }


def numerals(places: np.ndarray, where: np.ndarray, digit: int) -> dict:
    """The images of one digit. Four digits of a place are more than a screen shows."""
    return {
        "uid": f"digit {digit}",
        "type": "scattergl",  # thousands of numerals as text of their own take ten times as long
        "x": rounded(places[where, 0]),
        "y": rounded(places[where, 1]),
        "customdata": where.tolist(),
        "mode": "text",
        "text": str(digit),
        "textfont": {"color": DIGIT_COLORS[digit], "size": 11},
        "hoverinfo": "none",
        "showlegend": False,
    }


def rings(places: np.ndarray) -> dict:
    """Rings round these places."""
    return {
        "uid": "mistakes",
        "name": f"read wrongly ({len(places):,})",
        "x": rounded(places[:, 0]),
        "y": rounded(places[:, 1]),
        "mode": "markers",
        "marker": {
            "symbol": "circle-open",
            "size": 15,
            "color": PALETTE["grey"],
            "line": {"width": 1.5},
        },
        "hoverinfo": "skip",
        "showlegend": True,
    }


def star(place: np.ndarray) -> dict:
    """The digit that the visitor chose or drew, as a remark: numerals would cover a point."""
    x, y = rounded(place)
    font = {"size": 32, "color": STAR, "shadow": "0 0 3px #000, 0 0 3px #000"}
    return note("★", x, y, font=font)


def star_in_legend() -> dict:
    """What the star means: a line that has no points."""
    return {
        "uid": "sample",
        "name": "your digit",
        "x": [None],
        "y": [None],
        "mode": "markers",
        "marker": {"symbol": "star", "size": 16, "color": STAR, "line": {"width": 1}},
        "showlegend": True,
    }


def tile_sheet(images: np.ndarray) -> np.ndarray:
    """Images uint8 (N, 28, 28) in rows of SHEET_COLUMNS, without gaps: uint8 (height, width)."""
    count, height, width = images.shape
    rows = -(-count // SHEET_COLUMNS)
    sheet = np.zeros((rows * SHEET_COLUMNS, height, width), dtype=np.uint8)
    sheet[:count] = images
    grid = sheet.reshape(rows, SHEET_COLUMNS, height, width)
    return grid.transpose(0, 2, 1, 3).reshape(rows * height, SHEET_COLUMNS * width)
