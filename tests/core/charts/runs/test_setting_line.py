"""Scores over the values of a setting."""

from __future__ import annotations

import pytest
from plotly.graph_objects import Figure

from core.charts.runs.setting_line import setting_line
from core.evaluation import Graded


class Score(Graded):
    def __init__(self, correct: int) -> None:
        self.correct, self.images = correct, 1_000


def test_values_keep_their_order_and_those_without_a_score_their_place():
    scores = {"0.1": None, "0.01": Score(950), "0.001": Score(900), "0.0001": None}
    chart = setting_line("Learning rate", scores, {"0.1"})
    figure = Figure(data=chart["data"], layout=chart["layout"])
    assert figure.layout.xaxis.categoryarray == ("0.1", "0.01", "0.001", "0.0001")
    (line,) = figure.data
    assert (line.x, line.y) == (("0.01", "0.001"), (95.0, 90.0))
    assert line.error_y.array[0] == pytest.approx(100 * (Score(950).interval[1] - 0.95))
    (said,) = figure.layout.annotations
    assert (said.x, said.text) == ("0.1", "did not<br>learn")
    assert "0.01: 95.0 %" in chart["alt"]


def test_before_the_first_score_there_is_an_empty_chart():
    chart = setting_line("Epochs", {"1": None, "2": None}, set())
    assert Figure(data=chart["data"], layout=chart["layout"]).layout.xaxis.range == (-0.5, 1.5)
