"""An image as a network is given it: row after row in one line. Arrays in, pictures out."""

from __future__ import annotations

import numpy as np

TINT = np.array([0, 158, 115])  # green: the row of the picture that is pointed out


def in_one_line(image: np.ndarray, row: int) -> tuple[np.ndarray, np.ndarray]:
    """An image, float (28, 28) in [0, 1], and the same in one line, with a row of it tinted.

    Returns uint8 (28, 28, 3) and (1, 784, 3).
    """
    grey = np.repeat((image * 255).round()[..., None], 3, axis=2)
    grey[row] = 0.5 * grey[row] + 0.5 * TINT
    square = grey.astype(np.uint8)
    return square, square.reshape(1, -1, 3)
