"""Many small images in one: digits in grey, weights in two colours. Arrays in, arrays out."""

from __future__ import annotations

import math

import numpy as np

GAP = 1  # pixels between two tiles
COLD, WARM = np.array([0, 114, 178]), np.array([213, 94, 0])  # Okabe-Ito blue and vermilion
# The same two on dark tiles, as digits lie on: in both themes, so that neither has white slabs.
TILE = 22  # the grey of a tile
SHADES = 16  # from nothing to the full colour: more are hardly seen, and double a picture's bytes
LIGHT_COLD, LIGHT_WARM = np.array([64, 170, 255]), np.array([255, 159, 28])


def digits_mosaic(images: np.ndarray, columns: int) -> np.ndarray:
    """Images, float (N, H, W) in [0, 1], side by side in rows -> uint8 (height, width)."""
    tiles = (np.asarray(images) * 255).round().astype(np.uint8)
    return tiled(tiles, columns, background=64)


def weights_mosaic(weights: np.ndarray, columns: int, scale: float | None = None) -> np.ndarray:
    """Weights (N, H, W) -> uint8 (height, width, 3): blue below zero, dark at it, orange above.

    All tiles share one scale: `scale` has the full colour (default: the largest weight).
    """
    return tiled(tinted(weights, scale), columns, background=128)


def tinted(weights: np.ndarray, scale: float | None = None) -> np.ndarray:
    """The same colours, in SHADES of each, weight by weight: (N, H, W) -> uint8 (N, H, W, 3)."""
    weights = np.asarray(weights, dtype=np.float32)
    largest = scale or float(np.abs(weights).max()) or 1.0
    levels = np.clip(np.abs(weights) / largest, 0, 1)[..., None]
    strength = np.round(levels * SHADES) / SHADES
    colour = np.where(weights[..., None] < 0, LIGHT_COLD, LIGHT_WARM)
    return (TILE * (1 - strength) + colour * strength).round().astype(np.uint8)


def above_each_other(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Two images in one, with a grey line between: float (N, H, W), twice, -> (N, 2 H + 1, W)."""
    line = np.full_like(above[:, :1], 0.5)
    return np.concatenate([above, line, below], axis=1)


def tiled(tiles: np.ndarray, columns: int, background: int) -> np.ndarray:
    """uint8 tiles (N, H, W) or (N, H, W, 3) in rows of `columns`, on a background of that grey."""
    count, height, width = tiles.shape[:3]
    columns = min(columns, count)
    rows = math.ceil(count / columns)
    shape = (rows * (height + GAP) + GAP, columns * (width + GAP) + GAP, *tiles.shape[3:])
    sheet = np.full(shape, background, dtype=np.uint8)
    for index, tile in enumerate(tiles):
        row, column = divmod(index, columns)
        top, left = row * (height + GAP) + GAP, column * (width + GAP) + GAP
        sheet[top : top + height, left : left + width] = tile
    return sheet


def change_mosaics(
    before: np.ndarray, after: np.ndarray, columns: int
) -> tuple[tuple[np.ndarray, np.ndarray, np.ndarray], float | None]:
    """Weights (N, H, W) before and after a step, and their change, each as `weights_mosaic` does.

    The first two share one scale. The change has its own, so many times stronger: the second part
    of the result; None where nothing changed.
    """
    change = after - before
    largest = float(np.abs(np.concatenate([before, after])).max())
    moved = float(np.abs(change).max())
    sheets = (
        weights_mosaic(before, columns, largest),
        weights_mosaic(after, columns, largest),
        weights_mosaic(change, columns, moved),
    )
    return sheets, largest / moved if moved else None
