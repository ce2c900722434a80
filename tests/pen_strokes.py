"""Made-up digits in the form of those that ship."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.datasets.pens.collection import Pens

Point = tuple[float, float]


def pens_from_points(*digits: Sequence[Sequence[Point]]) -> Pens:
    """Digits given as strokes of points in a box of 0 to 255; each is a 1 by one writer."""
    strokes = [stroke for digit in digits for stroke in digit]
    starts = np.cumsum([0, *map(len, strokes)])[:-1]
    points = np.array([point for stroke in strokes for point in stroke], np.uint8)
    begins = np.isin(np.arange(len(points)), starts)
    owners = np.repeat(np.arange(len(digits)), [sum(map(len, digit)) for digit in digits])
    who = np.zeros(len(digits), np.int64)
    return Pens(points, begins, owners, np.ones(len(digits), np.int64), who, ("here a",))


STRAIGHT = pens_from_points([[(0, 0), (51, 51), (255, 255)]])
