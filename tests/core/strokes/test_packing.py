"""A drawing survives being kept in a browser, and nonsense that stands there does not."""

from __future__ import annotations

import json

import numpy as np
import pytest

from core.drawing import prepare
from core.strokes.packing import packed_drawing, unpacked_drawing
from core.strokes.paths import drawing_of
from tests.drawn import DIGITS, HOOK


@pytest.mark.parametrize("name", [*DIGITS, "hook"])
def test_what_comes_back_is_the_same_digit_in_few_letters(name):
    drawing = (
        {"objects": [HOOK | {"strokeWidth": 18}]}
        if name == "hook"
        else drawing_of(DIGITS[name], 280)
    )
    kept = json.dumps(packed_drawing(drawing))
    assert len(kept) < len(json.dumps(drawing)) / 2
    back = prepare(unpacked_drawing(json.loads(kept))).image
    assert np.abs(back - prepare(drawing).image).mean() < 0.02


def test_nothing_and_what_is_no_drawing_are_not_kept():
    for drawing in ({"objects": []}, {}, {"objects": [{"path": "no"}]}, {"objects": 3}):
        assert packed_drawing(drawing) == []


@pytest.mark.parametrize(
    "stroke", [[], [18], [18, 1], [18, 1, 2, 3], [0, 1, 2], [18, True, 2], [18, 1e9, 2], "x", None]
)
def test_nonsense_is_left_out(stroke):
    good = packed_drawing(drawing_of([[(0, 0), (5, 9)]], 280))
    assert len(unpacked_drawing([stroke, *good])["objects"]) == 1
    assert unpacked_drawing(stroke) == {"objects": []}
