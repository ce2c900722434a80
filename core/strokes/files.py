"""Opens a picture file that a visitor sent, with care, and says in plain words why it cannot be.

It looks for no digit in it: that is the business of core/strokes/pictures.py.
"""

import io

import numpy as np
from PIL import Image, ImageOps

from core.strokes.pen import DrawingError

MAX_BYTES = 15_000_000  # telephones write photographs of 2 to 10 MB
MAX_ARRAY_PIXELS = 50_000_000
MAX_PIXELS = 50_000_000  # of the file, width times height; telephones make 12 million
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
LONGEST_SIDE = 1_024  # what is kept of a large picture: ten times finer than a digit needs


def read_picture(data: bytes) -> np.ndarray:
    """Open a picture file that a visitor sent.

    Args:
        data: the file, at most 15 MB, JPEG, PNG, WebP, GIF or BMP.

    Returns:
        uint8 (H, W, 3), or (H, W, 4) where it has see-through parts; upright as the camera
        says, the longer side at most 1,024 pixels.

    Raises:
        DrawingError: empty, too large, broken, animated, or not such a picture.
    """
    if not data:
        raise DrawingError("The file is empty. Choose another picture.")
    if len(data) > MAX_BYTES:
        raise DrawingError(
            f"The file has {len(data) / 1e6:.0f} MB, and {MAX_BYTES / 1e6:.0f} MB is the most. "
            "Choose a smaller picture."
        )
    try:
        picture = Image.open(io.BytesIO(data), formats=FORMATS)
        width, height = picture.size
        if width * height > MAX_PIXELS:
            raise _too_large(f"{width:,} × {height:,}")
        # MPO is how some telephones write a photograph: a JPEG with another beside it.
        if getattr(picture, "is_animated", False) and picture.format != "MPO":
            raise DrawingError("This picture moves. Choose one that stands still.")
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG: decode no more than is kept
        return _upright(picture)
    except DrawingError:
        raise
    except Image.DecompressionBombError:
        raise _too_large("far too many") from None
    except Exception as error:  # a broken file can make a decoder raise anything
        raise DrawingError(
            "The file cannot be opened as a picture. It may be broken or of another kind. "
            "JPEG, PNG, WebP, GIF and BMP pictures work."
        ) from error


def _too_large(pixels: str) -> DrawingError:
    return DrawingError(
        f"The picture has {pixels} pixels, and {MAX_PIXELS / 1e6:.0f} million in all is the most. "
        "Choose a smaller picture."
    )


def _upright(picture: Image.Image) -> np.ndarray:
    """Turned as the camera says, shrunk, in 8-bit colours."""
    if picture.mode.startswith("I"):  # 16 bits for each pixel, as scanners write
        step = max(1, max(picture.size) // (2 * LONGEST_SIDE))
        values = np.asarray(picture)[::step, ::step].astype(np.float32)
        picture = Image.fromarray((values / max(values.max(), 1) * 255).astype(np.uint8))
    see_through = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    picture = picture.convert("RGBA" if see_through else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return np.asarray(ImageOps.exif_transpose(picture))
