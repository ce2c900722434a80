"""Small pictures of what is inside a network, for walls of tiles. Arrays in, arrays out."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from core.charts.mosaics import GAP, tinted

SIDE = 24  # pixels, at least, of a unit's tile: a cross needs room
EDGE = 200  # grey round a unit's tile: on a screen, a line of the next tile may show
SHADES = 16  # from white to the full colour: more are hardly seen, and double a picture's bytes
CROSS = np.array([32, 32, 32], dtype=np.uint8)


def coloured(values: np.ndarray, scale: float | None = None) -> np.ndarray:
    """Numbers (N, H, W) -> uint8 (N, H, W, 3), in the colours of weights_mosaic, in SHADES of each.

    Scale: what has the full colour (default: the largest number).
    """
    scale = scale or float(np.abs(values).max()) or 1.0
    return tinted(np.round(np.clip(values / scale, -1, 1) * SHADES) / SHADES, 1.0)


def unit_tiles(values: np.ndarray, off: Sequence[int], scale: float) -> np.ndarray:
    """What N units hand on, numbers (N,) or maps (N, h, w), as tiles, uint8 (N, S, S, 3).

    off: the places, 0 to N - 1, of those that are switched off: they are crossed out.
    """
    maps = values[:, None, None] if values.ndim == 1 else values
    finer = math.ceil(SIDE / maps.shape[1])
    tiles = coloured(maps, scale).repeat(finer, axis=1).repeat(finer, axis=2)
    for place in off:
        tiles[place][cross(tiles.shape[1])] = CROSS
    return np.pad(tiles, ((0, 0), (GAP, GAP), (GAP, GAP), (0, 0)), constant_values=EDGE)


def cross(side: int) -> np.ndarray:
    """bool (side, side): two thick diagonals."""
    row, column = np.mgrid[:side, :side]
    return (abs(row - column) <= 1) | (abs(row + column - side + 1) <= 1)


def beside_maps(images: np.ndarray, maps: np.ndarray) -> np.ndarray:
    """Each image, uint8 (N, H, H), and right of it its map: uint8 (N, H, 2 H + 1, 3).

    maps: numbers (N, h, h), with h a divisor of H; all on one scale.
    """
    side = images.shape[1]
    finer = side // maps.shape[1]
    grey = np.repeat(np.asarray(images)[..., None], 3, axis=3)
    line = np.full((len(images), side, GAP, 3), 128, dtype=np.uint8)
    colours = coloured(maps).repeat(finer, axis=1).repeat(finer, axis=2)
    return np.concatenate([grey, line, colours], axis=2)
