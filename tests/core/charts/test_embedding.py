"""Where the digits of a map lie in its frame, and the sheet of their pictures."""

from __future__ import annotations

import numpy as np
import pytest

from core.charts.embedding import SHEET_COLUMNS, STEPS, framed, tile_sheet


def test_places_fill_the_frame_and_keep_their_shape():
    chance = np.random.default_rng(0)
    places = chance.normal(size=(200, 2)) * [30, 20] + 5
    shown, more, ratio = framed(places, places[:3])
    assert shown.min(axis=0).tolist() == [0, 0]
    assert shown.max(axis=0).tolist() == [STEPS, STEPS]
    assert np.array_equal(more, shown[:3])
    assert ratio == pytest.approx(np.ptp(places[:, 0]) / np.ptp(places[:, 1]))
    back = shown * [ratio, -1] / STEPS * np.ptp(places[:, 1])
    off = back - places
    np.testing.assert_allclose(off, np.broadcast_to(off.mean(axis=0), off.shape), atol=0.02)


def test_places_on_a_line_or_in_one_spot_are_drawn_too():
    line = np.stack([np.arange(9.0), np.zeros(9)], axis=1)
    shown, more, ratio = framed(line, np.array([[20.0, 0.0]]))
    assert ratio == 4
    assert shown[:, 0].tolist() == sorted(shown[:, 0].tolist())
    assert set(shown[:, 1].tolist()) == {STEPS // 2}
    assert more[0, 0] > STEPS
    spot, none, _ = framed(np.full((3, 2), 7.0), np.zeros((0, 2)))
    assert (spot == STEPS // 2).all()
    assert none.shape == (0, 2)


def test_the_sheet_has_each_image_where_the_browser_looks_for_it():
    images = np.random.default_rng(0).integers(0, 256, (123, 28, 28)).astype(np.uint8)
    sheet = tile_sheet(images)
    for number in (0, 1, 49, 50, 122):
        row, column = divmod(number, SHEET_COLUMNS)
        tile = sheet[28 * row : 28 * row + 28, 28 * column : 28 * column + 28]
        assert np.array_equal(tile, images[number])
