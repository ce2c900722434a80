"""The grey ink of a digit, scaled and centred as MNIST's digits are, nothing drawn again.

It keeps what a line through the middle of the ink loses: how thick the strokes are, and loops that
are nearly full.
"""

import numpy as np
from PIL import Image
from scipy.ndimage import grey_dilation

from core.config import IMAGE_SIDE
from core.strokes.ink import BOX, CENTRE

EDGE = 0.2  # ink that is fainter is noise of the paper; MNIST's box of 20 px holds all ink
THINNEST = 1.6  # pixels of the image; thinner strokes would all but vanish


def scaled_ink(digit: np.ndarray, thickness: float) -> np.ndarray:
    """float32 (28, 28) in [0, 1]: the longer side 20 px, the centre of mass at (14, 14).

    Args:
        digit: float32 (h, w) in [0, 1], the ink of one digit, with its faded edges.
        thickness: of its strokes, in pixels of `digit`.
    """
    inked = digit > EDGE
    scale = BOX / max(np.ptp(np.flatnonzero(inked.any(axis))) + 1 for axis in (0, 1))
    grow = round(max(0, THINNEST / scale - thickness) / 2)
    margin = 2 * max(digit.shape) + grow
    wide = np.pad(digit, margin)
    if grow:
        wide = grey_dilation(wide, size=(2 * grow + 1, 2 * grow + 1))
    y, x = centre_of_mass(wide)
    half = IMAGE_SIDE / 2 / scale
    shift = (CENTRE - (IMAGE_SIDE - 1) / 2) / scale  # the centre lies half a pixel off the middle
    box = (x - shift - half, y - shift - half, x - shift + half, y - shift + half)
    small = Image.fromarray(wide).resize((IMAGE_SIDE,) * 2, Image.Resampling.BICUBIC, box=box)
    return np.asarray(small).clip(0, 1).astype(np.float32)


def centre_of_mass(image: np.ndarray) -> tuple[float, float]:
    """y and x, in pixels from the top left corner of the first pixel."""
    rows, columns = image.sum(1), image.sum(0)
    total = rows.sum()
    y = float((rows * (np.arange(len(rows)) + 0.5)).sum() / total)
    return y, float((columns * (np.arange(len(columns)) + 0.5)).sum() / total)
