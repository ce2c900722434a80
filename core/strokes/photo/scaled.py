"""The grey ink of a digit, scaled and centred as MNIST's digits are, nothing drawn again.

It keeps what a line through the middle of the ink loses: how thick the strokes are, and loops that
are nearly full. How ink is told from paper is decided elsewhere in this folder.
"""

import numpy as np
from PIL import Image
from scipy.ndimage import grey_dilation

from core.config import IMAGE_SIDE
from core.strokes.ink import BOX, CENTRE

FAINT = 0.2  # ink that is fainter is noise of the paper; MNIST's box of 20 px holds all ink
THINNEST = 1.6  # pixels of the image; thinner strokes would all but vanish
# Of a picture without noise all ink may count, but where it was enlarged its edges have
# faded outwards: there a box at this share of full ink is nearest to the one before.
FADED = 0.3
SIZES = (0.95, 1.05, 1)  # in which clean ink is read, since nobody knows how large it was


def scaled_ink(digit: np.ndarray, thickness: float) -> np.ndarray:
    """float32 (28, 28) in [0, 1]: the longer side 20 px, the centre of mass at (14, 14).

    Args:
        digit: float32 (h, w) in [0, 1], the ink of one digit, with its faded edges.
        thickness: of its strokes, in pixels of `digit`.
    """
    scale = BOX / max(np.ptp(inked) + 1 for inked in box_of(digit, FAINT))
    grow = round(max(0, THINNEST / scale - thickness) / 2)
    wide = np.pad(digit, margin(digit) + grow)
    if grow:
        wide = grey_dilation(wide, size=(2 * grow + 1, 2 * grow + 1))
    return cut_out(wide, scale, *corner(wide, scale), Image.Resampling.BICUBIC)


def clean_ink(digit: np.ndarray, thickness: float) -> tuple[np.ndarray, ...]:
    """Each as `scaled_ink`, but sharp, in several sizes, and moved by whole pixels only, as MNIST's
    digits were: the box of the ink begins where a pixel begins.

    Strokes thinner than MNIST's give nothing: only drawn again do they look like MNIST's.
    """
    rows, columns = box_of(digit, FADED)
    longest = max(np.ptp(rows), np.ptp(columns)) + 1
    if thickness * BOX / longest < THINNEST:
        return ()
    added = margin(digit)
    wide = np.pad(digit, added)
    images = []
    for size in SIZES:
        scale = size * BOX / longest
        left, top = (
            begin - round((begin - free) * scale) / scale
            for begin, free in zip(
                (columns[0] + added, rows[0] + added), corner(wide, scale), strict=True
            )
        )
        images.append(cut_out(wide, scale, left, top, Image.Resampling.LANCZOS))
    return tuple(images)


def margin(digit: np.ndarray) -> int:
    """Pixels to add on all sides, so that the image of 28 px lies within them."""
    return max(digit.shape)


def box_of(digit: np.ndarray, least: float) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of the rows, and of the columns, that have more ink than `least`."""
    inked = digit > least
    return np.flatnonzero(inked.any(1)), np.flatnonzero(inked.any(0))


def corner(wide: np.ndarray, scale: float) -> tuple[float, float]:
    """Where the image begins, x and y, so that the centre of mass lies at (14, 14) in it."""
    y, x = centre_of_mass(wide)
    half = (CENTRE + 0.5) / scale  # pixel 14 has its middle half a pixel further
    return x - half, y - half


def cut_out(
    wide: np.ndarray, scale: float, left: float, top: float, resampling: Image.Resampling
) -> np.ndarray:
    """float32 (28, 28) in [0, 1], from this corner on; `scale` of its pixels make one of `wide`."""
    side = IMAGE_SIDE / scale
    box = (left, top, left + side, top + side)
    small = Image.fromarray(wide).resize((IMAGE_SIDE,) * 2, resampling, box=box)
    return np.asarray(small).clip(0, 1).astype(np.float32)


def centre_of_mass(image: np.ndarray) -> tuple[float, float]:
    """y and x, in pixels from the top left corner of the first pixel."""
    rows, columns = image.sum(1), image.sum(0)
    total = rows.sum()
    y = float((rows * (np.arange(len(rows)) + 0.5)).sum() / total)
    return y, float((columns * (np.arange(len(columns)) + 0.5)).sum() / total)
