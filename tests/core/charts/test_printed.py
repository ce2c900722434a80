"""Charts as files: pictures that can be opened, that show what they should, the same each time."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from core.charts.printed import confusion_picture, loss_picture

LOSSES = np.geomspace(2.3, 0.1, 500, dtype=np.float32)
EXAMS = [(250, 0.5), (500, 0.2)]
CONFUSION = np.diag(np.full(10, 90))
CONFUSION[4, 9] = 17
MAKERS = {
    "loss": lambda kind: loss_picture(LOSSES, EXAMS, kind),
    "confusion": lambda kind: confusion_picture(CONFUSION, kind),
}


@pytest.mark.parametrize("name", MAKERS)
def test_a_png_can_be_opened_and_is_not_blank(name):
    image = np.asarray(Image.open(io.BytesIO(MAKERS[name]("png"))).convert("L"))
    assert min(image.shape) > 400
    assert image[0, 0] == 255 and image.min() < 60


@pytest.mark.parametrize("name", MAKERS)
def test_an_svg_is_one_and_the_same_each_time(name):
    first, second = MAKERS[name]("svg"), MAKERS[name]("svg")
    assert ElementTree.fromstring(first).tag.endswith("}svg")
    assert first == second
    assert b"<script" not in first


def test_mistakes_are_dark_where_they_are():
    def grey(confusion: np.ndarray) -> np.ndarray:
        return np.asarray(Image.open(io.BytesIO(confusion_picture(confusion, "png"))).convert("L"))

    without = CONFUSION.copy()
    without[4, 9] = 0
    changed = np.argwhere(grey(CONFUSION) != grey(without))
    (top, left), (bottom, right) = changed.min(0), changed.max(0)
    height, width = grey(without).shape
    assert 0 < bottom - top < height / 8 and 0 < right - left < width / 8  # one cell and no more
    assert left > 0.85 * width and 0.4 * height < top < 0.6 * height


def test_a_curve_of_few_losses_without_an_exam_can_be_drawn():
    assert loss_picture(np.array([2.3], dtype=np.float32), [], "png")


def test_a_long_curve_makes_no_large_file():
    losses = np.random.default_rng(0).random(100_000)
    assert len(loss_picture(losses, [])) < 200_000
