"""How much each pixel differs from its paper, and which of them are ink.

`ways_to_see` gives every way in which a picture may have to be seen: ink darker or lighter than
its paper, the light even or not. None of them is right for all pictures.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import binary_erosion

from core.strokes.photo.paper import close_paper, smooth_paper
from core.strokes.photo.ruling import without_ruling

MIN_CONTRAST = 0.06  # between ink and paper; black and white differ by 1
DARKEST_PAPER = 0.25  # below, differences are not told in shares of the paper's brightness
NOISE = 6  # ink differs from its paper by this many standard deviations of the noise
HALF = 0.5  # of full ink, at the edge of a stroke
BRIGHTEST = 97  # percentile of the brightness that plain paper has
TWO_LEVELS = 0.3  # contrasts of ink differ by less
DESK = 0.6  # share of the picture's edge that is inked, beyond which it is no ink
HALF_STEP = 0.5 / 255  # of the 256 values that a file has
WINDOWS = (3, 8)  # strokes are narrower than the picture's longer side through this


@dataclass(frozen=True)
class Seen:
    """A picture seen in one way.

    Attributes:
        ink: float32 (H, W) in [0, 1], how much of a pixel is inked.
        mask: bool (H, W), more than half of it, without ruled lines.
        ruled: whether ruled lines were taken away.
        full: contrast of full ink, 0 to 1.
        cost: how much this way is mistrusted beside others, 0 to 1.
        whole: bool (H, W), what was ink on even paper: `mask` may have lost some of it.
        two_levels: all ink has about one contrast, so no shadow is among it.
    """

    ink: np.ndarray
    mask: np.ndarray
    ruled: bool
    full: float
    cost: float
    whole: np.ndarray
    two_levels: bool


def ways_to_see(grey: np.ndarray) -> Iterator[Seen]:
    """Each way in which something stands out from the paper; grey: float32 (H, W) in [0, 1]."""
    for bright in (grey, 1 - grey):
        even = see(bright, np.full_like(bright, np.percentile(bright, BRIGHTEST)), 0)
        if even is not None:
            yield even
            if even.two_levels:
                continue
        for cost, paper in uneven_papers(bright):
            seen = see(bright, paper, cost, even)
            if seen is not None:
                yield seen


def uneven_papers(bright: np.ndarray) -> Iterator[tuple[float, np.ndarray]]:
    """Papers (H, W) in uneven light, each with its cost."""
    yield 0.02, smooth_paper(bright)
    for cost, each in zip((0.05, 0.1), WINDOWS, strict=True):
        yield cost, close_paper(bright, max(bright.shape) // each | 1)


def see(
    bright: np.ndarray, paper: np.ndarray, cost: float, even: Seen | None = None
) -> Seen | None:
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
    inner = contrast[binary_erosion(mask, iterations=2)]
    spread = np.ptp(np.percentile(inner, (25, 99.5))) if inner.size else 1
    whole = mask if even is None else even.mask
    return Seen(
        ink,
        mask,
        ruled,
        float(full),
        cost,
        whole,
        bool(spread < TWO_LEVELS and edge_share(mask) < DESK),
    )


def edge_share(mask: np.ndarray) -> float:
    """The share of the picture's edge that is inked."""
    edge = np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]])
    return float(edge.mean())


def ground_is_even(grey: np.ndarray, ink: np.ndarray) -> bool:
    """Whether what is not inked has one brightness, as no photographed paper has.

    grey: float32 (H, W) in [0, 1]; ink: of the same shape, how much of each pixel is inked.
    """
    ground = grey[ink < MIN_CONTRAST]
    return bool(ground.size and np.median(abs(ground - np.median(ground))) < HALF_STEP)


def noise(grey: np.ndarray) -> float:
    """Standard deviation of what differs from pixel to pixel for no reason."""
    return float(np.median(np.abs(np.diff(grey, axis=1)))) / 0.954
