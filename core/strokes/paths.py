"""Strokes become the JSON of a drawing canvas, the way back from core/strokes/canvas.py.

For strokes that no pen drew here, those followed on a picture and those that somebody wrote
elsewhere; and for a drawing that goes to a canvas of another size.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from numbers import Real
from typing import Any

import numpy as np

MARGIN = 0.15  # share of the canvas left free on every side
INK = "#FFFFFF"
MEASURES = ("left", "top", "width", "height", "strokeWidth")  # of a stroke, in canvas pixels
BRUSH_SHARE = 1 / 11  # of the digit's longer side: MNIST's digits are 20 pixels long, pens 2


def drawing_of(strokes: Sequence[Sequence[Sequence[float]]], side: int) -> dict[str, Any]:
    """The strokes in the middle of a canvas `side` pixels wide and high, as large as fits well.

    strokes: points (x, y) with y down, at least one each, in any unit.
    """
    points = np.concatenate([np.asarray(stroke, dtype=float) for stroke in strokes])
    low, high = points.min(axis=0), points.max(axis=0)
    room = side * (1 - 2 * MARGIN)
    scale = room / max(float((high - low).max()), 1e-9)
    shift = side / 2 - scale * (low + high) / 2
    width = BRUSH_SHARE * room
    return {"objects": [path_object(scale * np.array(line) + shift, width) for line in strokes]}


def path_object(points: np.ndarray, width: float) -> dict[str, Any]:
    """A stroke as the canvas keeps it: points (P, 2) in canvas pixels; one point is a dot."""
    low, high = points.min(axis=0), points.max(axis=0)
    others = points[1:] if len(points) > 1 else points
    return {
        "type": "Path",
        "path": [["M", *points[0].tolist()], *(["L", *point.tolist()] for point in others)],
        "left": float(low[0] + high[0]) / 2,
        "top": float(low[1] + high[1]) / 2,
        "width": float(high[0] - low[0]),
        "height": float(high[1] - low[1]),
        "originX": "center",
        "originY": "center",
        "fill": None,
        "stroke": INK,
        "strokeWidth": width,
        "strokeLineCap": "round",
        "strokeLineJoin": "round",
    }


def scaled(drawing: dict[str, Any], factor: float) -> dict[str, Any]:
    """The drawing on a canvas `factor` times as large, in white ink.

    What is no drawing stays as it is: core/strokes/checks.py says what is wrong with it.
    """
    objects = drawing.get("objects")
    if not isinstance(objects, list):
        return drawing
    return {**drawing, "objects": [_scaled_stroke(each, factor) for each in objects]}


def _scaled_stroke(stroke: Any, factor: float) -> Any:
    if not isinstance(stroke, dict):
        return stroke
    new = stroke | {"stroke": INK}
    new |= {name: _times(new[name], factor) for name in MEASURES if name in new}
    path = new.get("path")
    if factor != 1 and isinstance(path, list):
        new["path"] = [
            [_times(each, factor) for each in command] if isinstance(command, list) else command
            for command in path
        ]
    return new


def _times(value: Any, factor: float) -> Any:
    if not isinstance(value, Real):
        return value
    with suppress(OverflowError):  # a whole number beyond all measure, which is no drawing either
        value = value * factor
    return value
