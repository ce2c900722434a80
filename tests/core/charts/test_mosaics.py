"""Tiles lie where they should, and colours mean what they say."""

import numpy as np
import pytest

from core.charts.mosaics import (
    LIGHT_COLD,
    LIGHT_WARM,
    TILE,
    above_each_other,
    change_mosaics,
    digits_mosaic,
    weights_mosaic,
)


@pytest.mark.parametrize(("count", "columns", "shape"), [(5, 3, (17, 25)), (2, 9, (9, 17))])
def test_digits_lie_in_rows(count, columns, shape):
    images = np.arange(count)[:, None, None] / 10 * np.ones((1, 7, 7))
    sheet = digits_mosaic(images, columns)
    assert sheet.shape == shape
    for index in range(count):
        row, column = divmod(index, min(columns, count))
        tile = sheet[row * 8 + 1 : row * 8 + 8, column * 8 + 1 : column * 8 + 8]
        assert (tile == round(index / 10 * 255)).all()


def test_two_images_lie_one_above_the_other_with_a_line_between():
    above, below = np.random.default_rng(0).random((2, 3, 28, 28))
    pairs = above_each_other(above, below)
    assert pairs.shape == (3, 57, 28)
    assert (pairs[:, :28] == above).all() and (pairs[:, 29:] == below).all()
    assert (pairs[:, 28] == 0.5).all()


def test_weights_are_dark_at_zero_and_coloured_by_their_sign():
    sheet = weights_mosaic(np.array([[[0.0, 2.0], [-2.0, 1.0]]]), 1)
    assert sheet[1, 1].tolist() == [TILE] * 3
    assert sheet[1, 2].tolist() == LIGHT_WARM.tolist()
    assert sheet[2, 1].tolist() == LIGHT_COLD.tolist()
    assert sheet[2, 2].tolist() == ((TILE + LIGHT_WARM) / 2).round().astype(int).tolist()


def test_all_tiles_share_one_scale():
    small, large = np.full((1, 2, 2), 0.06), np.full((1, 2, 2), 1.0)
    together = weights_mosaic(np.concatenate([small, large]), 2)
    assert (together[1, 1] < TILE + 25).all()
    assert together[1, 4].tolist() == LIGHT_WARM.tolist()
    assert (weights_mosaic(np.zeros((1, 2, 2)), 1)[1, 1] == TILE).all()


def test_a_step_is_shown_at_one_scale_and_its_change_as_strong_as_it_can_be():
    before = np.array([[[4.0, -2.0]]])
    after = np.array([[[4.0, -1.5]]])
    (first, then, change), stronger = change_mosaics(before, after, 1)
    assert (first == weights_mosaic(before, 1, 4.0)).all()
    assert (then == weights_mosaic(after, 1, 4.0)).all()
    assert change[1, 1].tolist() == [TILE] * 3
    assert change[1, 2].tolist() == LIGHT_WARM.tolist()
    assert stronger == 8.0
    (_, _, unchanged), stronger = change_mosaics(before, before, 1)
    assert stronger is None
    assert (unchanged[1, 1:3] == TILE).all()
