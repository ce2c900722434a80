"""The drawing canvas's JSON becomes pen strokes, exactly as they lie on the canvas.

Knows the format of the canvas (Fabric.js 7, inside streamlit-drawable-canvas 0.13) and nothing
of images or networks. Whatever is wrong with the JSON is said in plain words, as a DrawingError.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from numbers import Real

import numpy as np

MAX_STROKES = 2_000  # a digit has one to five; more is a scribble that nobody meant as a digit
MAX_COMMANDS = 500_000  # path commands in all, a minute of scribbling is about 5,000
MAX_NUMBER = 1e6  # canvas pixels; a canvas is a few hundred wide

NOTHING_DRAWN = "Nothing is drawn yet. Draw a digit in the box."

# What Fabric writes: it turns every other SVG command into these when a path is made.
_NUMBERS_AFTER = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}
_ORIGINS = {"left": 0.0, "top": 0.0, "center": 0.5, "right": 1.0, "bottom": 1.0}

# A curve becomes points this far apart, as a share of the drawing's longest side. On a digit
# 20 px tall that is a quarter of a pixel.
_SPACING = 1 / 80
_MANY_COMMANDS = 20_000  # of more than these, most are left out: they lie too close to tell apart
_MOST_POINTS = 4_000  # a digit needs about 250; spacing grows where there is more line than this


class DrawingError(ValueError):
    """A drawing or picture that cannot be read. The message is a plain sentence for visitors."""


class EmptyDrawing(DrawingError):
    """There is no digit: nothing was drawn, or only a dot."""


@dataclass(frozen=True)
class Strokes:
    """Pen strokes in canvas pixels, x to the right and y down.

    Attributes:
        points: float64 (P, 2), the points of all strokes one after the other.
        begins: bool (P,), True where the pen was put down, at each stroke's first point.
        brush_widths: float64 (P,), how thick the line is at each point, in canvas pixels.
    """

    points: np.ndarray
    begins: np.ndarray
    brush_widths: np.ndarray

    @property
    def connected(self) -> np.ndarray:
        """bool (P-1,): True where points i and i+1 belong to one stroke."""
        return ~self.begins[1:]

    def lengths(self) -> np.ndarray:
        """float64 (S,): the longer side of each stroke's box, in canvas pixels."""
        starts = np.flatnonzero(self.begins)
        highest = np.maximum.reduceat(self.points, starts)  # (S, 2)
        lowest = np.minimum.reduceat(self.points, starts)
        return (highest - lowest).max(1)

    def only(self, chosen: np.ndarray) -> "Strokes":
        """The strokes for which the bool array `chosen` (S,) is True."""
        keep = chosen[np.cumsum(self.begins) - 1]  # (P,)
        return Strokes(self.points[keep], self.begins[keep], self.brush_widths[keep])


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
    objects = _objects(canvas_json)
    paths = [_path(item) for item in objects]
    owners = np.repeat(np.arange(len(paths)), [len(path) for path in paths])  # (C,)
    commands = list(chain.from_iterable(paths))
    letters = np.array([command[0] for command in commands])
    _check_strokes(int((letters == "M").sum()))  # one object may hold many
    kept = _worth_keeping(letters)
    letters, owners = letters[kept], owners[kept]
    curves = _curves(letters, list(compress(commands, kept)))
    centres, sizes = _boxes(letters, curves, owners)
    matrices, new_centres, brush_widths = _placements(objects, centres, sizes)
    curves = (curves - centres[owners, None]) @ matrices.swapaxes(1, 2)[owners]
    curves += new_centres[owners, None]
    return _sample(letters, curves, brush_widths[owners])


def _unreadable(why: str) -> DrawingError:
    return DrawingError(f"The drawing cannot be read: {why}. Press Clear and draw again.")


def _objects(canvas_json: dict | None) -> list[dict]:
    if canvas_json is None:
        raise EmptyDrawing(NOTHING_DRAWN)
    if not isinstance(canvas_json, dict):
        raise _unreadable(f"it should be a JSON object, not {_kind(canvas_json)}")
    if not canvas_json:
        raise EmptyDrawing(NOTHING_DRAWN)
    if "objects" not in canvas_json:
        raise _unreadable('it has no list of "objects"')
    objects = canvas_json["objects"]
    if not isinstance(objects, list):
        raise _unreadable(f'its "objects" should be a list, not {_kind(objects)}')
    if not objects:
        raise EmptyDrawing(NOTHING_DRAWN)
    _check_strokes(len(objects))
    return objects


def _check_strokes(count: int) -> None:
    if count > MAX_STROKES:
        raise _unreadable(f"it has {count:,} strokes, and {MAX_STROKES:,} is the most")


def _path(item: object) -> list:
    """The path commands of one object, each known to be a letter and the right count of numbers."""
    if not isinstance(item, dict):
        raise _unreadable(f"a stroke should be a JSON object, not {_kind(item)}")
    kind = item.get("type", "Path")
    if not isinstance(kind, str) or kind.lower() != "path":
        raise _unreadable(f"it holds {_shown(kind)}, and only pen strokes can be read")
    path = item.get("path")
    if not isinstance(path, list) or not path:
        raise _unreadable('a stroke has no "path", the list of its points')
    if not set(map(type, path)) <= {list, tuple}:
        raise _unreadable("one of its path commands is not a list")
    if not all(path):
        raise _unreadable("one of its path commands is empty")
    try:
        shapes = {(command[0], len(command) - 1) for command in path}
    except TypeError:
        raise _unreadable("one of its path commands does not begin with a letter") from None
    for letter, count in shapes:
        if letter not in _NUMBERS_AFTER:
            raise _unreadable(f"it has the unknown path command {_shown(letter)}")
        if count != _NUMBERS_AFTER[letter]:
            wanted = _NUMBERS_AFTER[letter]
            raise _unreadable(f"path command {letter} should have {wanted} numbers, not {count}")
    if path[0][0] != "M":
        raise _unreadable("a path does not begin with M, where the pen is put down")
    return path


def _worth_keeping(letters: np.ndarray) -> np.ndarray:
    """bool (C,): of very many commands, those at the ends of strokes and every so manieth."""
    if len(letters) > MAX_COMMANDS:
        raise _unreadable(f"it has {len(letters):,} points, and {MAX_COMMANDS:,} is the most")
    every = math.ceil(len(letters) / _MANY_COMMANDS)
    begins = letters == "M"
    return begins | np.r_[begins[1:], True] | (np.arange(len(letters)) % every == 0)


def _curves(letters: np.ndarray, commands: Sequence[Sequence]) -> np.ndarray:
    """Every command as a cubic Bézier curve, float64 (C, 4, 2): start, two control points, end.

    M is a curve of no length.
    """
    pairs = _numbers(chain.from_iterable(command[1:] for command in commands)).reshape(-1, 2)
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


def _numbers(values: Iterable) -> np.ndarray:
    values = list(values)
    for kind in set(map(type, values)):
        if kind is bool or not issubclass(kind, Real):
            wrong = next(value for value in values if type(value) is kind)
            raise _unreadable(f"{_kind(wrong)} stands where a number should be")
    try:
        numbers = np.array(values, dtype=np.float64)
    except OverflowError:
        numbers = np.array([np.inf])
    if not np.isfinite(numbers).all():
        raise _unreadable("one of its numbers is infinite or not a number")
    if numbers.size and np.abs(numbers).max() > MAX_NUMBER:
        raise _unreadable(f"it has a number beyond {MAX_NUMBER:,.0f}, far off any canvas")
    return numbers


def _boxes(
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

    begins = np.flatnonzero(np.diff(owners, prepend=-1))
    ends = curves[:, 3]
    lowest, highest = np.minimum.reduceat(ends, begins), np.maximum.reduceat(ends, begins)  # (S, 2)

    # Beyond its ends a curve reaches only where a control point does.
    bulging = ((curves < lowest[owners, None]) | (curves > highest[owners, None])).any((1, 2))
    curves, owners = curves[bulging], owners[bulging]

    # Where a coordinate turns round: the roots of its derivative, 3a t² + 2b t + c.
    a, b, c, d = _polynomial(curves)
    with np.errstate(divide="ignore", invalid="ignore"):
        root = np.sqrt(b * b - 3 * a * c)
        turns = np.stack([(root - b) / (3 * a), (-root - b) / (3 * a), -c / (2 * b)])  # (3, C, 2)
    turns[~((turns > 0) & (turns < 1))] = 0  # no turn inside the curve: look at its start again
    reached = ((a * turns + b) * turns + c) * turns + d
    np.minimum.at(lowest, owners, reached.min(0))
    np.maximum.at(highest, owners, reached.max(0))
    return (lowest + highest) / 2, highest - lowest


def _polynomial(curves: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Bézier curves (C, 4, 2) as a t³ + b t² + c t + d, each (C, 2), for t from 0 to 1."""
    start, first, second, end = curves.swapaxes(0, 1)
    c = 3 * (first - start)
    b = 3 * (second - first) - c
    return end - start - c - b, b, c, start


def _placements(
    objects: list[dict], centres: np.ndarray, sizes: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How each object lies on the canvas.

    Returns:
        matrices (S, 2, 2) about the centre of the path's box, where that centre lies (S, 2),
        and brush widths (S,), all float64 and in canvas pixels.
    """
    left, top = _property(objects, "left", centres[:, 0]), _property(objects, "top", centres[:, 1])
    flip_x, flip_y = (np.array([bool(o.get(key)) for o in objects]) for key in ("flipX", "flipY"))
    scale_x = _property(objects, "scaleX", 1.0) * np.where(flip_x, -1, 1)
    scale_y = _property(objects, "scaleY", 1.0) * np.where(flip_y, -1, 1)
    tan_x = np.tan(np.radians(_property(objects, "skewX", 0.0)))
    tan_y = np.tan(np.radians(_property(objects, "skewY", 0.0)))
    angle = np.radians(_property(objects, "angle", 0.0))
    pen = np.abs(_property(objects, "strokeWidth", 1.0))

    # Fabric: turn · scale · skew along x · skew along y.
    shape = _matrices(scale_x * (1 + tan_x * tan_y), scale_x * tan_x, scale_y * tan_y, scale_y)
    turn = _matrices(np.cos(angle), -np.sin(angle), np.sin(angle), np.cos(angle))

    # left and top name the centre of the box unless origin says otherwise; the box that an
    # origin refers to has the line's thickness in it.
    uniform = np.array([bool(o.get("strokeUniform")) for o in objects])
    box = np.einsum("nij,nj->ni", np.abs(shape), sizes + np.where(uniform, 0, pen)[:, None])
    box += np.where(uniform, pen, 0)[:, None]
    to_centre = 0.5 - np.stack([_origin(objects, "originX"), _origin(objects, "originY")], axis=1)
    new_centres = np.stack([left, top], 1) + np.einsum("nij,nj->ni", turn, to_centre * box)

    thickness = np.where(uniform, pen, pen * np.sqrt(np.abs(np.linalg.det(shape))))
    return turn @ shape, new_centres, thickness


def _property(objects: list[dict], key: str, default: float | np.ndarray) -> np.ndarray:
    """float64 (S,): one number from every object, `default` where it is missing or null."""
    defaults = np.broadcast_to(default, len(objects)).tolist()
    values = [item.get(key) for item in objects]
    return _numbers(d if v is None else v for v, d in zip(values, defaults, strict=True))


def _origin(objects: list[dict], key: str) -> np.ndarray:
    names = [item.get(key) or "center" for item in objects]
    for name in names:
        if not isinstance(name, str) or name not in _ORIGINS:
            raise _unreadable(f"{key} should be one of {', '.join(_ORIGINS)}, not {_shown(name)}")
    return np.array([_ORIGINS[name] for name in names])


def _matrices(a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray) -> np.ndarray:
    return np.stack([np.stack([a, b], -1), np.stack([c, d], -1)], -2)  # (S, 2, 2)


def _sample(letters: np.ndarray, curves: np.ndarray, brush_widths: np.ndarray) -> Strokes:
    """Points along the curves, no closer than anyone could see."""
    corners = curves.reshape(-1, 2)
    size = (corners.max(0) - corners.min(0)).max()
    lengths = np.linalg.norm(np.diff(curves, axis=1), axis=2).sum(1)  # (C,), at most too long
    step = max(size * _SPACING, lengths.sum() / _MOST_POINTS, 1e-9)
    straight = np.isin(letters, ("M", "L", "Z"))
    counts = np.where(straight, 1, np.ceil(lengths / step)).astype(int).clip(1)
    which = np.repeat(np.arange(len(curves)), counts)  # (P,)
    number = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts) + 1
    along = (number / counts[which])[:, None]
    a, b, c, d = (part[which] for part in _polynomial(curves))
    points = ((a * along + b) * along + c) * along + d
    begins = (letters == "M")[which]
    return _thin(points, begins, brush_widths[which], step)


def _thin(points: np.ndarray, begins: np.ndarray, widths: np.ndarray, step: float) -> Strokes:
    """Leave out points nearer than `step` to the one before, along the line; ends stay."""
    moved = np.linalg.norm(np.diff(points, axis=0, prepend=points[:1]), axis=1)
    moved[begins] = 0
    travelled = np.floor(np.cumsum(moved) / step)
    keep = begins | np.r_[begins[1:], True] | (np.diff(travelled, prepend=-1) > 0)
    return Strokes(points[keep], begins[keep], widths[keep])


def _kind(value: object) -> str:
    names = {list: "a list", str: "a text", bool: "true or false", type(None): "nothing"}
    names |= {dict: "a JSON object", int: "a number", float: "a number"}
    return names.get(type(value), f"a {type(value).__name__}")


def _shown(value: object) -> str:
    """A value from outside, short enough for a sentence."""
    return f"“{value[:20]}”" if isinstance(value, str) else _kind(value)
