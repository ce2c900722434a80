"""Shapes that people draw to see what happens: hearts, houses, smileys.

Each is sketched once, plainly; how hands vary it is in core/datasets/pens/varied.py.
"""

from __future__ import annotations

import math

import numpy as np

Strokes = list[np.ndarray]  # float (points, 2) each: x to the right, y down


def line(*points: tuple[float, float]) -> np.ndarray:
    """Straight from point to point."""
    return np.array(points, float)


def arc(
    x: float, y: float, width: float, height: float, begin: float = 0, end: float = 360
) -> np.ndarray:
    """A part of an ellipse about (x, y); angles in degrees, 0 to the right, 90 below."""
    angles = np.radians(np.linspace(begin, end, 25))
    return np.stack([x + width * np.cos(angles), y + height * np.sin(angles)], axis=1)


def polygon(corners: int, turn: float, step: int = 1) -> np.ndarray:
    """A closed one about (0, 0); with step 2 a star."""
    angles = np.radians(turn + 360 / corners * step * np.arange(corners + 1))
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)


def spiral(turns: float) -> np.ndarray:
    """Out from the middle."""
    angles = np.linspace(0, 2 * math.pi * turns, 80)
    return angles[:, None] * np.stack([np.cos(angles), np.sin(angles)], axis=1)


def wave(cycles: float, height: float) -> np.ndarray:
    """Up and down along a line of length 1."""
    along = np.linspace(0, 1, 60)
    return np.stack([along, height * np.sin(2 * math.pi * cycles * along)], axis=1)


def heart() -> np.ndarray:
    """In one stroke, from the dent and back."""
    t = np.linspace(0, 2 * math.pi, 50)
    y = 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)
    return np.stack([16 * np.sin(t) ** 3, -y], axis=1)


def rays(count: int, near: float, far: float) -> Strokes:
    """Short lines away from (0, 0)."""
    return [line((near * x, near * y), (far * x, far * y)) for x, y in polygon(count, 0)[:-1]]


FACE = [arc(0, 0, 1, 1), arc(-0.4, -0.3, 0.08, 0.12), arc(0.4, -0.3, 0.08, 0.12)]
BOX = line((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
CROSS = [line((0, 0), (1, 1)), line((1, 0), (0, 1))]

SHAPES: dict[str, Strokes] = {
    "arrow": [line((0, 0.5), (1, 0.5)), line((0.7, 0.2), (1, 0.5), (0.7, 0.8))],
    "check mark": [line((0, 0.6), (0.3, 1), (1, 0))],
    "cloud": [
        np.concatenate([arc(x, 0, 0.35, 0.3, 180, 360) for x in (-0.6, 0, 0.6)]),
        line((-0.95, 0), (0.95, 0)),
    ],
    "cross": CROSS,
    "crossed box": [BOX, *CROSS],
    "dashes": [line((0, 0), (1, 0)), line((0, 0.4), (1, 0.4)), line((0, 0.8), (1, 0.8))],
    "diamond": [polygon(4, 0)],
    "equals": [line((0, 0), (1, 0)), line((0, 0.35), (1, 0.35))],
    "face": [*FACE, arc(0, 0.15, 0.5, 0.4, 20, 160)],
    "fish": [
        arc(0, 0, 1, 0.5, 20, 340),
        line((0.94, 0.17), (1.5, -0.4), (1.5, 0.4), (0.94, -0.17)),
    ],
    "flower": [arc(0.7 * x, 0.7 * y, 0.35, 0.35) for x, y in polygon(5, 0)[:-1]],
    "grid": [line((x, 0), (x, 1)) for x in (0.33, 0.66)]
    + [line((0, y), (1, y)) for y in (0.33, 0.66)],
    "heart": [heart()],
    "house": [line((0, 1), (0, 0.4), (0.5, 0), (1, 0.4), (1, 1), (0, 1))],
    "level line": [line((0, 0), (1, 0.03))],
    "moon": [np.concatenate([arc(0, 0, 1, 1, 60, 300), arc(0.35, 0, 0.75, 0.87, 285, 75)])],
    "plus": [line((0, 0.5), (1, 0.5)), line((0.5, 0), (0.5, 1))],
    "sad face": [*FACE, arc(0, 0.6, 0.5, 0.4, 200, 340)],
    "spiral": [spiral(3)],
    "square": [BOX],
    "star": [polygon(5, -90, step=2)],
    "stick figure": [
        arc(0, 0, 0.25, 0.25),
        line((0, 0.25), (0, 0.9)),
        line((-0.4, 0.5), (0.4, 0.5)),
        line((-0.3, 1.4), (0, 0.9), (0.3, 1.4)),
    ],
    "sun": [arc(0, 0, 0.5, 0.5), *rays(8, 0.65, 1)],
    "tilde": [wave(1, 0.15)],
    "triangle": [polygon(3, -90)],
    "triangle, head down": [polygon(3, 90)],
    "wave": [wave(3, 0.12)],
    "zigzag": [line(*((x / 6, 0.5 * (x % 2)) for x in range(7)))],
}
