"""How bright the paper is at each point, below whatever is written on it.

The paper is the bright part: pictures with light ink are turned over before. There is no best way
for all pictures, so there are two: a smooth surface for even light, which no stroke is too thick
for, and one that follows the edges of shadows and sheets, as wide strokes as it is told. Which
one saw a digit is decided by core/strokes/photo/choice.py.
"""

import numpy as np
from scipy.ndimage import gaussian_filter, grey_closing

from core.machine.linear import solve_with_ridge

BRIGHT_SHARE = 0.9  # of the pixels may be ink; the surface lies above this share of them
ROUNDS = 20  # reweighted least squares come as close as needed
SAMPLES = 64  # places along the longer side at which the surface is fitted


def smooth_paper(grey: np.ndarray) -> np.ndarray:
    """Even light: the quadratic surface above BRIGHT_SHARE of the pixels. float (H, W) -> (H, W).

    It is the quantile regression of R. Koenker and G. Bassett, "Regression Quantiles",
    Econometrica 46 (1978): being too low costs that share, being too high the rest of 1.
    """
    y, x = np.mgrid[-1 : 1 : grey.shape[0] * 1j, -1 : 1 : grey.shape[1] * 1j]
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1)  # (H, W, 6)
    step = max(1, max(grey.shape) // SAMPLES)
    some, values = terms[::step, ::step].reshape(-1, 6), grey[::step, ::step].ravel()
    weights = np.ones_like(values)
    for _ in range(ROUNDS):
        scaled = some * weights[:, None]
        factors = solve_with_ridge(scaled.T @ some, scaled.T @ values)
        above = values - some @ factors
        costs = np.where(above > 0, BRIGHT_SHARE, 1 - BRIGHT_SHARE)
        weights = costs / np.maximum(abs(above), 1 / 255)
    return terms @ factors


def close_paper(grey: np.ndarray, width: int) -> np.ndarray:
    """The paper where everything dark and narrower than `width` pixels is filled, (H, W)."""
    calm = gaussian_filter(grey, 1)  # a bright speck of noise is no paper
    return gaussian_filter(grey_closing(calm, size=(width, width), mode="nearest"), 1)
