"""Units as tiles: their colours, their places, and those that are switched off."""

from __future__ import annotations

import numpy as np

from core.charts.mosaics import COLD, WARM
from core.charts.units import beside_maps, coloured, cross, unit_tiles


def test_colours_are_on_one_scale_and_those_off_are_crossed_out():
    values = np.array([0.0, 2.0, -2.0, 1.0])
    tiles = unit_tiles(values, [3], 2.0)
    middle = tiles.shape[1] // 2
    assert tiles[0, 2, middle].tolist() == [255, 255, 255]
    assert tiles[1, 2, middle].tolist() == WARM.tolist()
    assert tiles[2, 2, middle].tolist() == COLD.tolist()
    inside = tiles[3, 1:-1, 1:-1]
    assert (inside[cross(len(inside))] == inside[0, 0]).all()
    assert inside[0, 0].max() < 64
    maps = unit_tiles(np.arange(18.0).reshape(2, 3, 3), [], 17.0)
    assert maps[1, -2, -2].tolist() == WARM.tolist()


def test_tiles_keep_their_places():
    values = np.random.default_rng(0).normal(size=(5, 3, 4))
    alone = [coloured(each[None], 2.0)[0] for each in values]
    np.testing.assert_array_equal(coloured(values, 2.0), alone)
    images = np.full((2, 28, 28), 7, dtype=np.uint8)
    pairs = beside_maps(images, np.ones((2, 14, 14)))
    assert pairs.shape == (2, 28, 57, 3)
    assert (pairs[:, :, :28] == 7).all()
    assert (pairs[:, :, 29:] == WARM).all()
