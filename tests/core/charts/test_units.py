"""Units as tiles: their colours, their places, and those that are switched off."""

from __future__ import annotations

import numpy as np

from core.charts.mosaics import tinted
from core.charts.units import (
    CROSS,
    DARK,
    GLOW,
    GLOWS,
    WHITE,
    beside_maps,
    change_tile,
    cross,
    glowing,
    unit_tiles,
)


def test_units_glow_by_their_size_and_those_off_are_crossed_out():
    tiles = unit_tiles(np.array([0.0, 2.0, -2.0, 1.0]), [3], 2.0)
    middle = tiles.shape[1] // 2
    assert tiles[0, 2, middle].tolist() == list(DARK)
    assert tiles[1, 2, middle].tolist() == tiles[2, 2, middle].tolist() == list(WHITE)
    assert (tiles[3][cross(tiles.shape[1])] == CROSS).all()
    assert tiles[3, 2, middle].tolist() not in (CROSS.tolist(), list(DARK))
    maps = unit_tiles(np.arange(18.0).reshape(2, 3, 3), [], 17.0)
    assert maps[1, -1, -1].tolist() == list(WHITE)
    assert maps.shape[1] == maps.shape[2] >= 24


def test_the_glow_goes_over_green_to_white():
    levels = np.linspace(0, 1, 17)
    colours = glowing(levels).astype(int)
    assert (np.diff(colours.sum(axis=1)) >= 0).all()
    near = glowing(np.array([GLOWS]))[0].astype(int)
    assert abs(near - GLOW).max() < 20


def test_a_change_is_grey_where_there_is_none_white_where_brighter_black_where_darker():
    assert change_tile(np.array([[0.0, 0.2], [-0.2, 0.1]])).tolist() == [[0.5, 1.0], [0.0, 0.75]]
    assert (change_tile(np.zeros((2, 2))) == 0.5).all()


def test_tiles_keep_their_places():
    values = np.random.default_rng(0).normal(size=(5, 3, 4))
    alone = [tinted(each[None], 2.0)[0] for each in values]
    np.testing.assert_array_equal(tinted(values, 2.0), alone)
    images = np.full((2, 28, 28), 7, dtype=np.uint8)
    pairs = beside_maps(images, np.ones((2, 14, 14)))
    assert pairs.shape == (2, 28, 57, 3)
    assert (pairs[:, :, :28] == 7).all()
    assert (pairs[:, :, 29:] == WHITE).all()
