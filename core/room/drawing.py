"""A drawing from a phone: checked, made an image, and kept small.

What a phone sends may be anything: it is believed only here. The pad sends strokes as
[[x, y, x, y, …], …], whole numbers from 0 to PAD.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.room.limits import MOST_POINTS, MOST_STROKES, PAD
from core.strokes.checks import NOTHING_DRAWN, unreadable
from core.strokes.paths import path_object
from core.strokes.pen import EmptyDrawing

BRUSH = 64  # units: what the pad draws with


@dataclass(frozen=True, eq=False)
class RoomDigit:
    """A digit that somebody in the room wrote.

    Attributes:
        label: the digit that was asked for.
        phone: the number of the phone that it came from.
        image: uint8 (28, 28), white ink on black, as a network expects it.
        points: uint8 (P, 2), its strokes one after the other, in a box whose longer side is 255.
        lengths: int64 (S,), how many points each stroke has.
    """

    label: int
    phone: int
    image: np.ndarray
    points: np.ndarray
    lengths: np.ndarray

    @property
    def strokes(self) -> list[np.ndarray]:
        """uint8 (points, 2) each, in the order of writing."""
        return np.split(self.points, np.cumsum(self.lengths)[:-1])


def digit_of(value: object, label: int, phone: int) -> RoomDigit:
    """The digit that a phone sent. It takes a few milliseconds.

    As one was asked for, all that was drawn is taken for one. Raises DrawingError, with a sentence
    for whoever drew it, where it is none.
    """
    from core.datasets.pens.collection import boxed
    from core.drawing import prepare  # imports torch, which a page waits for

    strokes = checked_strokes(value)
    prepared = prepare({"objects": [path_object(stroke, BRUSH) for stroke in strokes]})
    apart = prepared.strokes.apart()
    lengths = np.array([len(stroke) for stroke in apart])
    image = (prepared.image * 255).round().astype(np.uint8)
    return RoomDigit(label, phone, image, boxed(apart), lengths)


def checked_strokes(value: object) -> list[np.ndarray]:
    """Each stroke, float64 (points, 2). Raises DrawingError for anything else."""
    if not isinstance(value, list):
        raise unreadable("it is no list of strokes")
    if not value:
        raise EmptyDrawing(NOTHING_DRAWN)
    if len(value) > MOST_STROKES:
        raise unreadable(f"it has {len(value):,} strokes, and {MOST_STROKES} is the most")
    if not all(isinstance(stroke, list) and stroke and len(stroke) % 2 == 0 for stroke in value):
        raise unreadable("a stroke is no list of points")
    if (points := sum(map(len, value)) // 2) > MOST_POINTS:
        raise unreadable(f"it has {points:,} points, and {MOST_POINTS:,} is the most")
    if not all(type(each) is int and 0 <= each <= PAD for stroke in value for each in stroke):
        raise unreadable(f"a point is not on the pad, 0 to {PAD:,} wide and high")
    return [np.array(stroke, float).reshape(-1, 2) for stroke in value]
