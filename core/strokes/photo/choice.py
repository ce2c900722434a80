"""Of all ways to see a picture, the one in which something looks most like digits.

Ink is thin beside the size of a digit, of one piece or few, dark, and clear of the picture's
edges; holes in a bold digit, sheets of paper and shadows are not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.strokes.pen import EmptyDrawing
from core.strokes.photo.contrast import Seen, ways_to_see
from core.strokes.photo.pieces import pieces_of
from core.strokes.photo.roles import digits_of

THIN, THICK = 0.22, 0.5  # a stroke's thickness beside the digit's length: surely ink, surely not


@dataclass(frozen=True)
class Found:
    """The digits seen, left to right: bool (H, W) each, in `seen`; and how likely they are."""

    seen: Seen
    digits: list[np.ndarray]
    score: float


def find_digits(grey: np.ndarray) -> Found:
    """Raises EmptyDrawing where nothing stands out; grey: float32 (H, W) in [0, 1]."""
    best = None
    for seen in ways_to_see(grey):
        found = judge(seen)
        if found is not None and (best is None or found.score > best.score):
            best = found
    if best is None:
        raise EmptyDrawing(
            "No digit stands out on this picture. Write one large with a dark pen on plain paper, "
            "and let it fill the picture."
        )
    return best


def judge(seen: Seen) -> Found | None:
    """The digits in one way to see a picture, and how much they look like digits."""
    labels, pieces = pieces_of(seen.mask, bridge=2 if seen.ruled else 0)
    digits = digits_of(labels, pieces)
    if not digits:
        return None
    longest = max(digit[0].length for digit in digits)
    thickness = max(piece.thickness for digit in digits for piece in digit) / longest
    masks = [np.isin(labels, [piece.number for piece in digit]) for digit in digits]
    union = np.logical_or.reduce(masks)
    score = -seen.cost
    score -= min(max((thickness - THIN) / (THICK - THIN), 0), 1)
    score -= edge_share(union)
    score -= 0.06 * (sum(len(digit) for digit in digits) - 1)
    score -= 0.3 * (1 - union.sum() / seen.mask.sum())
    score += 0.3 * longest / max(seen.mask.shape)
    return Found(seen, masks, score)


def edge_share(mask: np.ndarray) -> float:
    """The share of the picture's edge that is inked."""
    edge = np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]])
    return float(edge.mean())
