"""The pixels of a picture become brightness at the size in which ink is looked for.

It checks that the array is a picture at all. What is ink is decided elsewhere in this folder.
"""

import numpy as np
from PIL import Image

from core.strokes.files import MAX_PIXELS, SMALLEST_SIDE
from core.strokes.pen import DrawingError

LUMINANCE = np.array([0.299, 0.587, 0.114], dtype=np.float32)  # of red, green, blue; ITU-R BT.601
LARGE, SMALL = 480, 160  # the longer side, in pixels: larger pictures shrink, smaller ones grow


def brightness(pixels: np.ndarray, darkest: bool = False) -> np.ndarray:
    """How bright the picture is, float32 (H, W) in [0, 1], the longer side 160 to 480 pixels.

    Args:
        pixels: uint8 (H, W), (H, W, 3) or (H, W, 4), at least 8 pixels each way. What can be
            seen through becomes paper.
        darkest: of red, green and blue take the darkest: yellow ink is nearly as bright as white
            paper, but it has no blue.

    Raises:
        DrawingError: not an array of that kind.
    """
    check(pixels)
    pixels = pixels[:: max(1, pixels.shape[0] // 2048), :: max(1, pixels.shape[1] // 2048)]
    colours = pixels.astype(np.float32) / 255
    grey = colours
    if pixels.ndim == 3:
        grey = colours[..., :3].min(axis=2) if darkest else colours[..., :3] @ LUMINANCE
    if pixels.ndim == 3 and pixels.shape[2] == 4:
        grey = on_paper(grey, colours[..., 3])
    longest = max(grey.shape)
    scale = float(np.clip(longest, SMALL, LARGE)) / longest
    if scale == 1:
        return grey
    size = [max(1, round(side * scale)) for side in grey.shape[::-1]]
    resized = Image.fromarray(grey).resize(size, Image.Resampling.BICUBIC)
    return np.asarray(resized).clip(0, 1)


def check(pixels: np.ndarray) -> None:
    """Raises DrawingError for what is no picture."""
    if not isinstance(pixels, np.ndarray) or pixels.dtype != np.uint8:
        raise DrawingError("The picture should be an array of whole numbers from 0 to 255 (uint8).")
    if pixels.ndim not in (2, 3) or (pixels.ndim == 3 and pixels.shape[2] not in (3, 4)):
        shape = " × ".join(map(str, pixels.shape))
        raise DrawingError(f"The picture should be grey or in colour; an array of {shape} is not.")
    height, width = pixels.shape[:2]
    if min(height, width) < SMALLEST_SIDE or height * width > MAX_PIXELS:
        raise DrawingError(
            f"The picture is {width:,} × {height:,} pixels. It should have at least "
            f"{SMALLEST_SIDE} each way and at most {MAX_PIXELS / 1e6:.0f} million in all."
        )


def on_paper(grey: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """See-through parts become paper: white behind dark ink, black behind light ink."""
    paper = 1.0 if (grey * alpha).sum() < alpha.sum() / 2 else 0.0
    return grey * alpha + paper * (1 - alpha)
