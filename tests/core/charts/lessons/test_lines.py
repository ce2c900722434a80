"""Curves that stand still: what they show, and where their axes end."""

import numpy as np
from plotly.graph_objects import Figure

from core.charts.lessons.lines import curve_with_point, curves, smoothed_losses


def test_several_lines_are_valid_plotly_and_cut_at_the_top():
    figure = Figure(curves({"a": ([1, 2], [3, 4])}, ("x", "y"), top=3))
    assert figure.layout.yaxis.range == (0, 3)


def test_the_axes_of_a_curve_end_where_they_are_told():
    line = ([0, 1, 2], [1, 3, 2])
    free = Figure(curve_with_point(line, (1, 3), ("x", "y")))
    assert free.layout.xaxis.range is free.layout.yaxis.range is None
    held = Figure(curve_with_point(line, (1, 3), ("x", "y"), tangent=line, reach=(-1, 3), top=9))
    assert (held.layout.xaxis.range, held.layout.yaxis.range) == ((-1, 3), (0, 9))
    assert list(held.data[-1].x) == [1]


def test_losses_are_shown_as_the_mean_of_the_last_batches():
    losses = np.random.default_rng(0).random(30)
    chart = smoothed_losses({"one": losses.tolist(), "two": [1.0, 2.0]}, 10, top=3)
    one, two = chart["data"]
    assert (one["name"], one["x"]) == ("one", list(range(1, 31)))
    np.testing.assert_allclose(one["y"][-1], losses[-10:].mean(), rtol=1e-6)
    assert two["y"] == [1.0, 1.5]
    assert chart["layout"]["yaxis"]["title"]["text"] == "Loss (mean of the last 10)"
    Figure(chart)
