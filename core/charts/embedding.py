"""What a map of digits is drawn from: places in a frame, and one sheet of all pictures.

Arrays in, arrays and numbers out. It measures nothing; how a map is drawn is in
pages/ui/frontend/digit_map.js.
"""

from __future__ import annotations

import numpy as np

SHEET_COLUMNS = 50  # tiles in a row of the sheet
STEPS = 10_000  # that a map is wide and high: more than any screen has pixels


def framed(places: np.ndarray, more: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Places, float (N, 2), and `more`, (M, 2), in a frame that the first just fill.

    Returns both as int64 in steps, from 0 to STEPS for the places, y downwards; `more` may lie
    outside it. And how many times as wide as high the frame is, from 0.25 to 4: where all lie on a
    line, it is drawn as the longest.
    """
    size = np.ptp(places, axis=0)
    largest = float(size.max()) or 1.0
    size = np.maximum(size, largest / 4)
    middle = places.min(axis=0) + np.ptp(places, axis=0) / 2
    low = middle - size / 2
    first, second = (
        np.round(STEPS * (each.reshape(-1, 2) - low) / size).astype(np.int64)
        for each in (places, more)
    )
    for each in (first, second):
        each[:, 1] = STEPS - each[:, 1]
    return first, second, float(size[0] / size[1])


def tile_sheet(images: np.ndarray) -> np.ndarray:
    """Images uint8 (N, 28, 28) in rows of SHEET_COLUMNS, without gaps: uint8 (height, width)."""
    count, height, width = images.shape
    rows = -(-count // SHEET_COLUMNS)
    sheet = np.zeros((rows * SHEET_COLUMNS, height, width), dtype=np.uint8)
    sheet[:count] = images
    grid = sheet.reshape(rows, SHEET_COLUMNS, height, width)
    return grid.transpose(0, 2, 1, 3).reshape(rows * height, SHEET_COLUMNS * width)
