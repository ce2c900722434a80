"""Arrays as pictures: what a browser is given is the array again, in few bytes."""

from __future__ import annotations

import base64
import io

import numpy as np
from PIL import Image

from core.charts.mosaics import weights_mosaic
from pages.ui.widgets.digits.pictures import picture

MOST = 9_000  # bytes of a dozen untrained units: three such go to the browser at every look


def pixels(address: str) -> np.ndarray:
    data = base64.b64decode(address.partition(",")[2])
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


def test_a_picture_is_the_array_again_whether_it_has_few_colours_or_many():
    chance = np.random.default_rng(0)
    few = weights_mosaic(chance.uniform(-1, 1, (12, 28, 28)), 4)
    many = chance.integers(0, 256, (40, 40, 3), dtype=np.uint8)
    for image in (few, many):
        np.testing.assert_array_equal(pixels(picture(image)), image)
    assert len(picture(few)) < MOST
