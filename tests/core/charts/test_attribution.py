"""The picture of an attribution: one scale about zero, and the outline of the ink."""

from __future__ import annotations

import numpy as np
import pytest

from core.charts.attribution import ZOOM, attribution_chart, outline, painted_digit, with_spots
from core.charts.mosaics import TILE
from core.explain.attribution import Attribution, Spot


def attribution(pixels: np.ndarray) -> Attribution:
    return Attribution(pixels.astype(np.float32), digit=2, rival=None, empty=0.0, full=1.0)


@pytest.mark.parametrize("seed", [0, 1])
def test_the_chart_has_one_scale_about_zero(seed):
    dice = np.random.default_rng(seed)
    found = attribution(dice.normal(size=(28, 28)))
    pixels = attribution_chart(found, dice.random((28, 28)))["data"][0]
    assert pixels["zmax"] == -pixels["zmin"] == np.abs(found.pixels).max()
    np.testing.assert_array_equal(np.array(pixels["z"], dtype=np.float32), found.pixels)


def test_an_empty_picture_has_a_scale_too():
    chart = attribution_chart(attribution(np.zeros((28, 28))), np.zeros((28, 28)))
    assert chart["data"][0]["zmax"] > 0


def test_the_outline_surrounds_each_pixel_group():
    inside = np.zeros((28, 28), dtype=bool)
    inside[3, 4:6] = True  # two pixels side by side: six edges
    line = outline(inside)
    points = {(x, y) for x, y in zip(line["x"], line["y"], strict=True) if x is not None}
    assert len(line["x"]) == 3 * 6
    assert points == {(x, y) for x in (3.5, 4.5, 5.5) for y in (2.5, 3.5)}
    assert len(outline(np.ones((28, 28), dtype=bool))["x"]) == 3 * 4 * 28  # also at the rim


def test_a_digit_is_painted_orange_for_and_blue_against_on_one_scale():
    image, pixels = np.zeros((28, 28)), np.zeros((28, 28))
    image[2:6, 2] = 1
    pixels[2:5, 2] = [2, -2, 0.5]
    pixels[2, 3] = 9  # beside the ink
    painted = painted_digit(image, pixels).astype(int)
    assert painted.shape == (28, 28, 3)
    assert (painted[2, 3] == TILE).all()
    ink = painted[5, 2]
    assert ink.min() == ink.max() > 3 * TILE  # ink that does nothing is grey
    warm, cold, half = painted[2, 2], painted[3, 2], painted[4, 2]
    assert warm[0] > 200 > warm[2]
    assert cold[2] > 200 > cold[0]
    np.testing.assert_allclose(half, (ink + warm) / 2, atol=1)
    assert (painted_digit(image, 0 * pixels)[2, 2] == ink).all()  # where all do nothing


@pytest.mark.parametrize(("row", "column"), [(0, 0), (9, 15), (25, 25)])
def test_a_white_square_goes_round_the_spot_and_hides_nothing_in_it(row, column):
    small = np.random.default_rng(0).integers(1, 250, (28, 28), dtype=np.uint8)
    spot = Spot(row, column, 3, 7, 0.6)
    large = with_spots(small, [spot])
    assert large.shape == (28 * ZOOM, 28 * ZOOM)
    inside = np.zeros((28 * ZOOM, 28 * ZOOM), dtype=bool)
    inside[row * ZOOM : (row + 3) * ZOOM, column * ZOOM : (column + 3) * ZOOM] = True
    plain = small.repeat(ZOOM, axis=0).repeat(ZOOM, axis=1)
    np.testing.assert_array_equal(large[inside], plain[inside])
    places = np.argwhere(large == 255)
    assert (places.min(axis=0) >= np.array([row, column]) * ZOOM - 3).all()
    assert (places.max(axis=0) < (np.array([row, column]) + 3) * ZOOM + 3).all()


def test_one_line_goes_round_spots_that_touch_and_hides_nothing_in_them():
    small = np.zeros((28, 28), dtype=np.uint8)
    large = with_spots(small, [Spot(9, 15, 3, 7, 0.6), Spot(9, 18, 3, 7, 0.6)])
    assert not large[9 * ZOOM : 12 * ZOOM, 15 * ZOOM : 21 * ZOOM].any()
    assert (large[9 * ZOOM - 1, 15 * ZOOM : 21 * ZOOM] == 255).all()
    np.testing.assert_array_equal(with_spots(small, []), np.zeros((28 * ZOOM, 28 * ZOOM)))


def test_the_chart_has_the_same_square():
    empty = np.zeros((28, 28))
    with_one = attribution_chart(attribution(empty), empty, [Spot(9, 15, 3, 7, 0.6)])
    without = attribution_chart(attribution(empty), empty)
    (square,) = with_one["layout"]["shapes"][len(without["layout"]["shapes"]) :]
    assert (square["x0"], square["x1"], square["y0"], square["y1"]) == (14.5, 17.5, 8.5, 11.5)
