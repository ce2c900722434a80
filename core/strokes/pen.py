"""Pen strokes as every part of this folder hands them on, and what is said when there are none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


class DrawingError(ValueError):
    """A drawing or picture that cannot be read. The message is a plain sentence for visitors.

    Attributes:
        ink: for a picture, what was taken for ink: float32 (H, W) in [0, 1], 1 is ink; or None.
    """

    def __init__(self, message: str, ink: np.ndarray | None = None):
        super().__init__(message)
        self.ink = ink


class EmptyDrawing(DrawingError):
    """There is no digit: nothing was drawn, or only a dot."""


@dataclass(frozen=True)
class Strokes:
    """Pen strokes, x to the right and y down, in pixels of a canvas or of an image.

    Attributes:
        points: float64 (P, 2), the points of all strokes one after the other.
        begins: bool (P,), True where the pen was put down, at each stroke's first point.
        brush_widths: float64 (P,), how thick the line is at each point, in the same pixels.
    """

    points: np.ndarray
    begins: np.ndarray
    brush_widths: np.ndarray

    @property
    def connected(self) -> np.ndarray:
        """bool (P-1,): True where points i and i+1 belong to one stroke."""
        return ~self.begins[1:]

    def lengths(self) -> np.ndarray:
        """float64 (S,): the longer side of each stroke's box."""
        starts = np.flatnonzero(self.begins)
        highest = np.maximum.reduceat(self.points, starts)  # (S, 2)
        lowest = np.minimum.reduceat(self.points, starts)
        return (highest - lowest).max(1)

    def apart(self) -> list[np.ndarray]:
        """The points of each stroke, float64 (points, 2)."""
        return np.split(self.points, np.flatnonzero(self.begins)[1:])

    def only(self, chosen: np.ndarray) -> Strokes:
        """The strokes for which the bool array `chosen` (S,) is True."""
        keep = chosen[np.cumsum(self.begins) - 1]  # (P,)
        return Strokes(self.points[keep], self.begins[keep], self.brush_widths[keep])
