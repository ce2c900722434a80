"""The drawing canvas's JSON becomes pen strokes, exactly as they lie on the canvas.

Knows the format of the canvas (Fabric.js 7, inside streamlit-drawable-canvas 0.13) and nothing
of images or networks. Whatever is wrong with the JSON is said in plain words, as a DrawingError.
"""

import math
from collections.abc import Sequence
from itertools import chain, compress

import numpy as np

from core.strokes.bezier import boxes, points_along
from core.strokes.checks import (
    MAX_COMMANDS,
    check_count,
    checked_numbers,
    objects_of,
    path_of,
    shown,
    unreadable,
)
from core.strokes.pen import Strokes

ORIGINS = {"left": 0.0, "top": 0.0, "center": 0.5, "right": 1.0, "bottom": 1.0}
MANY_COMMANDS = 20_000  # of more than these, most are left out: they lie too close to tell apart


def read_strokes(canvas_json: dict | None) -> Strokes:
    """The strokes on the canvas, every object moved, scaled and turned as it is shown.

    Args:
        canvas_json: `json_data` of the canvas: {"objects": [path objects]}. A path holds the
            commands M, L, Q, C and Z with absolute points. An object's own matrix (left, top,
            origin, scale, angle, flip, skew) is about the centre of its path's box.

    Raises:
        EmptyDrawing: there is no object at all.
        DrawingError: the JSON is not what the canvas sends; the message says why.
    """
    objects = objects_of(canvas_json)
    paths = [path_of(item) for item in objects]
    owners = np.repeat(np.arange(len(paths)), [len(path) for path in paths])  # (C,)
    commands = list(chain.from_iterable(paths))
    letters = np.array([command[0] for command in commands])
    check_count(int((letters == "M").sum()))  # one object may hold many
    kept = worth_keeping(letters)
    letters, owners = letters[kept], owners[kept]
    curves = curves_of(letters, list(compress(commands, kept)))
    centres, sizes = fabric_boxes(letters, curves, owners)
    matrices, new_centres, brush_widths = placements(objects, centres, sizes)
    curves = (curves - centres[owners, None]) @ matrices.swapaxes(1, 2)[owners]
    curves += new_centres[owners, None]
    return points_along(
        curves, letters == "M", np.isin(letters, ("M", "L", "Z")), brush_widths[owners]
    )


def worth_keeping(letters: np.ndarray) -> np.ndarray:
    """bool (C,): of very many commands, those at the ends of strokes and every so manieth."""
    if len(letters) > MAX_COMMANDS:
        raise unreadable(f"it has {len(letters):,} points, and {MAX_COMMANDS:,} is the most")
    every = math.ceil(len(letters) / MANY_COMMANDS)
    begins = letters == "M"
    return begins | np.r_[begins[1:], True] | (np.arange(len(letters)) % every == 0)


def curves_of(letters: np.ndarray, commands: Sequence[Sequence]) -> np.ndarray:
    """Every command as a cubic Bézier curve, float64 (C, 4, 2): start, two control points, end.

    M is a curve of no length.
    """
    pairs = checked_numbers(chain.from_iterable(command[1:] for command in commands)).reshape(-1, 2)
    counts = np.array(list(map(len, commands))) // 2  # points after each letter
    last = np.maximum(np.cumsum(counts) - 1, 0)  # index of each command's last point
    commands_so_far = np.arange(len(letters))
    stroke_begin = np.maximum.accumulate(np.where(letters == "M", commands_so_far, 0))
    ends = pairs[last]  # (C, 2)
    ends = np.where((letters == "Z")[:, None], ends[stroke_begin], ends)  # Z goes back to M
    starts = np.roll(ends, 1, axis=0)
    starts = np.where((letters == "M")[:, None], ends, starts)
    first = starts + (ends - starts) / 3  # a straight line, as a cubic
    second = starts + (ends - starts) * 2 / 3
    quadratic = letters == "Q"
    control = pairs[last[quadratic] - 1]  # the same curve as a cubic: two thirds of the way
    first[quadratic] = starts[quadratic] + (control - starts[quadratic]) * 2 / 3
    second[quadratic] = ends[quadratic] + (control - ends[quadratic]) * 2 / 3
    cubic = letters == "C"
    first[cubic], second[cubic] = pairs[last[cubic] - 2], pairs[last[cubic] - 1]
    return np.stack([starts, first, second, ends], axis=1)


def fabric_boxes(
    letters: np.ndarray, curves: np.ndarray, owners: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Centre and size, float64 (S, 2) each, of each path's box as Fabric computes it.

    Fabric takes Q for the cubic whose two control points are both Q's one control point, which
    bulges further than the curve itself. Its box is what left and top refer to, so it is
    followed here.
    """
    curves = curves.copy()
    quadratic = letters == "Q"
    start, first = curves[quadratic, 0], curves[quadratic, 1]
    curves[quadratic, 1] = curves[quadratic, 2] = (first * 3 - start) / 2
    return boxes(curves, owners)


def placements(
    objects: list[dict], centres: np.ndarray, sizes: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How each object lies on the canvas.

    Returns:
        matrices (S, 2, 2) about the centre of the path's box, where that centre lies (S, 2),
        and brush widths (S,), all float64 and in canvas pixels.
    """
    left = property_of(objects, "left", centres[:, 0])
    top = property_of(objects, "top", centres[:, 1])
    flip_x, flip_y = (np.array([bool(o.get(key)) for o in objects]) for key in ("flipX", "flipY"))
    scale_x = property_of(objects, "scaleX", 1.0) * np.where(flip_x, -1, 1)
    scale_y = property_of(objects, "scaleY", 1.0) * np.where(flip_y, -1, 1)
    tan_x = np.tan(np.radians(property_of(objects, "skewX", 0.0)))
    tan_y = np.tan(np.radians(property_of(objects, "skewY", 0.0)))
    angle = np.radians(property_of(objects, "angle", 0.0))
    pen = np.abs(property_of(objects, "strokeWidth", 1.0))

    # Fabric: turn · scale · skew along x · skew along y.
    shape = matrices_of(scale_x * (1 + tan_x * tan_y), scale_x * tan_x, scale_y * tan_y, scale_y)
    turn = matrices_of(np.cos(angle), -np.sin(angle), np.sin(angle), np.cos(angle))

    # left and top name the centre of the box unless origin says otherwise; the box that an
    # origin refers to has the line's thickness in it.
    uniform = np.array([bool(o.get("strokeUniform")) for o in objects])
    box = np.einsum("nij,nj->ni", np.abs(shape), sizes + np.where(uniform, 0, pen)[:, None])
    box += np.where(uniform, pen, 0)[:, None]
    to_centre = 0.5 - np.stack([origins(objects, "originX"), origins(objects, "originY")], axis=1)
    new_centres = np.stack([left, top], 1) + np.einsum("nij,nj->ni", turn, to_centre * box)

    thickness = np.where(uniform, pen, pen * np.sqrt(np.abs(np.linalg.det(shape))))
    return turn @ shape, new_centres, thickness


def property_of(objects: list[dict], key: str, default: float | np.ndarray) -> np.ndarray:
    """float64 (S,): one number from every object, `default` where it is missing or null."""
    defaults = np.broadcast_to(default, len(objects)).tolist()
    values = [item.get(key) for item in objects]
    return checked_numbers(d if v is None else v for v, d in zip(values, defaults, strict=True))


def origins(objects: list[dict], key: str) -> np.ndarray:
    """float64 (S,), 0 to 1: which part of its box each object's left or top names."""
    names = [item.get(key) or "center" for item in objects]
    for name in names:
        if not isinstance(name, str) or name not in ORIGINS:
            raise unreadable(f"{key} should be one of {', '.join(ORIGINS)}, not {shown(name)}")
    return np.array([ORIGINS[name] for name in names])


def matrices_of(a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray) -> np.ndarray:
    """[[a, b], [c, d]], each (S,), as matrices (S, 2, 2)."""
    return np.stack([np.stack([a, b], -1), np.stack([c, d], -1)], -2)
