"""The map of digits as a chart, and the sheet of tiles that it shows when pointed at."""

from __future__ import annotations

import json

import numpy as np

from core.charts.embedding import SHEET_COLUMNS, map_chart, tile_sheet


def test_the_chart_has_every_image_once_and_a_ring_round_each_mistake():
    chance = np.random.default_rng(0)
    places = chance.normal(size=(200, 2)).astype(np.float32)
    labels, answers = chance.integers(0, 10, 200), chance.integers(0, 10, 200)
    chart = map_chart(places, labels, answers, np.array([0.5, -0.5]), ("a", "b"), "words")
    json.dumps(chart)
    shown = {}
    for trace in chart["data"]:
        for number, x, y in zip(trace.get("customdata", []), trace["x"], trace["y"], strict=False):
            shown[number] = (int(trace["text"]), x, y)
    assert sorted(shown) == list(range(200))
    for number, (digit, x, y) in shown.items():
        assert digit == labels[number]
        np.testing.assert_allclose((x, y), places[number], rtol=1e-3)
    (rings,) = [trace for trace in chart["data"] if trace["uid"] == "mistakes"]
    assert len(rings["x"]) == (labels != answers).sum()
    (star,) = chart["layout"]["annotations"]
    assert (star["x"], star["y"]) == (0.5, -0.5)
    without = map_chart(places, labels, answers, None, ("a", "b"), "words")
    assert without["layout"]["annotations"] == []


def test_the_sheet_has_each_image_where_the_browser_looks_for_it():
    images = np.random.default_rng(0).integers(0, 256, (123, 28, 28)).astype(np.uint8)
    sheet = tile_sheet(images)
    for number in (0, 1, 49, 50, 122):
        row, column = divmod(number, SHEET_COLUMNS)
        tile = sheet[28 * row : 28 * row + 28, 28 * column : 28 * column + 28]
        assert np.array_equal(tile, images[number])
