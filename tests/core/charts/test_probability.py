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


def test_the_likely_digits_are_named_where_their_lines_end():
    shares = np.array([[0.5, 0.02, 0.28, 0.2, 0, 0, 0, 0, 0, 0]])
    chart = probability_chart([430], shares, total_iterations=1_290)
    labels = [label for label in chart["layout"]["annotations"] if label.get("x") == 430]
    assert [label["text"] for label in labels] == ["<b>0</b>", "<b>2</b>"]  # 3 would cover the 2
    assert chart["alt"] == (
        "After iteration 430 the network takes this drawing for a 0 with 50 %, for a 2 with 28 %."
    )


def test_a_digit_that_was_likely_is_named_where_its_line_was_highest():
    shares = np.zeros((3, 10))
    shares[:, 8], shares[:, 3] = (0.1, 0.9, 0.01), (0.9, 0.1, 0.99)
    chart = probability_chart([10, 400, 800], shares, total_iterations=800)
    named = {each["text"]: (each["x"], each["y"]) for each in chart["layout"]["annotations"][1:]}
    assert named == {"<b>3</b>": (800, 99.0), "<b>8</b>": (400, 90.0)}
    assert not chart["layout"]["showlegend"]
