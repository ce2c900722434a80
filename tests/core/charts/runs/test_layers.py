"""The small picture of a network: a bar for each layer, squares for filters."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from core.charts.runs.layers import HEIGHT, layers_svg


def heights(drawn: str) -> list[float]:
    return [float(each) for each in re.findall(r'height="([\d.]+)" rx', drawn)]


def test_a_larger_layer_is_a_higher_bar_and_none_is_higher_than_the_picture():
    drawn = layers_svg((784, 5_000, 100, 10))
    first, wide, middle, last = heights(drawn)
    assert wide == HEIGHT > first > middle > last > 0
    assert ElementTree.fromstring(drawn).attrib["viewBox"] == f"0 0 32 {HEIGHT}"


def test_filters_are_squares_between_the_pixels_and_the_layers():
    drawn = layers_svg((784, 10), filters=(8, 16))
    assert drawn.count('class="filter"') == 6
    places = [int(each) for each in re.findall(r'<rect (?:class="filter" )?x="(\d+)"', drawn)]
    assert sorted(set(places)) == [0, 8, 16, 24]
    assert len(heights(drawn)) == 2
