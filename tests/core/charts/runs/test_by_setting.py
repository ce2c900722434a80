"""Runs by one of their settings: columns in order, nobody hidden, scores with their intervals."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from core.charts.runs.by_setting import Dot, setting_chart

DOTS = [
    Dot("500", "MNIST", "Quiet Otter", 90.0, 85.0, 92.0),
    Dot("500", "Built-in handwriting", "Wild Owl", 91.0, 90.0, 93.0),
    Dot("all", "MNIST", "Red Fox", 97.0, 96.5, 97.5),
]
CHART = setting_chart(DOTS, ("Training images", "Right"), " %")


def test_every_value_has_a_column_and_no_run_stands_on_another():
    axis = CHART["layout"]["xaxis"]
    assert axis["ticktext"] == ["500", "all"]
    first, second = CHART["data"]
    assert first["x"][0] != second["x"][0]
    assert {round(each) for each in (first["x"][0], second["x"][0])} == {0}
    assert first["x"][1] == 1


def test_each_kind_has_its_look_and_each_score_its_interval():
    first, second = CHART["data"]
    assert (first["name"], second["name"]) == ("MNIST", "Built-in<br>handwriting")
    assert first["marker"]["symbol"] != second["marker"]["symbol"]
    assert first["error_y"]["array"] == [2.0, 0.5]
    assert first["error_y"]["arrayminus"] == [5.0, pytest.approx(0.5)]


def test_each_of_several_kinds_has_its_name_in_its_colour_beside_its_last_dot():
    mnist, built_in = CHART["layout"]["annotations"]
    assert (mnist["text"], built_in["text"]) == ("<b>MNIST</b>", "<b>Built-in<br>handwriting</b>")
    assert (mnist["y"], built_in["y"]) == (97.0, 91.0)
    assert [each["font"]["color"] for each in (mnist, built_in)] == [
        dots["marker"]["color"] for dots in CHART["data"]
    ]
    assert "annotations" not in setting_chart(DOTS[:1], ("a", "b"))["layout"]


def test_two_names_never_stand_on_one_another_and_are_within_the_chart():
    level = [replace(dot, score=90.0) for dot in DOTS[:2]]
    layout = setting_chart(level, ("Training images", "Right"), " %")["layout"]
    one, other = sorted(each["y"] for each in layout["annotations"])
    low, high = layout["yaxis"]["range"]
    assert other - one > 0.1 * (high - low)
    assert low < one < other < high


def test_the_words_say_from_where_to_where_a_column_reaches():
    assert "500: 90 to 91 %, 2 runs. all: 97 to 97 %, 1 runs." in CHART["alt"]
    json.dumps(CHART, allow_nan=False)


def test_columns_that_are_still_to_come_keep_their_place():
    chart = setting_chart(DOTS[2:], ("Training images", "Right"), columns=["100", "all", "500"])
    assert chart["layout"]["xaxis"]["ticktext"] == ["100", "all", "500"]
    assert chart["data"][0]["x"] == [1]
    assert setting_chart([], ("a", "b"), columns=["1"])["data"] == []
