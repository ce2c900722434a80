"""A canvas that replays strokes: what the drawing box would send, for tests and exams."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

CANVAS = 280  # width and height of the app's drawing box, in pixels

Stroke = np.ndarray  # float64 (P, 2), x to the right and y down


def on_canvas(
    strokes: Sequence[Stroke], place: tuple[float, float] = (0.5, 0.5), size: float = 0.7
) -> list[Stroke]:
    """The strokes in pixels of the drawing box.

    Args:
        place: where in the room that is left, across and down: (0, 0) is the top left corner,
            (0.5, 0.5) the middle, (1, 1) the bottom right corner.
        size: the digit's longer side as a share of the box.
    """
    points = np.concatenate(strokes)
    low, extent = points.min(0), np.ptp(points, axis=0)
    scale = size * CANVAS / max(extent.max(), 1e-9)
    corner = (CANVAS - extent * scale) * place
    return [(stroke - low) * scale + corner for stroke in strokes]


def canvas_json(
    strokes: Sequence[Stroke],
    place: tuple[float, float] = (0.5, 0.5),
    size: float = 0.7,
    brush: float = 20,
) -> dict:
    """What the canvas would return, had these strokes been drawn on it with the mouse.

    `place` and `size` as in `on_canvas`; `brush` is the pen's width in canvas pixels.
    """
    drawn = on_canvas(strokes, place, size)
    return {
        "version": "7.4.0",
        "objects": [path_object(stroke, brush) for stroke in drawn],
        "background": "",
    }


def path_object(stroke: Stroke, brush: float) -> dict:
    """One stroke as Fabric's pencil makes it: a smooth path and the centre of its box."""
    path = pencil_path(stroke, brush)
    low, high = fabric_box(path)
    (left, top), (width, height) = (low + high) / 2, high - low
    return {
        "type": "Path",
        "originX": "center",
        "originY": "center",
        "left": round(float(left), 4),
        "top": round(float(top), 4),
        "width": round(float(width), 4),
        "height": round(float(height), 4),
        "fill": None,
        "stroke": "#000000",
        "strokeWidth": brush,
        "strokeLineCap": "round",
        "strokeLineJoin": "round",
        "strokeUniform": False,
        "scaleX": 1,
        "scaleY": 1,
        "angle": 0,
        "flipX": False,
        "flipY": False,
        "skewX": 0,
        "skewY": 0,
        "path": path,
    }


def pencil_path(stroke: Stroke, brush: float) -> list[list]:
    """Fabric's pencil: points at least 0.4 px apart, joined by curves through their midpoints.

    The last point but one is left out, and the ends are a thousandth of the brush's width further
    out, so that a click without a move still paints a dot.
    """
    points = [stroke[0]]
    for point in stroke[1:-2]:
        if np.hypot(*(point - points[-1])) >= 0.4:
            points.append(point)
    points.append(stroke[-1])
    moved = len(points) > 2
    first = np.sign(points[2] - points[1]) if moved else np.array([1, 0])
    last = np.sign(points[-1] - points[-2]) if moved else np.array([1, 0])
    path = [["M", *(points[0] - first * brush / 1000).tolist()]]
    for here, ahead in pairwise(points):
        if not np.array_equal(here, ahead):
            path.append(["Q", *here.tolist(), *((here + ahead) / 2).tolist()])
    return [*path, ["L", *(points[-1] + last * brush / 1000).tolist()]]


def fabric_box(path: list[list]) -> tuple[np.ndarray, np.ndarray]:
    """Lowest and highest corner of Fabric's box of a path of M, Q, L and C, by dense sampling.

    For Q, Fabric takes the cubic curve with both control points at Q's control point.
    """
    curves = []
    for before, (letter, *numbers) in pairwise(path):
        points = np.array(numbers, dtype=float).reshape(-1, 2)
        start, end = np.array(before[-2:], dtype=float), points[-1]
        first, second = {"L": (start, end), "Q": points[[0, 0]]}.get(letter, points[:2])
        curves.append((start, first, second, end))
    start, first, second, end = np.array(curves).swapaxes(0, 1)  # (C, 2) each
    along = np.linspace(0, 1, 257)[:, None, None]
    back = 1 - along
    reached = back**3 * start + 3 * back**2 * along * first
    reached = reached + 3 * back * along**2 * second + along**3 * end
    return reached.min((0, 1)), reached.max((0, 1))
