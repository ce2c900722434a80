"""Smooth curves through a few points, as matrices: curve = weights @ points.

The weights depend only on when the pen passes the points. So once a curve's weights are known,
drawing it through a thousand sets of slightly moved points is a single multiplication.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np


def passing_times(points: np.ndarray) -> np.ndarray:
    """When a pen passes the points (C, 2), starting at 0: float64 (C,).

    The times are "centripetal" (square roots of the distances), which keeps curves from looping
    where points lie close together (Lee, Choosing nodes in parametric curve interpolation, 1989).
    """
    steps = np.sqrt(np.linalg.norm(np.diff(points, axis=0), axis=1))
    return np.concatenate([[0.0], np.cumsum(steps)])


def spline_weights(knots: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Weights (T, C) of the natural cubic spline that passes its C points at the times `knots`.

    Beyond its ends the curve goes on straight.
    Source: Press et al., Numerical Recipes, section 3.3.
    """
    gaps = np.diff(knots)
    slopes = np.diff(np.eye(len(knots)), axis=0) / gaps[:, None]  # (C-1, C), of straight lines
    bends = _second_derivatives(gaps, slopes)  # (C, C)

    inside = np.clip(times, knots[0], knots[-1])
    piece = np.clip(np.searchsorted(knots, inside, side="right") - 1, 0, len(gaps) - 1)
    gap, slope, bend, next_bend = (
        gaps[piece][:, None],
        slopes[piece],
        bends[piece],
        bends[piece + 1],
    )
    b = (inside - knots[piece])[:, None] / gap
    a = 1 - b
    weights = np.eye(len(knots))[piece] + b * gap * slope
    weights += ((a**3 - a) * bend + (b**3 - b) * next_bend) * gap**2 / 6
    direction = slope + ((1 - 3 * a**2) * bend + (3 * b**2 - 1) * next_bend) * gap / 6
    return weights + (times - inside)[:, None] * direction


def _second_derivatives(gaps: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    """The spline's second derivatives at its knots, (C, C): zero at both ends."""
    system, right = np.eye(len(gaps) + 1), np.zeros((len(gaps) + 1, len(gaps) + 1))
    for i in range(1, len(gaps)):
        system[i, i - 1 : i + 2] = gaps[i - 1], 2 * (gaps[i - 1] + gaps[i]), gaps[i]
    right[1:-1] = 6 * np.diff(slopes, axis=0)
    return np.linalg.solve(system, right)


def cornered_weights(knots: np.ndarray, corners: Sequence[bool], times: np.ndarray) -> np.ndarray:
    """As `spline_weights`, but with a sharp turn at each of the C points that is a corner."""
    inner = [i for i in range(1, len(knots) - 1) if corners[i]]
    stops = [0, *inner, len(knots) - 1]
    piece = np.searchsorted(knots[inner], times, side="right")  # (T,), between which corners
    weights = np.zeros((len(times), len(knots)))
    for number, (first, last) in enumerate(pairwise(stops)):
        here, columns = piece == number, slice(first, last + 1)
        weights[here, columns] = spline_weights(knots[columns], times[here])
    return weights


def even_times(
    knots: np.ndarray, corners: Sequence[bool], points: np.ndarray, count: int, spare: int
) -> np.ndarray:
    """Times (spare + count + spare,) at equal steps along the curve and on beyond both ends."""
    fine = np.linspace(knots[0], knots[-1], 400)
    curve = cornered_weights(knots, corners, fine) @ points
    steps = np.linalg.norm(np.diff(curve, axis=0), axis=1)
    travelled = np.concatenate([[0.0], np.cumsum(steps)])
    times = np.interp(np.linspace(0, travelled[-1], count), travelled, fine)
    beyond = np.arange(1, spare + 1)
    before = times[0] - beyond[::-1] * (times[1] - times[0])
    after = times[-1] + beyond * (times[-1] - times[-2])
    return np.concatenate([before, times, after])
