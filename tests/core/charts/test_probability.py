"""The live chart of one drawing, against the shares it shows and Plotly's own schema."""

from __future__ import annotations

import json

import numpy as np
import plotly.graph_objects as go
import pytest

from core.charts.probability import probability_chart
from tests.chart_series import LARGEST_MESSAGE


@pytest.mark.parametrize("count", [0, 1, 60, 5_000])
def test_the_probability_chart_is_small_and_plotly_takes_it(count):
    shares = np.random.default_rng(0).dirichlet(np.ones(10), count)
    at = np.arange(count) * 1_000 + 1
    chart = probability_chart(at, shares, total_iterations=5_000_000)
    assert len(json.dumps(chart, allow_nan=False).encode()) <= LARGEST_MESSAGE
    go.Figure(chart["data"], chart["layout"])
    lines = [line for line in chart["data"] if line["uid"].startswith("digit")]
    assert [line["name"] for line in lines] == list("0123456789")
    if count == 60:
        np.testing.assert_allclose([line["y"] for line in lines], 100 * shares.T, atol=0.051)


def test_the_answer_and_the_runner_up_are_strong_and_named_where_their_lines_end():
    shares = np.array([[0.5, 0.02, 0.28, 0.2, 0, 0, 0, 0, 0, 0]])
    chart = probability_chart([430], shares, total_iterations=1_290)
    assert named(chart) == {"0: 50 %": (430, 50.0), "2: 28 %": (430, 28.0)}
    assert chart["alt"] == (
        "After iteration 430 the network takes this drawing for a 0 with 50 %, for a 2 with 28 %."
    )


def test_a_digit_that_ever_led_stays_strong_and_all_others_are_thin_and_grey():
    shares = np.full((3, 10), 0.001)
    shares[:, 8], shares[:, 3], shares[:, 5] = (0.1, 0.9, 0.01), (0.9, 0.1, 0.9), (0.0, 0.0, 0.09)
    chart = probability_chart([10, 400, 800], shares, total_iterations=800)
    assert named(chart) == {"3: 90 %": (800, 90.0), "5: 9 %": (800, 9.0), "8: 1 %": (800, 1.0)}
    thin = [line for line in chart["data"] if line.get("zorder") == 0]
    assert [line["name"] for line in thin] == list("0124679")
    assert {tuple(line["line"].items()) for line in thin} == {(("color", "#808080"), ("width", 1))}
    assert not chart["layout"]["showlegend"]


def named(chart: dict) -> dict[str, tuple[int, float]]:
    """Where the names of lines stand; each has the colour of its line."""
    colours = {f"<b>{line['name']}": line["line"] for line in chart["data"] if "name" in line}
    notes = [each for each in chart["layout"]["annotations"] if each["text"][:4] in colours]
    assert all(each["font"]["color"] == colours[each["text"][:4]]["color"] for each in notes)
    return {each["text"][3:-4]: (each["x"], each["y"]) for each in notes}
