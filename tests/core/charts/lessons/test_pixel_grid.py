"""The squares of an image: what they show and what can be clicked."""

import numpy as np
from plotly.graph_objects import Figure

from core.charts.lessons.pixel_grid import pixel_grid


def test_the_grid_shows_the_pixels_around_the_one_pointed_at():
    pixels = np.arange(784, dtype=np.int64).reshape(28, 28) % 256
    squares, targets = pixel_grid(pixels.astype(np.uint8), 0, 27, 9)["data"]
    np.testing.assert_array_equal(squares["z"], pixels[:9, 19:])
    for x, y, told in zip(targets["x"], targets["y"], targets["customdata"], strict=True):
        assert told == [pixels[y, x], y + 1, x + 1]  # people count from 1


def test_the_grid_is_valid_plotly():
    Figure(pixel_grid(np.zeros((28, 28), dtype=np.uint8), 3, 3, 28))
