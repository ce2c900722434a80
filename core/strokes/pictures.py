"""A photograph, a scan or a canvas picture of digits becomes the lines that a pen drew.

`find_all_lines` puts together what core/strokes/photo finds out about paper and ink. Opening a
file is the business of core/strokes/files.py; the lines are then drawn like any other drawing's,
which is core/drawing.py's.
"""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import binary_dilation, distance_transform_edt, gaussian_filter, label
from skimage.morphology import skeletonize
from skimage.transform import resize

from core.strokes.pen import DrawingError, EmptyDrawing
from core.strokes.photo.choice import Found, find_digits
from core.strokes.photo.contrast import ground_is_even
from core.strokes.photo.scaled import clean_ink, scaled_ink

DOT = 0.1  # ink whose line is no longer than this share of its own size is a dot
SMOOTH = 0.1  # standard deviation by which edges are smoothed, in thicknesses of the line
WIDE, WIDEST = 2, 2.6  # width by height; of MNIST's 60,000 digits 9 are over 2, none over 2.6
HOLES = 2  # an 8 has two
FADED = 0.02  # width of a faded edge, in lengths of the digit
LINE_SIDE = 100  # the digit itself is looked at with its longer side this many pixels


@dataclass(frozen=True)
class Lines:
    """What `find_all_lines` saw of one digit.

    Attributes:
        grey: float32 (H, W) in [0, 1], the picture's brightness, at another size.
        ink: float32 (H, W) in [0, 1], how sure it is that a pixel is ink of the digit.
        digit: float32 (h, w) in [0, 1], the part of `ink` with the digit, longer side 100 pixels.
        points: float64 (N, 2), the middle of the lines, x and y in pixels of `digit`.
        scaled: float32 (28, 28) in [0, 1] each, the grey ink laid out as MNIST's digits are; in
            several sizes where the ground is even, so that the grey is surely ink.
    """

    grey: np.ndarray
    ink: np.ndarray
    digit: np.ndarray
    points: np.ndarray
    scaled: tuple[np.ndarray, ...]


def find_lines(pixels: np.ndarray) -> Lines:
    """The one digit on a picture, as `find_all_lines` finds it.

    Raises:
        EmptyDrawing: nothing on the picture stands out from its background.
        DrawingError: not a picture, or there seem to be several digits.
    """
    lines = find_all_lines(pixels)
    if len(lines) > 1:
        together = np.maximum.reduce([each.ink for each in lines])
        raise DrawingError(
            f"There seem to be {len(lines)} digits on this picture. Let one fill the picture.",
            together,
        )
    return lines[0]


def find_all_lines(pixels: np.ndarray) -> list[Lines]:
    """Tell ink from paper, keep the digits, left to right, and find the middle of their lines.

    Dark ink on light paper or light ink on dark paper, however uneven the light; see-through
    parts count as paper. Ruled lines, circles and boxes round a digit, underlines, small writing
    beside it and what lies round the sheet are left out.

    Args:
        pixels: uint8 (H, W), (H, W, 3) or (H, W, 4), at least 8 pixels each way.

    Raises:
        EmptyDrawing: nothing on the picture stands out from its background.
        DrawingError: not an array of that kind, or the ink is too wide for one digit.
    """
    found = find_digits(pixels)
    if any(is_too_wide(mask) for mask in found.digits):
        raise DrawingError(
            "What is on this picture is much wider than high. There seem to be several "
            "digits that touch, one that lies on its side, or only a line. Leave a gap between "
            "digits, or turn the picture.",
            np.where(np.logical_or.reduce(found.digits), found.seen.ink, 0),
        )
    lines = [lines_of(found, mask) for mask in found.digits]
    digits = [each for each in lines if each is not None]
    if not digits:
        raise EmptyDrawing("That is only a dot. Write a whole digit.", found.seen.ink)
    return digits


def is_too_wide(mask: np.ndarray) -> bool:
    """Whether that can hardly be one digit: bool (H, W), True where its ink is."""
    width, height = (np.ptp(np.flatnonzero(mask.any(axis))) + 1 for axis in (0, 1))
    holes = label(~np.pad(mask, 1))[1] - 1  # beside the ground
    return width > (WIDE if holes > HOLES else WIDEST) * height


def lines_of(found: Found, mask: np.ndarray) -> Lines | None:
    """One digit of those found, None for a dot; mask: bool (H, W), its ink."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    faded = max(3, round(FADED * max(np.ptp(rows), np.ptp(columns))))
    near = binary_dilation(mask, iterations=faded)
    ink = np.where(near, found.seen.ink, 0)
    rows, columns = np.flatnonzero(near.any(1)), np.flatnonzero(near.any(0))
    crop = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    digit = np.pad(crop, 1)
    scale = LINE_SIDE / max(digit.shape)
    digit = resize(digit, [max(3, round(side * scale)) for side in digit.shape], order=3)
    points, thickness = middle_lines(digit)
    if not len(points) or np.ptp(points, axis=0).max() < DOT * LINE_SIDE:
        return None
    digit = digit.clip(0, 1).astype(np.float32)
    thickness /= scale
    scaled = clean_ink(crop, thickness) if ground_is_even(found.grey, found.seen.ink) else ()
    return Lines(found.grey, ink, digit, points, scaled or (scaled_ink(crop, thickness),))


def middle_lines(digit: np.ndarray) -> tuple[np.ndarray, float]:
    """The middle of the lines, (N, 2) as x and y in pixels, and how thick the lines are.

    Edges are smoothed first: each of their teeth would be a spur of the line.
    """
    inked = digit > 0.5
    inside = distance_transform_edt(inked)[skeletonize(inked)]
    thickness = 2 * float(np.median(inside)) if len(inside) else 0
    smooth = gaussian_filter(digit, SMOOTH * thickness)
    return np.argwhere(skeletonize(smooth > 0.5))[:, ::-1].astype(np.float64), thickness
