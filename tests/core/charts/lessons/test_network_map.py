"""The tutorial network as dots: each can be clicked."""

import numpy as np
from plotly.graph_objects import Figure

from core.charts.lessons.network_map import BLOCKS, network_map


def test_the_map_has_a_dot_to_click_for_every_unit():
    layers = [np.ones(size) for size in (784, 100, 50, 10)]
    chart = network_map(layers, ("a", "b", "c", "d"), (3, 9), np.linspace(-1, 1, 50))
    clickable = [tuple(p) for trace in chart["data"] for p in trace.get("customdata", [])]
    assert clickable == [
        (block, unit) for block in range(len(BLOCKS)) for unit in range(len(layers[block]))
    ]


def test_the_map_is_valid_plotly():
    layers = [np.ones(size) for size in (784, 100, 50, 10)]
    Figure(network_map(layers, ("a", "b", "c", "d"), (1, 5), np.ones(784)))
