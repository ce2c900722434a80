"""A drawing in few characters, for a browser to keep; and back, believing nothing of what it kept.

It knows only strokes of the pen, as the canvas makes them. What they mean is the business of
core/strokes/canvas.py.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from core.strokes.paths import path_object

MOST_STROKES, MOST_NUMBERS = 200, 4_000  # of a drawing, of a stroke; a digit has few of either
FARTHEST = 10_000  # canvas pixels: strokes may leave the box, but not for so far away


def packed_drawing(drawing: dict[str, Any]) -> list[list[int]]:
    """Each stroke as [width, x, y, x, y, …], whole canvas pixels; none where it is another thing.

    Of a curve its ends are kept: a pen's points lie close.
    """
    objects = drawing.get("objects")
    try:
        return [_packed(each) for each in objects[:MOST_STROKES]]
    except (TypeError, KeyError, ValueError, OverflowError):
        return []


def _packed(stroke: dict[str, Any]) -> list[int]:
    ends = [number for command in stroke["path"] for number in command[1:][-2:]]
    return [round(stroke["strokeWidth"]), *map(round, ends[:MOST_NUMBERS])]


def unpacked_drawing(value: object) -> dict[str, Any]:
    """What `packed_drawing` made, as the canvas takes it; whatever else is there is left out."""
    strokes = value[:MOST_STROKES] if isinstance(value, list) else []
    return {"objects": [_object(each) for each in strokes if _is_stroke(each)]}


def _is_stroke(item: object) -> bool:
    return (
        isinstance(item, list)
        and 3 <= len(item) <= MOST_NUMBERS + 1
        and len(item) % 2 == 1
        and all(type(each) is int and abs(each) <= FARTHEST for each in item)
        and item[0] > 0
    )


def _object(stroke: list[int]) -> dict[str, Any]:
    return path_object(np.array(stroke[1:], dtype=float).reshape(-1, 2), float(stroke[0]))
