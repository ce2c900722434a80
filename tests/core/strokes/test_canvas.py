"""The canvas's JSON becomes strokes where the canvas shows them, or is refused in plain words."""

import copy
import math
from itertools import pairwise

import numpy as np
import pytest

from core.drawing import DrawingError, EmptyDrawing, prepare
from core.strokes.canvas import read_strokes
from core.strokes.ink import render
from tests import replay
from tests.drawn import FIVE, HOOK, SEVEN, as_batch, assert_same, image, path_drawing


def test_curves_are_drawn_as_curves():
    """A quarter circle as one cubic and a parabola as one quadratic, against their formulas."""
    k = 0.5523
    cubic = [["M", 0, 100], ["C", 100 * k, 100, 100, 100 * k, 100, 0]]
    quarter = np.linspace(0, np.pi / 2, 50)
    circle = 100 * np.stack([np.sin(quarter), np.cos(quarter)], 1)
    assert_same(prepare(path_drawing(cubic)).image, render(*as_batch([circle]))[0].numpy())
    t = np.linspace(0, 1, 50)[:, None]
    parabola = 2 * t * (1 - t) * [50, 100] + t**2 * [100, 0]
    quadratic = [["M", 0, 0], ["Q", 50, 100, 100, 0]]
    assert_same(prepare(path_drawing(quadratic)).image, render(*as_batch([parabola]))[0].numpy())


def test_closed_paths_and_paths_of_two_strokes():
    square = np.array([(0, 0), (0, 100), (100, 100), (100, 0), (0, 0)], dtype=float)
    closed = [["M", 0, 0], ["L", 0, 100], ["L", 100, 100], ["L", 100, 0], ["Z"]]
    assert_same(prepare(path_drawing(closed)).image, render(*as_batch([square]))[0].numpy())
    bars = [["M", 0, 0], ["L", 0, 100], ["M", 50, 0], ["L", 50, 100]]
    two = [square[:2], square[:2] + np.array([50, 0])]
    assert_same(prepare(path_drawing(bars)).image, render(*as_batch(two))[0].numpy())


EDITS = {
    "moved": {"left": 30.0, "top": 222.0},
    "scaled": {"scaleX": 1.7, "scaleY": 0.6},
    "turned": {"angle": 33.0},
    "flipped": {"flipX": True, "angle": -70.0},
    "upside down": {"flipY": True, "scaleY": 2.0},
    "skewed": {"skewX": 16.598, "scaleX": 0.6676, "scaleY": 0.627, "angle": 55.1304},
    "skewed both ways": {"skewX": 20.0, "skewY": -10.0},
    "by its corner": {"originX": "left", "originY": "top", "left": 20.0, "top": 30.0},
    "turned by its corner": {
        "originX": "right",
        "originY": "bottom",
        "left": 200.0,
        "top": 250.0,
        "angle": 25.0,
        "scaleX": 0.5,
    },
}


def edited_points(stroke: np.ndarray, item: dict) -> np.ndarray:
    """Where the object's points lie, by Fabric's chain of 3 × 3 matrices written out in full."""
    low, high = replay.fabric_box(item["path"])
    centre, size = (low + high) / 2, high - low + item["strokeWidth"]
    tan_x, tan_y = (math.tan(math.radians(item[key])) for key in ("skewX", "skewY"))
    cos, sin = math.cos(math.radians(item["angle"])), math.sin(math.radians(item["angle"]))
    mirror = [-1 if item["flipX"] else 1, -1 if item["flipY"] else 1]
    turn = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
    scale = np.diag([item["scaleX"] * mirror[0], item["scaleY"] * mirror[1], 1])
    skew_x = np.array([[1, tan_x, 0], [0, 1, 0], [0, 0, 1]])
    skew_y = np.array([[1, 0, 0], [tan_y, 1, 0], [0, 0, 1]])
    shape = scale @ skew_x @ skew_y
    share = {"left": 0, "top": 0, "center": 0.5, "right": 1, "bottom": 1}
    box = np.ptp([shape[:2, :2] @ (size * [i, j]) for i in (0, 1) for j in (0, 1)], axis=0)
    to_centre = box * [0.5 - share[item["originX"]], 0.5 - share[item["originY"]]]
    to_centre = turn[:2, :2] @ to_centre
    place = np.eye(3)
    place[:2, 2] = np.array([item["left"], item["top"]]) + to_centre
    back = np.eye(3)
    back[:2, 2] = -centre
    matrix = place @ turn @ shape @ back
    return stroke @ matrix[:2, :2].T + matrix[:2, 2]


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edited_object_is_read_where_the_canvas_shows_it(edit):
    drawn = replay.canvas_json(SEVEN, brush=14)
    plain = read_strokes(drawn)
    item = drawn["objects"][1]
    item.update(edit)
    body, moved = np.split(plain.points, np.flatnonzero(plain.begins)[1:])
    moved = edited_points(moved, item)
    seen = read_strokes(drawn)
    corners = np.r_[np.flatnonzero(seen.begins), np.flatnonzero(seen.begins)[1] - 1, -1]
    wanted = np.array([body[0], moved[0], body[-1], moved[-1]])
    assert_same(seen.points[corners], wanted, within=0.01)
    assert_same(prepare(drawn).image, render(*as_batch([body, moved]))[0].numpy())


def test_moving_scaling_and_turning_all_objects_equals_drawing_it_so():
    """A turn about the canvas, by the objects' own properties, against turned points."""
    angle, cos, sin = 40.0, math.cos(math.radians(40)), math.sin(math.radians(40))
    turn = np.array([[cos, -sin], [sin, cos]])
    turned = copy.deepcopy(replay.canvas_json(FIVE))
    for item in turned["objects"]:
        item["left"], item["top"] = (0.6 * turn @ [item["left"], item["top"]] + 70).tolist()
        item["angle"], item["scaleX"], item["scaleY"] = angle, 0.6, 0.6
    assert_same(prepare(turned).image, image([stroke @ turn.T for stroke in FIVE]), within=0.15)


def test_an_object_that_nobody_edited_needs_no_shift():
    seen = read_strokes({"objects": [{"type": "Path", "strokeWidth": 20, **HOOK}]})
    assert_same(seen.points[0], np.array([59.98, 200.02]), within=1e-3)
    assert_same(seen.points[-1], np.array([210.02, 240.02]), within=1e-3)


def test_a_digit_of_100_000_points_is_read():
    wobble = np.random.default_rng(0).normal(0, 0.3, (100_000, 2))
    t = np.linspace(0, 1, 100_000)[:, None]
    stroke = np.concatenate([40 + 200 * t, 250 - 200 * t], 1) + wobble
    path = [["M", *stroke[0].tolist()], *(["L", *point] for point in stroke[1:].tolist())]
    straight = [["M", 40, 250], ["L", 240, 50]]
    assert_same(prepare(path_drawing(path)).image, prepare(path_drawing(straight)).image, 0.2)
    scribble = np.random.default_rng(0).uniform(0, 280, (100_000, 2)).tolist()
    path = [["M", 0, 0], *(["Q", *a, *b] for a, b in pairwise(scribble))]
    assert prepare(path_drawing(path)).image.mean() > 0.4


def broken(**change) -> dict:
    """A good drawing with something wrong in its one stroke."""
    return path_drawing([["M", 10, 10], ["L", 100, 200]], **change)


def with_path(path) -> dict:
    return {"objects": [{"type": "Path", "path": path}]}


DEEP: list = []
for _ in range(100_000):
    DEEP = [DEEP]

BAD = {
    "one path of many strokes": (
        path_drawing([["M", 0, 0], ["L", 9, 9]] * 2_001),
        "2,001 strokes",
    ),
    "list": ([], "should be a JSON object, not a list"),
    "text": ("{}", "should be a JSON object, not a text"),
    "no objects": ({"version": "7.4.0"}, 'no list of "objects"'),
    "objects is a number": ({"objects": 3}, '"objects" should be a list, not a number'),
    "stroke is nothing": ({"objects": [None]}, "a stroke should be a JSON object, not nothing"),
    "other object": ({"objects": [{"type": "Circle"}]}, "“Circle”.*only pen strokes"),
    "type is a number": ({"objects": [{"type": 5}]}, "a number.*only pen strokes"),
    "group": ({"objects": [{"type": "Group", "objects": []}]}, "“Group”"),
    "no path": ({"objects": [{"type": "Path"}]}, 'no "path"'),
    "empty path": (with_path([]), 'no "path"'),
    "path is a text": (with_path("M 0 0 L 1 1"), 'no "path"'),
    "command is a text": (with_path(["M", 0, 0]), "not a list"),
    "empty command": (with_path([["M", 0, 0], []]), "is empty"),
    "unknown command": (with_path([["M", 0, 0], ["A", 1, 1, 0, 0, 0, 5, 5]]), "unknown.*“A”"),
    "command without letter": (with_path([[1, 2, 3]]), "unknown path command a number"),
    "list for a letter": (with_path([[[], 2, 3]]), "does not begin with a letter"),
    "deep": (with_path(DEEP), "path command"),
    "deep number": (with_path([["M", DEEP, 1]]), "a list stands where a number should be"),
    "too few numbers": (with_path([["M", 0]]), "M should have 2 numbers, not 1"),
    "line first": (with_path([["L", 0, 0], ["L", 9, 9]]), "does not begin with M"),
    "text for a number": (with_path([["M", "1", 2]]), "a text stands where a number should be"),
    "true for a number": (with_path([["M", True, 2]]), "true or false stands where a number"),
    "NaN": (with_path([["M", math.nan, 2]]), "infinite or not a number"),
    "infinite": (broken(left=math.inf), "infinite or not a number"),
    "huge": (with_path([["M", 1e7, 2]]), "beyond 1,000,000"),
    "huge whole number": (with_path([["M", 10**400, 2]]), "infinite or not a number"),
    "angle is a text": (broken(angle="90"), "a text stands where a number should be"),
    "origin": (broken(originX="middle"), "originX should be one of.*“middle”"),
    "origin is a list": (broken(originY=[1]), "originY should be one of.*a list"),
    "many strokes": ({"objects": [{}] * 2_001}, "2,001 strokes"),
    "many points": (with_path([["M", 0, 0], *[["L", 1, 1]] * 500_000]), "500,001 points"),
}


@pytest.mark.parametrize(("bad", "why"), BAD.values(), ids=BAD)
def test_a_drawing_that_is_not_what_it_should_be_is_refused_in_plain_words(bad, why):
    with pytest.raises(DrawingError, match=why) as problem:
        prepare(bad)
    message = str(problem.value)
    assert message.startswith("The drawing cannot be read: ")
    assert message.endswith("Press Clear and draw again.")
    assert not isinstance(problem.value, EmptyDrawing)


@pytest.mark.parametrize("nothing", [None, {}, {"objects": []}, {"objects": [], "background": ""}])
def test_an_empty_canvas_is_said_to_be_empty(nothing):
    with pytest.raises(EmptyDrawing, match="Nothing is drawn yet"):
        prepare(nothing)
