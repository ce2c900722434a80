"""Strokes found in pictures: every line is followed, and what is drawn again looks the same."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import torch

from core.drawing import EmptyDrawing, prepare
from core.evaluation import probabilities
from core.pretrained import load
from core.strokes.canvas import read_strokes
from core.strokes.tracing import traced_drawing, trails

SHAPES = {
    "a line": {(x, 5) for x in range(9)},
    "a corner": {(x, 0) for x in range(6)} | {(0, y) for y in range(6)},
    "a cross": {(x, 4) for x in range(9)} | {(4, y) for y in range(9)},
    "a ring": {(0, 1), (0, 2), (1, 3), (2, 3), (3, 2), (3, 1), (2, 0), (1, 0)},
    "two lines": {(x, 0) for x in range(4)} | {(x, 7) for x in range(4)},
}


@pytest.mark.parametrize("name", SHAPES)
def test_all_places_are_visited_by_steps_to_neighbours_and_no_step_is_taken_twice(name):
    found = trails(SHAPES[name])
    assert {place for trail in found for place in trail} == SHAPES[name]
    steps = []
    for trail in found:
        for (x, y), (u, v) in pairwise(trail):
            assert max(abs(x - u), abs(y - v)) == 1
            steps.append(frozenset([(x, y), (u, v)]))
    assert len(steps) == len(set(steps))


@pytest.mark.parametrize(
    ("name", "strokes"), [("a line", 1), ("a corner", 1), ("a cross", 2), ("two lines", 2)]
)
def test_there_are_no_more_strokes_than_a_pen_would_need(name, strokes):
    assert len(trails(SHAPES[name])) == strokes


def test_digits_drawn_again_are_read_as_they_were_and_lie_in_the_canvas(generated):
    part = generated.test[:40]
    again = []
    for image in part.images:
        drawing = traced_drawing(image.numpy(), 280)
        points = read_strokes(drawing).points
        assert 0 < points.min() < points.max() < 280
        assert np.ptp(points, axis=0).max() == pytest.approx(196, abs=1)
        again.append(prepare(drawing).image)
    model = load("default").model
    answers = probabilities(model, np.array(again)).argmax(dim=1)
    plain = probabilities(model, part.images.float() / 255).argmax(dim=1)
    assert (answers == plain).float().mean() > 0.9  # about as before; the page says "may differ"


def test_an_empty_picture_has_no_strokes():
    with pytest.raises(EmptyDrawing):
        traced_drawing(torch.zeros(28, 28, dtype=torch.uint8).numpy(), 280)
