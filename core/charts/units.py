"""Small pictures of what is inside a network, for walls of tiles. Arrays in, arrays out."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from core.charts.mosaics import GAP, SHADES

SIDE = 24  # pixels, at least, of a unit's tile: a cross needs room
CROSS = np.array([160, 160, 160], dtype=np.uint8)
# What units hand on glows as on the stage of Home: orange and blue are for and against.
DARK, GLOW, WHITE = (22, 22, 22), (0, 158, 115), (255, 255, 255)
GLOWS = 0.6  # the level that is quite green


def unit_tiles(values: np.ndarray, off: Sequence[int], scale: float) -> np.ndarray:
    """What N units hand on, numbers (N,) or maps (N, h, w), as tiles, uint8 (N, S, S, 3).

    Dark for zero, over green to white for `scale`, whatever the sign. off: the places, 0 to N - 1,
    of those that are switched off: they are crossed out.
    """
    maps = values[:, None, None] if values.ndim == 1 else values
    finer = math.ceil(SIDE / maps.shape[1])
    tiles = glowing(np.abs(maps) / (scale or 1.0)).repeat(finer, axis=1).repeat(finer, axis=2)
    for place in off:
        tiles[place][cross(tiles.shape[1])] = CROSS
    return tiles


def glowing(levels: np.ndarray) -> np.ndarray:
    """Levels in [0, 1], of any shape -> uint8 (..., 3): dark, then green, then white, in SHADES."""
    levels = np.round(np.clip(levels, 0, 1) * SHADES) / SHADES
    colours = [
        np.interp(levels, (0, GLOWS, 1), shades) for shades in zip(DARK, GLOW, WHITE, strict=True)
    ]
    return np.stack(colours, axis=-1).round().astype(np.uint8)


def change_tile(change: np.ndarray) -> np.ndarray:
    """A change of brightness (H, W) -> float (H, W) in [0, 1]: grey where there is none, white
    where it is brightest, black where darkest."""
    return 0.5 + 0.5 * change / (float(np.abs(change).max()) or 1.0)


def cross(side: int) -> np.ndarray:
    """bool (side, side): two thick diagonals."""
    row, column = np.mgrid[:side, :side]
    return (abs(row - column) <= 1) | (abs(row + column - side + 1) <= 1)


def beside_maps(images: np.ndarray, maps: np.ndarray) -> np.ndarray:
    """Each image, uint8 (N, H, H), and right of it its map: uint8 (N, H, 2 H + 1, 3).

    maps: numbers (N, h, h), with h a divisor of H; all on one scale, coloured as `unit_tiles`.
    """
    side = images.shape[1]
    finer = side // maps.shape[1]
    grey = np.repeat(np.asarray(images)[..., None], 3, axis=3)
    line = np.full((len(images), side, GAP, 3), 128, dtype=np.uint8)
    levels = np.abs(maps) / (float(np.abs(maps).max()) or 1.0)
    colours = glowing(levels).repeat(finer, axis=1).repeat(finer, axis=2)
    return np.concatenate([grey, line, colours], axis=2)
