"""What could be uploaded as a picture: broken files of every kind, and pictures of anything.

`check` asks that a file is refused in a sentence, or read as digits that a network can be shown.
"""

from __future__ import annotations

import io

import numpy as np
from hypothesis import strategies as st
from PIL import Image

from core.drawing import DrawingError, prepare_all_pixels
from core.strokes.files import LONGEST_SIDE, read_picture
from tests.drawn import FIVE, SEVEN, painted
from tests.heic import HEIC
from tests.property.damage import damaged_bytes
from tests.property.drawings import assert_is_sentence, check_prepared

KINDS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "AVIF")


def as_file(pixels: np.ndarray, kind: str = "PNG") -> bytes:
    """A picture file of this kind."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, kind)
    return file.getvalue()


def anything_shown(seed: int, height: int, width: int, what: str) -> bytes:
    """A picture of noise, of spots, of nothing, or of a digit on a bad ground."""
    random = np.random.default_rng(seed)
    ground = random.integers(0, 256, (height, width), dtype=np.uint8)
    if what == "nothing":
        ground = np.full_like(ground, random.integers(256))
    elif what == "spots":
        ground = np.where(ground > random.integers(200, 256), 255, 0).astype(np.uint8)
    elif what == "digit":
        ink, paper = random.integers(0, 256, 2).tolist()
        seven = painted(SEVEN, side=100, ink=ink, paper=paper).astype(float)
        ground = (seven + random.normal(0, random.uniform(0, 60), seven.shape)).clip(0, 255)
        ground = ground.astype(np.uint8)
    return as_file(ground)


whole = [as_file(painted(FIVE, side=100, ink=20, paper=235), kind) for kind in KINDS]
whole.append(HEIC)
broken = damaged_bytes(st.integers(0, len(whole) - 1).map(lambda number: whole[number]))
odd = st.builds(
    anything_shown,
    st.integers(0, 2**32),
    st.integers(1, 120),
    st.integers(1, 120),
    st.sampled_from(("noise", "spots", "nothing", "digit")),
)
cases = st.one_of(broken, broken, odd, st.binary(max_size=200))


def check(case: bytes) -> bool:
    """Whether it is read as digits. Raises whatever but a DrawingError comes out."""
    try:
        pixels = read_picture(case)
        assert pixels.dtype == np.uint8 and pixels.ndim == 3 and pixels.shape[2] in (3, 4)
        assert max(pixels.shape) <= LONGEST_SIDE
        found = prepare_all_pixels(pixels)
    except DrawingError as error:
        assert_is_sentence(error)
        return False
    for each in found:
        check_prepared(each)
    return bool(found)
