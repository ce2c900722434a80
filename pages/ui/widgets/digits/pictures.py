"""Arrays as pictures that a page can show: one image, or a sheet of many, with sharp edges."""

from __future__ import annotations

import base64
import io

import numpy as np


def picture(image: np.ndarray) -> str:
    """An image as an address that an <img> can show.

    image: float (H, W) in [0, 1], or uint8 (H, W) or (H, W, 3). Of few colours each pixel names one
    only: a quarter of the bytes.
    """
    from PIL import Image

    image = np.asarray(image)
    if image.dtype != np.uint8:
        image = (image * 255).round().astype(np.uint8)
    buffer = io.BytesIO()
    drawn = Image.fromarray(image)
    if image.ndim == 3 and (colours := drawn.getcolors(256)):
        drawn = drawn.quantize(len(colours))
    drawn.save(buffer, format="PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")


def mosaic_html(sheet: np.ndarray, alt: str, tile: int = 34) -> str:
    """A sheet of tiles as an image that keeps its sharp edges and fits the screen."""
    scale = tile / 28 if sheet.shape[0] >= 28 else 8
    return (
        f'<img src="{picture(sheet)}" alt="{alt}" style="image-rendering:pixelated;'
        f'width:{sheet.shape[1] * scale:.0f}px;max-width:100%;border-radius:var(--tile-radius)">'
    )


def framed(image: np.ndarray, alt: str, width: int = 140) -> str:
    """An image with sharp edges, so many pixels wide where there is room, framed as all tiles."""
    return (
        f'<img src="{picture(image)}" alt="{alt}" style="image-rendering:pixelated;display:block;'
        f"width:{width}px;max-width:100%;border-radius:var(--tile-radius);"
        'box-shadow:var(--tile-frame)">'
    )
