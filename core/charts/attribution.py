"""The chart of an attribution: orange and blue pixels on one scale, with the outline of the digit.

Numbers in, charts out, as small dictionaries in Plotly's terms. It measures nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.charts.mosaics import LIGHT_COLD, LIGHT_WARM, TILE
from core.charts.palette import PALETTE
from core.charts.parts import rectangle
from core.config import IMAGE_SIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.explain.attribution import Attribution, Spot

DIM_INK = 140  # the grey of ink that does nothing, beside which colours show
ZOOM, FRAME = 8, 3  # image pixels to a pixel of the digit; how wide the square's line is
INK = 0.3  # what is brighter than this is ink: the core of the lines


def attribution_chart(
    attribution: Attribution, image: np.ndarray, spots: Sequence[Spot] = ()
) -> dict:
    """Every pixel in the colour of its amount, and a white square round each of the spots.

    image: float (28, 28) in [0, 1], for the outline.
    """
    largest = attribution.strongest or 1.0
    shades = (LIGHT_COLD, (TILE, TILE, TILE), LIGHT_WARM)
    colours = [f"rgb({red}, {green}, {blue})" for red, green, blue in shades]
    pixels = {
        "type": "heatmap",
        "z": attribution.pixels.tolist(),
        "zmin": -largest,
        "zmax": largest,
        "colorscale": [[0, colours[0]], [0.5, colours[1]], [1, colours[2]]],
        "showscale": False,
        "customdata": np.round(100 * image).tolist(),
        "hovertemplate": "brightness %{customdata:.0f} %<br>%{z:+.2g} points<extra></extra>",
    }
    axis = {"visible": False, "fixedrange": True, "constrain": "domain"}
    last = IMAGE_SIDE - 1
    border = rectangle(0, 0, last, last, PALETTE["grey"], 1)  # dark on a dark page has none
    layout = {
        "height": 480,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "xaxis": axis | {"range": [-0.5, IMAGE_SIDE - 0.5]},
        "yaxis": axis | {"range": [IMAGE_SIDE - 0.5, -0.5], "scaleanchor": "x"},
        "showlegend": False,
        "hovermode": "closest",
        "shapes": [border, *map(white_square, spots)],
    }
    return {"data": [pixels, outline(image > INK)], "layout": layout}


def painted_digit(image: np.ndarray, pixels: np.ndarray) -> np.ndarray:
    """The digit itself, its ink in orange where it speaks for an answer and in blue where it speaks
    against it, on a dark tile: uint8 (28, 28, 3).

    image: float (28, 28) in [0, 1]. pixels: (28, 28), of an attribution; the largest in the ink has
    the full colour, a quarter of it half the colour, so that small ones are seen. Where there is no
    ink, nothing was covered, and nothing is painted.
    """
    amounts = (pixels * (image > INK))[..., None]
    strength = np.sqrt(np.abs(amounts) / (np.abs(amounts).max() or 1.0))
    colour = np.where(amounts < 0, LIGHT_COLD, LIGHT_WARM)
    ink = DIM_INK * (1 - strength) + colour * strength
    return (TILE + (ink - TILE) * image[..., None]).round().astype(np.uint8)


def white_square(spot: Spot) -> dict:
    """A line round the spot, for a chart of all pixels."""
    last_row, last_column = spot.row + spot.side - 1, spot.column + spot.side - 1
    return rectangle(spot.column, spot.row, last_column, last_row, "#FFFFFF", FRAME)


def with_spots(picture: np.ndarray, spots: Sequence[Spot]) -> np.ndarray:
    """A picture, uint8 (28, 28), with a white line round the spots, ZOOM times as large: uint8
    (28 ZOOM, 28 ZOOM)."""
    plain = picture.repeat(ZOOM, axis=0).repeat(ZOOM, axis=1)
    large = plain.copy()
    for grey, width in ((0, FRAME + 1), (255, FRAME)):  # a black hair line, for light grounds
        for spot in spots:
            large[around(spot, width)] = grey
    for spot in spots:
        large[around(spot, 0)] = plain[around(spot, 0)]
    return large


def around(spot: Spot, width: int) -> tuple[slice, slice]:
    """A spot in a picture that is ZOOM times as large, and so many pixels more on each side."""
    rows, columns = (
        slice(max(0, ZOOM * start - width), ZOOM * (start + spot.side) + width)
        for start in (spot.row, spot.column)
    )
    return rows, columns


def outline(inside: np.ndarray) -> dict:
    """A line along the edges between pixels inside and outside, bool (28, 28)."""
    padded = np.pad(inside, 1)
    xs: list[float | None] = []
    ys: list[float | None] = []
    for row, column in np.argwhere(padded[1:] != padded[:-1]):  # edges that lie
        xs += [column - 1.5, column - 0.5, None]
        ys += [row - 0.5, row - 0.5, None]
    for row, column in np.argwhere(padded[:, 1:] != padded[:, :-1]):  # edges that stand
        xs += [column - 0.5, column - 0.5, None]
        ys += [row - 1.5, row - 0.5, None]
    return {
        "x": [None if x is None else float(x) for x in xs],
        "y": [None if y is None else float(y) for y in ys],
        "mode": "lines",
        "line": {"color": "#B0B0B0", "width": 1.5},
        "hoverinfo": "skip",
    }
