"""Opens a picture file that a visitor sent, with care, and says in plain words why it cannot be.

It looks for no digit in it: that is the business of core/strokes/pictures.py.
"""

import contextlib
import io
import warnings

import numpy as np
import pi_heif
from PIL import Image, ImageOps

from core.machine.storage import MEGABYTE, size_and_most
from core.strokes.pen import DrawingError

MAX_BYTES = 15 * MEGABYTE  # telephones write photographs of 2 to 10 MB
MAX_PIXELS = 52_000_000  # of a picture that is unpacked whole; "50 megapixels" are 50.1 million
MAX_WEBP = 26_000_000  # which takes 16 bytes for each pixel while it is unpacked
MAX_SHRINKING = 200_000_000  # of a JPEG, which comes at an eighth of its size where it is large
SMALLEST_SIDE = 8  # pixels
LONGEST_SIDE = 1_024  # what is kept of a large picture: ten times finer than a digit needs
NARROWEST = SMALLEST_SIDE / LONGEST_SIDE  # the shorter side through the longer one
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF", "HEIF")
START_OF_SCAN, FILLED = 0xDA, 0xFF  # markers of a JPEG
STARTS_OF_FRAME = (0xC0, 0xC1)
BRIGHTEST = 99.9  # percentile of a 16-bit picture that becomes white; single pixels may be broken

Image.MAX_IMAGE_PIXELS = MAX_SHRINKING // 2  # Pillow refuses twice as many; `check_size` the rest
pi_heif.register_heif_opener(thumbnails=False)  # HEIC: what iPhones write


def read_picture(data: bytes) -> np.ndarray:
    """Open a picture file that a visitor sent. Its content decides what it is, not its name.

    Args:
        data: the file, at most 15 MB, JPEG, PNG, WebP, GIF, BMP, AVIF or HEIC.

    Returns:
        uint8 (H, W, 3), or (H, W, 4) where it has see-through parts; upright as the camera
        says, the longer side at most 1,024 pixels.

    Raises:
        DrawingError: empty, too large, broken, animated, or not such a picture.
    """
    if not data:
        raise DrawingError("The file is empty. Choose another picture.")
    if len(data) > MAX_BYTES:
        size = size_and_most(len(data), MAX_BYTES)
        raise DrawingError(f"The file is too large: it has {size}. Choose a smaller picture.")
    try:
        picture = opened(data)
        check_size(picture, most_pixels(picture, data))
        # MPO is how some telephones write a photograph: a JPEG with another beside it.
        if getattr(picture, "is_animated", False) and picture.format not in ("MPO", "HEIF"):
            raise DrawingError("This picture moves. Choose one that stands still.")
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG: decode no more than is kept
        return np.asarray(upright(in_colours(picture)))
    except DrawingError:
        raise
    except Exception as error:  # a broken file can make a decoder raise anything
        raise DrawingError(
            "The file cannot be opened as a picture. It may be broken or of another kind. "
            "JPEG, PNG, WebP, GIF, BMP, AVIF and HEIC pictures work."
        ) from error


def opened(data: bytes) -> Image.Image:
    """The picture, not unpacked yet; where it is far too large, Pillow's own alarm is ours."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # `check_size` looks
            return Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError:
        raise too_large(f"more than {MAX_SHRINKING / 1e6:.0f} million pixels") from None


def most_pixels(picture: Image.Image, data: bytes) -> int:
    """How many pixels a picture of this kind may have, by what unpacking it takes."""
    if picture.format == "WEBP":
        return MAX_WEBP
    shrinks = picture.format in ("JPEG", "MPO") and "progressive" not in picture.info
    return MAX_SHRINKING if shrinks and in_one_scan(data) else MAX_PIXELS


def in_one_scan(data: bytes) -> bool:
    """Whether a JPEG has all its colours in one scan; else all of it is kept while it is read.

    ITU-T T.81, B.1: segments of a marker, a length and so many bytes; B.2.3: the start of a scan.
    """
    place, colours = 2, 0
    while place + 9 < len(data):
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4])
        if marker == START_OF_SCAN:
            return data[place + 4] == colours
        if marker in STARTS_OF_FRAME:
            colours = data[place + 9]
        place += 1 if marker == FILLED else 2 + length
    return False


def check_size(picture: Image.Image, most: int) -> None:
    """Raises DrawingError for a picture that would not fit into memory unpacked, or a strip."""
    width, height = picture.size
    if min(width, height) < SMALLEST_SIDE or min(width, height) < NARROWEST * max(width, height):
        raise DrawingError(
            f"The picture is {width:,} × {height:,} pixels: there is no room for a digit on such "
            "a narrow strip. Choose a picture that is wider and higher."
        )
    if width * height > most:
        raise too_large(f"{width:,} × {height:,} pixels", most)


def too_large(pixels: str, most: int = MAX_SHRINKING) -> DrawingError:
    less = "" if most == MAX_SHRINKING else " for a file like this, which has to be unpacked whole"
    return DrawingError(
        f"The picture has {pixels}. The most is {most / 1e6:.0f} million in all{less}. "
        "A screenshot of the picture is smaller and will do."
    )


def in_colours(picture: Image.Image) -> Image.Image:
    """8-bit colours, shrunk."""
    if picture.mode.startswith("I"):  # 16 bits for each pixel, as scanners write
        step = max(1, max(picture.size) // (2 * LONGEST_SIDE))
        values = np.asarray(picture)[::step, ::step].astype(np.float32)
        brightest = max(float(np.percentile(values, BRIGHTEST)), 1)
        picture = Image.fromarray((values / brightest * 255).clip(0, 255).astype(np.uint8))
    see_through = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    mode = "RGBA" if see_through else "RGB"
    colours = picture if picture.mode == mode else picture.convert(mode)  # no copy of a large one
    colours.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return colours


def upright(picture: Image.Image) -> Image.Image:
    """Turned as the camera says; as it is where what the camera says cannot be understood."""
    with contextlib.suppress(Exception):  # a broken note of the camera can raise anything
        return ImageOps.exif_transpose(picture)
    return picture
