"""The picture of an attribution: one scale about zero, and the outline of the ink."""

from __future__ import annotations

import numpy as np
import pytest

from core.charts.attribution import attribution_chart, outline
from core.explain.attribution import Attribution


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
