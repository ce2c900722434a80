"""A photograph, a scan or a canvas picture of a digit becomes the lines that its pen drew.

`find_lines` tells ink from paper. Opening a file is the business of core/strokes/files.py; the
lines are then drawn like any other drawing's, which is core/drawing.py's.
"""

from dataclasses import dataclass

import numpy as np
from skimage.filters import threshold_otsu
from skimage.measure import label, regionprops
from skimage.morphology import dilation, disk, opening, skeletonize
from skimage.transform import resize

from core.machine.linear import solve_with_ridge
from core.strokes.files import MAX_PIXELS
from core.strokes.pen import DrawingError, EmptyDrawing

SMALLEST_SIDE = 8  # pixels
MIN_CONTRAST = 0.08  # between ink and paper; black and white differ by 1
SPECK = 0.15  # a piece of ink no longer than this share of the longest is dust
SMALLEST = 0.2  # a digit clear of the picture's edges is this share as long as what touches them
LUMINANCE = np.array([0.299, 0.587, 0.114], dtype=np.float32)  # of red, green, blue; ITU-R BT.601
DOT = 0.1  # ink whose line is no longer than this share of its own size is a dot

_WORKING_SIDE = 192  # ink is looked for in the picture shrunk to this longer side
_LINE_SIDE = 100  # the digit itself is looked at with its longer side this many pixels


@dataclass(frozen=True)
class Lines:
    """What `find_lines` saw.

    Attributes:
        grey: float32 (H, W) in [0, 1], the picture's brightness, smaller than the picture.
        ink: float32 (H, W) in [0, 1], how sure it is that a pixel is ink of the digit.
        digit: float32 (h, w) in [0, 1], the part of `ink` with the digit, longer side 100 pixels.
        points: float64 (N, 2), the middle of the lines, x and y in pixels of `digit`.
    """

    grey: np.ndarray
    ink: np.ndarray
    digit: np.ndarray
    points: np.ndarray


def find_lines(pixels: np.ndarray) -> Lines:
    """Tell ink from paper, keep the digit, and find the middle of its lines.

    Dark ink on light paper or light ink on dark paper, with uneven light; see-through parts
    count as paper. It finds no digit among ruled lines or beside other writing.

    Args:
        pixels: uint8 (H, W), (H, W, 3) or (H, W, 4), at least 8 pixels each way.

    Raises:
        EmptyDrawing: nothing on the picture stands out from its background.
        DrawingError: not an array of that kind.
    """
    grey = _brightness(pixels)
    ink = _ink(grey)
    mask = _digit_mask(ink)
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    ink = np.where(dilation(mask, disk(2)), ink, 0)  # with the faded edges
    digit = np.pad(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1], 1)
    scale = _LINE_SIDE / max(digit.shape)
    digit = resize(digit, [max(3, round(side * scale)) for side in digit.shape], order=3)
    points = np.argwhere(skeletonize(digit > 0.5))[:, ::-1].astype(np.float64)  # x, y
    if not len(points) or np.ptp(points, axis=0).max() < DOT * _LINE_SIDE:
        raise EmptyDrawing("That is only a dot. Write a whole digit.")
    return Lines(grey, ink, digit.clip(0, 1).astype(np.float32), points)


def _brightness(pixels: np.ndarray) -> np.ndarray:
    if not isinstance(pixels, np.ndarray) or pixels.dtype != np.uint8:
        raise DrawingError("The picture should be an array of whole numbers from 0 to 255 (uint8).")
    if pixels.ndim not in (2, 3) or (pixels.ndim == 3 and pixels.shape[2] not in (3, 4)):
        shape = " × ".join(map(str, pixels.shape))
        raise DrawingError(f"The picture should be grey or in colour; an array of {shape} is not.")
    if min(pixels.shape[:2]) < SMALLEST_SIDE or pixels.shape[0] * pixels.shape[1] > MAX_PIXELS:
        raise DrawingError(
            f"The picture is {pixels.shape[1]:,} × {pixels.shape[0]:,} pixels. It should have at "
            f"least {SMALLEST_SIDE} each way and at most {MAX_PIXELS / 1e6:.0f} million in all."
        )
    pixels = pixels[:: max(1, pixels.shape[0] // 2048), :: max(1, pixels.shape[1] // 2048)]
    colours = pixels.astype(np.float32) / 255
    grey = colours if pixels.ndim == 2 else colours[..., :3] @ LUMINANCE
    if pixels.ndim == 3 and pixels.shape[2] == 4:
        grey = _on_paper(grey, colours[..., 3])
    shrink = min(1, _WORKING_SIDE / max(grey.shape))
    if shrink < 1:
        grey = resize(grey, [max(1, round(side * shrink)) for side in grey.shape])
    return grey.astype(np.float32)


def _on_paper(grey: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """See-through parts become paper: white behind dark ink, black behind light ink."""
    paper = 1.0 if (grey * alpha).sum() < alpha.sum() / 2 else 0.0
    return grey * alpha + paper * (1 - alpha)


def _ink(grey: np.ndarray) -> np.ndarray:
    """How much each pixel differs from the paper round it: 0 is paper, 1 is full ink."""
    flat = grey - _smooth_surface(grey)
    contrast = flat if (flat**3).sum() > 0 else -flat  # ink is the few pixels that differ much

    # Edges of shadows are left. A disc wider than any pen, moved about below the surface, follows
    # them and not the lines; what stands above it is ink.
    radius = max(4, max(grey.shape) // 8)
    margin = ((radius, radius), (radius, radius))
    wide = np.pad(contrast, margin, mode="symmetric")
    paper = opening(wide, disk(radius, decomposition="sequence"))
    contrast = contrast - paper[radius:-radius, radius:-radius]
    contrast -= np.median(contrast)

    level = threshold_otsu(contrast) if np.ptp(contrast) else 0.0
    above, below = contrast[contrast > level], contrast[contrast <= level]
    if not above.size or above.mean() - below.mean() < max(MIN_CONTRAST, 5 * below.std()):
        raise EmptyDrawing(
            "No digit stands out on this picture. Write one large with a dark pen on plain paper, "
            "and let it fill the picture."
        )
    return (contrast / np.median(above)).clip(0, 1).astype(np.float32)


def _smooth_surface(grey: np.ndarray) -> np.ndarray:
    """The light on the paper: the quadratic surface with the least sum of absolute differences.

    Least absolute differences, so that the ink, which is the minority, does not pull on it.
    """
    y, x = np.mgrid[-1 : 1 : grey.shape[0] * 1j, -1 : 1 : grey.shape[1] * 1j]
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1)  # (H, W, 6)
    step = max(1, max(grey.shape) // 64)
    some, values = terms[::step, ::step].reshape(-1, 6), grey[::step, ::step].ravel()
    weights = np.ones_like(values)
    for _ in range(20):  # reweighted least squares come as close as needed
        scaled = some * weights[:, None]
        factors = solve_with_ridge(scaled.T @ some, scaled.T @ values)
        weights = 1 / np.maximum(np.abs(some @ factors - values), 1 / 255)
    return terms @ factors


def _digit_mask(ink: np.ndarray) -> np.ndarray:
    """bool (H, W): the pieces of ink that make up the digit, without dust and picture edges."""
    pieces = label(ink > 0.5, connectivity=2)
    found = regionprops(pieces)
    lengths = {piece.label: _length(piece.bbox) for piece in found}
    inner = [piece.label for piece in found if not _touches_edge(piece.bbox, ink.shape)]
    if max((lengths[piece] for piece in inner), default=0) > SMALLEST * max(lengths.values()):
        lengths = {piece: lengths[piece] for piece in inner}  # the rest is the edge of the paper
    longest = max(lengths.values())
    kept = [piece for piece, length in lengths.items() if length > SPECK * longest]
    return np.isin(pieces, kept)


def _touches_edge(box: tuple[int, int, int, int], shape: tuple[int, int]) -> bool:
    return box[0] == 0 or box[1] == 0 or box[2] == shape[0] or box[3] == shape[1]


def _length(box: tuple[int, int, int, int]) -> int:
    return max(box[2] - box[0], box[3] - box[1])
