"""Cubic Bézier curves, many at once: their boxes, and points along them."""

import numpy as np

from core.strokes.pen import Strokes

# A curve becomes points this far apart, as a share of the drawing's longest side. On a digit
# 20 px tall that is a quarter of a pixel.
SPACING = 1 / 80
MOST_POINTS = 4_000  # a digit needs about 250; spacing grows where there is more line than this


def boxes(curves: np.ndarray, owners: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Centre and size, float64 (S, 2) each, of the box round all curves of one owner.

    Args:
        curves: float64 (C, 4, 2): start, two control points, end.
        owners: int (C,), 0 to S - 1, rising: whose curve it is.
    """
    begins = np.flatnonzero(np.diff(owners, prepend=-1))
    ends = curves[:, 3]
    lowest, highest = np.minimum.reduceat(ends, begins), np.maximum.reduceat(ends, begins)  # (S, 2)

    # Beyond its ends a curve reaches only where a control point does.
    bulging = ((curves < lowest[owners, None]) | (curves > highest[owners, None])).any((1, 2))
    curves, owners = curves[bulging], owners[bulging]

    # Where a coordinate turns round: the roots of its derivative, 3a t² + 2b t + c.
    a, b, c, d = polynomial(curves)
    with np.errstate(divide="ignore", invalid="ignore"):
        root = np.sqrt(b * b - 3 * a * c)
        turns = np.stack([(root - b) / (3 * a), (-root - b) / (3 * a), -c / (2 * b)])  # (3, C, 2)
    turns[~((turns > 0) & (turns < 1))] = 0  # no turn inside the curve: look at its start again
    reached = ((a * turns + b) * turns + c) * turns + d
    np.minimum.at(lowest, owners, reached.min(0))
    np.maximum.at(highest, owners, reached.max(0))
    return (lowest + highest) / 2, highest - lowest


def polynomial(curves: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Bézier curves (C, 4, 2) as a t³ + b t² + c t + d, each (C, 2), for t from 0 to 1."""
    start, first, second, end = curves.swapaxes(0, 1)
    c = 3 * (first - start)
    b = 3 * (second - first) - c
    return end - start - c - b, b, c, start


def points_along(
    curves: np.ndarray, begins: np.ndarray, straight: np.ndarray, brush_widths: np.ndarray
) -> Strokes:
    """Points along the curves, no closer than anyone could see.

    Args:
        curves: float64 (C, 4, 2), one after the other.
        begins: bool (C,), True for one of no length with which a stroke begins.
        straight: bool (C,), True where the end of the curve is point enough.
        brush_widths: float64 (C,).
    """
    corners = curves.reshape(-1, 2)
    size = (corners.max(0) - corners.min(0)).max()
    lengths = np.linalg.norm(np.diff(curves, axis=1), axis=2).sum(1)  # (C,), at most too long
    step = max(size * SPACING, lengths.sum() / MOST_POINTS, 1e-9)
    counts = np.where(straight, 1, np.ceil(lengths / step)).astype(int).clip(1)
    which = np.repeat(np.arange(len(curves)), counts)  # (P,)
    number = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts) + 1
    along = (number / counts[which])[:, None]
    a, b, c, d = (part[which] for part in polynomial(curves))
    points = ((a * along + b) * along + c) * along + d
    return _without_crowds(points, begins[which], brush_widths[which], step)


def _without_crowds(
    points: np.ndarray, begins: np.ndarray, widths: np.ndarray, step: float
) -> Strokes:
    """Leave out points nearer than `step` to the one before, along the line; ends stay."""
    moved = np.linalg.norm(np.diff(points, axis=0, prepend=points[:1]), axis=1)
    moved[begins] = 0
    travelled = np.floor(np.cumsum(moved) / step)
    keep = begins | np.r_[begins[1:], True] | (np.diff(travelled, prepend=-1) > 0)
    return Strokes(points[keep], begins[keep], widths[keep])
