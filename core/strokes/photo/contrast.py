"""How much each pixel differs from its paper, and which of them are ink.

`ways_to_see` gives every way in which a picture may have to be seen: ink darker or lighter than
its paper, the light even or not. None of them is right for all pictures.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.strokes.photo.paper import close_paper, smooth_paper
from core.strokes.photo.ruling import without_ruling

MIN_CONTRAST = 0.06  # between ink and paper; black and white differ by 1
DARKEST_PAPER = 0.25  # below, differences are not told in shares of the paper's brightness
NOISE = 6  # ink differs from its paper by this many standard deviations of the noise
HALF = 0.45  # of full ink, at the edge of a stroke
WINDOWS = (3, 8)  # strokes are narrower than the picture's longer side through this


@dataclass(frozen=True)
class Seen:
    """A picture seen in one way.

    Attributes:
        ink: float32 (H, W) in [0, 1], how much of a pixel is inked.
        mask: bool (H, W), more than half of it, without ruled lines.
        ruled: whether ruled lines were taken away.
        cost: how much this way is mistrusted beside others, 0 to 1.
    """

    ink: np.ndarray
    mask: np.ndarray
    ruled: bool
    cost: float


def ways_to_see(grey: np.ndarray) -> Iterator[Seen]:
    """Each way in which something stands out from the paper; grey: float32 (H, W) in [0, 1]."""
    for bright in (grey, 1 - grey):
        papers = [smooth_paper(bright)]
        papers += [close_paper(bright, max(grey.shape) // each | 1) for each in WINDOWS]
        for cost, paper in zip((0, 0.05, 0.1), papers, strict=True):
            seen = see(bright, paper, cost)
            if seen is not None:
                yield seen


def see(bright: np.ndarray, paper: np.ndarray, cost: float) -> Seen | None:
    """Ink on paper of this brightness, both (H, W); None where nothing stands out."""
    contrast = (paper - bright) / np.maximum(paper, DARKEST_PAPER)
    contrast -= np.median(contrast[contrast < contrast.mean()]) if np.ptp(contrast) else 0
    least = max(MIN_CONTRAST, NOISE * noise(bright) / max(float(np.median(paper)), DARKEST_PAPER))
    some = contrast > least
    if not some.any():
        return None
    unruled = without_ruling(some, contrast)
    full = np.percentile(contrast[unruled], 75)
    mask = unruled & (contrast > max(least, HALF * full))
    if contrast[mask].mean() < 5 * contrast[~some].std():
        return None
    ruled = bool((some & ~unruled).any())
    ink = (contrast / full).clip(0, 1).astype(np.float32)
    if ruled:
        ink[some & ~unruled] = 0
    return Seen(ink, mask, ruled, cost)


def noise(grey: np.ndarray) -> float:
    """Standard deviation of what differs from pixel to pixel for no reason."""
    return float(np.median(np.abs(np.diff(grey, axis=1)))) / 0.954
