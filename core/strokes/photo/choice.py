"""Of all ways to see a picture, the one in which something looks most like digits.

Ink is thin beside the size of a digit, of one piece or few, dark, and clear of the picture's
edges; holes in a bold digit, sheets of paper and shadows are not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.strokes.pen import EmptyDrawing
from core.strokes.photo.brightness import brightness
from core.strokes.photo.contrast import Seen, edge_share, ground_is_even, ways_to_see
from core.strokes.photo.pieces import pieces_of
from core.strokes.photo.reasons import is_dot, why_not
from core.strokes.photo.roles import BROAD, digits_of

THIN, THICK = 0.22, 0.5  # a stroke's thickness beside the digit's length: surely ink, surely not
BOLD = 0.8  # surely not, where all is either ink or even paper, and there is no desk: either the
LARGE = 0.85  # digit is longer than this share of the picture, or the ground is no photographed one
FAINT = 0.3  # where no ink has more contrast, colour may tell more than brightness
LOST = 0.5  # share of the ink that counts as lost where it is not known
LEAST = -0.5  # score of anything that may be a digit
DOT = 0.125  # share of the picture's longer side that a digit is longer than
EVEN, UNEVEN = 2.0, 5.0  # the thickest place beside the usual thickness: a pen's, not a pen's


@dataclass(frozen=True)
class Found:
    """The digits seen in a brightness, left to right: bool (H, W) each; and how likely they are.

    size: of the largest, in shares of the longer side of the picture.
    """

    grey: np.ndarray
    seen: Seen
    digits: list[np.ndarray]
    score: float
    size: float


def find_digits(pixels: np.ndarray) -> Found:
    """Raises EmptyDrawing where nothing stands out; pixels as `brightness` takes them."""
    found = ways_found(brightness(pixels))
    if pixels.ndim == 3 and all(each.seen.full < FAINT for each in found if may_be(each)):
        found += ways_found(brightness(pixels, darkest=True))
    good = [each for each in found if may_be(each)]
    if not good and any(is_dot(each, DOT) for each in found):
        best = max(found, key=lambda each: each.score)
        raise EmptyDrawing("That is only a dot. Write a whole digit.", best.seen.ink)
    if not good:
        raise EmptyDrawing(
            why_not(found, DOT),
            max(found, key=lambda each: each.score).seen.ink if found else None,
        )
    return max(good, key=lambda each: each.score)


def may_be(found: Found) -> bool:
    """Whether it looks enough like digits to be read."""
    return found.score > LEAST and found.size > DOT


def ways_found(grey: np.ndarray) -> list[Found]:
    """What is found in each way to see a brightness, float32 (H, W) in [0, 1]."""
    found = [judge(grey, seen) for seen in ways_to_see(grey)]
    return [each for each in found if each is not None]


def judge(grey: np.ndarray, seen: Seen) -> Found | None:
    """The digits in one way to see a picture, and how much they look like digits."""
    labels, pieces = pieces_of(seen.mask, bridge=2 if seen.ruled else 0)
    digits = digits_of(labels, pieces)
    if not digits:
        return None
    longest = max(digit[0].length for digit in digits)
    parts = [piece for digit in digits for piece in digit]
    thickness = max(piece.thickness for piece in parts) / longest
    uneven = max(piece.thickness / piece.usual for piece in parts)
    masks = [np.isin(labels, [piece.number for piece in digit]) for digit in digits]
    union = np.logical_or.reduce(masks)
    score = -seen.cost
    large = longest > LARGE * max(seen.mask.shape)
    clean = seen.two_levels and not seen.cost  # no shadow, so bold strokes may be ink
    clean = clean and (large or ground_is_even(grey, seen.ink))
    score -= share(thickness, THIN, BOLD if clean else THICK)
    score -= 0.5 * share(uneven, EVEN, UNEVEN)
    score -= 1.5 * edge_share(union)
    score -= 0.5 * lost_share(seen, union, BROAD * max(piece.thickness for piece in parts))
    score -= 0.06 * (len(parts) - 1)
    score -= 0.5 * (1 - union.sum() / seen.mask.sum())
    score += 0.3 * longest / max(seen.mask.shape)
    score += 0.3 * share(seen.full, 0, 0.5)
    return Found(grey, seen, masks, score, longest / max(seen.mask.shape))


def share(value: float, low: float, high: float) -> float:
    """How far a value is on the way from low to high, 0 to 1."""
    return min(max((value - low) / (high - low), 0), 1)


def lost_share(seen: Seen, union: np.ndarray, broadest: float) -> float:
    """How much of the ink that hangs together with the digits on even paper they have lost.

    Something `broadest` pixels thick or more may be a shadow or a desk as well as ink.
    """
    if seen.whole is seen.mask:
        return 0.0
    labels, pieces = pieces_of(seen.whole)
    met = set(np.unique(labels[union]).tolist())
    numbers = [p.number for p in pieces if p.number in met and p.thickness < broadest]
    together = np.isin(labels, numbers)
    return 1 - (together & union).sum() / together.sum() if numbers else LOST
