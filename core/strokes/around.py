"""Lines that people draw around their digits, told from the digits: underlines, circles, boxes.

Only what stands clear of the digits is taken away; the bar of a 7, the foot of a 1 and the slash
of a 0 stay. The bounds were chosen on the 8,127 real digits that ship (core/datasets/pens).
"""

from __future__ import annotations

import numpy as np

from core.strokes.pen import Strokes

# An underline.
FLATTEST = 0.2  # its height, as a share of its width
LEAST_WIDTH = 0.6  # as a share of the width of what stands above it
LEAST_ROOM = 0.06  # between it and what stands above it, as a share of that one's height

# A ring: a circle or a box in one stroke or in several.
DIRECTIONS = 72  # in which it is looked for, from the middle of what it goes round
CLOSED = 0.9  # share of the directions in which it has to be there
INSIDE = 0.95  # how far out it may be filled; a slash of a 0 reaches the line
LEAST_INSIDE = 0.28  # height of what it goes round, as a share of its own
MOST_LEAN = 0.45  # of one thin line inside it, sideways by height; a slash leans more than a 1
THIN = 0.25  # width of such a line, as a share of its length


def without_lines_around(strokes: Strokes) -> Strokes:
    """The same without underlines, and without what is drawn round all the rest.

    strokes: what was drawn, without stray dots.
    """
    while len(lines := strokes.apart()) > 1:
        around = _underline(lines)
        if around is None:
            around = _ring(lines)
        if around is None:
            return strokes
        strokes = strokes.only(~around)
    return strokes


def _underline(lines: list[np.ndarray]) -> np.ndarray | None:
    """bool (S,): the flat stroke below all others; None where there is none."""
    lowest = int(np.argmax([line[:, 1].mean() for line in lines]))
    line = lines[lowest]
    above = np.concatenate([each for number, each in enumerate(lines) if number != lowest])
    (width, height), (wide, tall) = np.ptp(line, axis=0), np.ptp(above, axis=0)
    flat = height <= FLATTEST * width and width >= LEAST_WIDTH * wide
    beneath = line[:, 0].min() < above[:, 0].mean() < line[:, 0].max()
    clear = line[:, 1].min() - above[:, 1].max() >= LEAST_ROOM * tall
    digit_above = tall > 1.2 * height and tall > 0.35 * wide  # and no second flat line
    if flat and beneath and clear and digit_above:
        return np.arange(len(lines)) == lowest
    return None


def _ring(lines: list[np.ndarray]) -> np.ndarray | None:
    """bool (S,): the strokes that go round all the others; None where there are none such.

    What lies at the edge of the drawing is the ring, and the rest lies inside; both are looked at
    from the middle of the rest, direction by direction.
    """
    low, high = (np.array([pick(line, axis=0) for line in lines]) for pick in (np.min, np.max))
    size = (high.max(0) - low.min(0)).max()
    at_edge = np.minimum(low - low.min(0), high.max(0) - high).min(1) < 0.04 * size
    if at_edge.all() or not at_edge.any():
        return None
    outer = np.concatenate([line for line, edge in zip(lines, at_edge, strict=True) if edge])
    inside = [line for line, edge in zip(lines, at_edge, strict=True) if not edge]
    inner = np.concatenate(inside)
    if np.ptp(inner[:, 1]) < LEAST_INSIDE * np.ptp(outer[:, 1]) or _slash(inside):
        return None
    middle = (inner.min(0) + inner.max(0)) / 2
    nearest = _reach(outer - middle, np.minimum, np.inf)
    filled = _reach(inner - middle, np.maximum, 0.0)
    closed = np.isfinite(nearest).mean() >= CLOSED
    return at_edge if closed and np.all(filled <= INSIDE * nearest) else None


def _slash(inside: list[np.ndarray]) -> bool:
    """Whether all that lies inside is one line that leans, as in a 0; a hook at its end is none."""
    if len(inside) > 1:
        return False
    points = inside[0] - inside[0].mean(0)
    along = np.linalg.svd(points, full_matrices=False)[2]  # (2, 2): its direction, and across
    length, thickness = np.ptp(points @ along.T, axis=0)
    lean = abs(along[0, 0]) > MOST_LEAN * abs(along[0, 1])
    return bool(lean and thickness < THIN * length)


def _reach(points: np.ndarray, pick: np.ufunc, nothing: float) -> np.ndarray:
    """float64 (DIRECTIONS,): how far out points (P, 2) lie, the nearest or the farthest."""
    turn = np.arctan2(points[:, 1], points[:, 0]) / (2 * np.pi) + 0.5
    reach = np.full(DIRECTIONS, nothing)
    pick.at(reach, (turn * DIRECTIONS).astype(int) % DIRECTIONS, np.hypot(*points.T))
    return reach
