"""An image in one line keeps every pixel, in order."""

import numpy as np

from core.charts.lessons.rows import TINT, in_one_line


def test_one_row_is_tinted_in_the_square_and_in_the_line():
    image = np.random.default_rng(0).random((28, 28))
    square, line = in_one_line(image, 5)
    np.testing.assert_array_equal(line[0], square.reshape(784, 3))
    other = np.arange(28) != 5
    expected = np.round(255 * image[other]).astype(np.uint8)
    for channel in range(3):
        np.testing.assert_array_equal(square[other][..., channel], expected)
    np.testing.assert_allclose(square[5], (255 * image[5][:, None] + TINT) / 2, atol=1.3)
