"""Strokes become a canvas drawing in the middle, as large as fits; a drawing becomes larger."""

from __future__ import annotations

import numpy as np
import pytest

from core.demonstration.recording import load
from core.drawing import DrawingError, prepare
from core.strokes.canvas import read_strokes
from core.strokes.paths import INK, drawing_of, scaled
from tests.replay import canvas_json

STROKES = [np.array([[0.0, 0.0], [4.0, 1.0], [3.0, 7.0]]), np.array([[1.0, 3.0], [5.0, 3.0]])]

PLAIN = {"objects": [{"path": [["M", 50, 70], ["Q", 48, 220, 110, 70]], "strokeWidth": 18}]}


@pytest.mark.parametrize("number", range(10))
def test_a_recorded_digit_is_put_in_the_middle_and_looks_as_it_was_read(number):
    recorded = load().digits[number]
    drawing = drawing_of(recorded.strokes, 280)
    commands = [command for each in drawing["objects"] for command in each["path"]]
    points = np.array([command[1:] for command in commands])
    assert np.ptp(points, axis=0).max() == pytest.approx(196)
    np.testing.assert_allclose((points.min(0) + points.max(0)) / 2, 140, atol=1e-6)
    levels = recorded.reading.levels[0][0] / 255
    np.testing.assert_allclose(prepare(drawing).image, levels, atol=0.02)


def test_a_stroke_of_one_point_is_a_dot():
    drawing = drawing_of([[(0, 0), (0, 10)], [(5, 5)]], 280)
    assert [len(each["path"]) for each in drawing["objects"]] == [2, 2]


@pytest.mark.parametrize("drawing", [canvas_json(STROKES), PLAIN], ids=["Fabric", "plain"])
def test_a_drawing_on_a_larger_box_has_the_same_strokes_at_that_size(drawing):
    larger = scaled(drawing, 2.5)
    before, after = read_strokes(drawing), read_strokes(larger)
    assert after.points.max() > 1.2 * 280
    again = read_strokes(scaled(larger, 1 / 2.5))
    np.testing.assert_allclose(again.points, before.points, atol=1e-6)
    np.testing.assert_allclose(after.brush_widths.mean(), 2.5 * before.brush_widths.mean())
    assert {each["stroke"] for each in larger["objects"]} == {INK}


NO_DRAWINGS = [{}, {"objects": "a line"}, {"objects": [3, {"path": 7}, {"path": [["M", None], 3]}]}]


@pytest.mark.parametrize("nonsense", NO_DRAWINGS)
def test_what_is_no_drawing_stays_what_it_is(nonsense):
    assert list(scaled(nonsense, 2)) == list(nonsense)
    for stroke in scaled(nonsense, 2).get("objects", []):
        if isinstance(stroke, dict):
            assert {key: stroke[key] for key in stroke if key != "stroke"} in nonsense["objects"]


def test_a_number_beyond_all_measure_stays_for_the_reader_to_refuse():
    huge = scaled({"objects": [{"path": [["M", 10**400, 3], ["L", 5, 5]]}]}, 0.5)
    with pytest.raises(DrawingError, match="infinite"):
        read_strokes(huge)
