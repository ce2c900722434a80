"""Bands of repeated settings are valid Plotly, small, and show no more than was measured."""

from __future__ import annotations

import json

import numpy as np
from plotly.graph_objects import Figure

from core.charts.runs.bands import band_chart


def test_two_bands_lie_between_the_lowest_and_the_highest():
    low, mean, high = (np.array([1.0, 0.5]) + each for each in (0, 0.1, 0.2))
    chart = band_chart({"one": (low, mean, high), "two": (low, mean, high)}, 20)
    figure = Figure(data=chart["data"], layout=chart["layout"])
    assert [each.uid for each in figure.data][:3] == ["low-0", "high-0", "mean-0"]
    assert figure.data[0].y == (1.0, 0.5)
    assert figure.data[1].fill == "tonexty"
    assert figure.data[2].line.color != figure.data[5].line.color
    assert [each.text for each in figure.layout.annotations] == ["<b>one</b>", "<b>two</b>"]
    assert figure.layout.yaxis.range == (0, 1.2)


def test_a_long_band_stays_small_and_keeps_its_ends():
    values = np.linspace(2.0, 0.1, 100_000)
    chart = band_chart({"long": (values, values, values)}, 20)
    assert len(json.dumps(chart)) < 20_000
    assert chart["data"][2]["x"][0] == 1
    assert chart["data"][2]["x"][-1] == 100_000
