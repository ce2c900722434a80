"""Ink that hangs together: pieces, with what is asked about them: box, length, thickness.

What a piece is, a digit, a drawn circle, dust, is decided by core/strokes/photo/roles.py.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import (
    binary_dilation,
    distance_transform_edt,
    find_objects,
    label,
    maximum,
    maximum_filter,
    median,
)

CONNECTED = np.ones((3, 3), dtype=bool)
SMALLEST = 0.02  # pieces shorter than this share of the picture's longer side are dust


@dataclass(frozen=True)
class Piece:
    """One piece of ink; x to the right and y down, in pixels, ends not included.

    Attributes:
        number: its value in the array of labels.
        thickness: of its thickest place.
        usual: thickness along its middle, the median.
        edges: how many of the picture's four edges it touches.
    """

    number: int
    top: int
    low: int
    left: int
    right: int
    thickness: float
    usual: float
    edges: int

    @property
    def height(self) -> int:
        return self.low - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def length(self) -> int:
        return max(self.height, self.width)

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.low) / 2

    def gap(self, other: Piece) -> float:
        """Between the boxes, 0 where they meet."""
        across = max(self.left - other.right, other.left - self.right, 0)
        down = max(self.top - other.low, other.top - self.low, 0)
        return max(across, down)

    def holds(self, other: Piece) -> bool:
        """The other's box lies within this one's."""
        return (
            self.left < other.left
            and other.right < self.right
            and self.top < other.top
            and other.low < self.low
        )


def pieces_of(mask: np.ndarray, bridge: int = 0) -> tuple[np.ndarray, list[Piece]]:
    """Labels int (H, W) and the pieces, dust left out; gaps of 2 · `bridge` pixels are no gaps."""
    joined = binary_dilation(mask, CONNECTED, iterations=bridge) if bridge else mask
    labels = label(joined, CONNECTED)[0] * mask
    inside = distance_transform_edt(np.pad(mask, 1))[1:-1, 1:-1]
    boxes = find_objects(labels)
    numbers = np.arange(1, len(boxes) + 1)
    middle = mask & (inside == maximum_filter(inside, 3))  # of the lines: few pixels, so it is fast
    thickest = maximum(inside[middle], labels[middle], numbers) if boxes else []
    usual = median(inside[middle], labels[middle], numbers) if boxes else []
    least = SMALLEST * max(mask.shape)
    found = []
    for number, box, radius, half in zip(numbers.tolist(), boxes, thickest, usual, strict=True):
        if box is None or max(box[0].stop - box[0].start, box[1].stop - box[1].start) < least:
            continue
        top, low, left, right = box[0].start, box[0].stop, box[1].start, box[1].stop
        edges = (top == 0) + (left == 0) + (low == mask.shape[0]) + (right == mask.shape[1])
        found.append(
            Piece(number, top, low, left, right, 2 * float(radius), 2 * float(half), edges)
        )
    return labels, found
