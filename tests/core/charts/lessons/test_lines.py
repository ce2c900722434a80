"""Curves that stand still: what they show, where their axes end, and their names."""

import numpy as np
import pytest
from plotly.graph_objects import Figure

from core.charts.lessons.lines import POINTS, curves, noisy_curve, smoothed_losses
from core.charts.parts import LOSS


def test_several_lines_are_valid_plotly_and_cut_at_the_top():
    figure = Figure(curves({"a": ([1, 2], [3, 4])}, ("x", "y"), top=3))
    assert figure.layout.yaxis.range == (0, 3)
    (name,) = figure.layout.annotations
    assert (name.text, name.x, name.y) == ("<b>a</b>", 2, 3)


def test_losses_are_shown_as_the_mean_of_the_last_batches():
    losses = np.random.default_rng(0).random(30)
    chart = smoothed_losses({"one": losses.tolist(), "two": [1.0, 2.0]}, 10, top=3)
    one, two = chart["data"]
    assert (one["name"], one["x"]) == ("one", list(range(1, 31)))
    np.testing.assert_allclose(one["y"][-1], losses[-10:].mean(), rtol=1e-6)
    assert two["y"] == [1.0, 1.5]
    said = f"{LOSS} (mean of the last 10)"
    assert chart["layout"]["title"]["text"] == said
    Figure(chart)


def test_a_noisy_curve_names_its_mean_only():
    chart = noisy_curve([3.0, 1.0, 2.0], 2, ("x", "y"))
    values, means = chart["data"]
    assert (values["y"], means["y"]) == ([3, 1, 2], [3, 2, 1.5])
    assert [each["text"] for each in chart["layout"]["annotations"]] == ["<b>mean of 2</b>"]
    Figure(chart)


def test_a_long_run_is_thinned_and_what_is_no_number_is_left_out():
    losses = np.linspace(2.0, 1.0, 100_000)
    losses[-3:] = np.nan
    chart = smoothed_losses({"long": losses, "broken": np.array([2.0, np.nan])}, 1)
    long, broken = chart["data"]
    assert len(long["x"]) == len(long["y"]) <= POINTS
    assert np.isfinite(long["y"]).all()
    assert (broken["x"], broken["y"]) == ([1], [2.0])


def test_names_of_two_rows_are_kept_further_apart():
    def gap(*names: str) -> float:
        chart = curves({name: ([1, 2], [1.0, 1.0]) for name in names}, ("x", "y"), top=10)
        low, high = sorted(each["y"] for each in chart["layout"]["annotations"])
        return high - low

    assert gap("a<br>b", "c") == pytest.approx(2 * gap("a", "c"))
