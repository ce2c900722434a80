"""The tutorial network as dots: one for every unit, as bright as what it hands on."""

import json

import numpy as np
import pytest

from core.charts.lessons.network_map import BLOCKS, network_map, strongest

SIZES = (784, 100, 50, 10)


@pytest.fixture
def drawn():
    layers = [np.linspace(-1, 1, size) for size in SIZES]
    return network_map(layers, list("0123456789"), chosen=(3, 9), links=np.linspace(-1, 1, 50))


def test_the_map_has_a_dot_for_every_unit_and_none_lies_on_another(drawn):
    assert len(drawn["layers"]) == len(BLOCKS)
    places = []
    for layer, size in zip(drawn["layers"], SIZES, strict=True):
        x, y = layer["places"]["x"], layer["places"]["y"]
        assert len(x) == len(y) == len(layer["values"]) == size
        assert all(0 <= each <= 1 for each in x + y)
        places += zip(x, y, strict=True)
    assert len(set(places)) == sum(SIZES)


def test_brightness_is_per_cent_of_the_largest_and_nothing_below_zero_shines(drawn):
    for layer in drawn["layers"]:
        assert (layer["values"][0], layer["values"][-1]) == (0, 100)
    assert drawn["layers"][-1]["best"] == 9
    json.dumps(drawn)


def test_the_strongest_links_add_or_take():
    assert strongest(np.array([0.0, -3.0, 1.0, 0.5]), 2) == [(1, "takes"), (2, "adds")]
    assert strongest(np.zeros(4)) == []
