"""From a drawing to what the network sees, wherever, however large and with whatever brush."""

import numpy as np
import pytest
import torch

from core.datasets.pens import collection
from core.drawing import EmptyDrawing, prepare
from core.evaluation import probabilities
from core.pretrained import load
from tests import replay
from tests.drawn import (
    DIGITS,
    FIVE,
    ONE,
    SEVEN,
    ZERO,
    assert_same,
    box_of,
    centre_of_mass,
    curve,
    dot,
    image,
)


@pytest.mark.parametrize("strokes", DIGITS.values(), ids=DIGITS)
def test_place_size_and_brush_do_not_matter(strokes):
    usual = image(strokes)
    for drawn in (
        {"place": (0, 1)},
        {"place": (1, 0.2), "size": 0.35},
        {"size": 0.9},
        {"size": 0.1},
        {"brush": 8},
        {"brush": 30},
        {"place": (0.9, 0.9), "size": 0.4, "brush": 30},
    ):
        assert_same(image(strokes, **drawn), usual, within=0.15)
        assert np.abs(image(strokes, **drawn) - usual).mean() < 0.004


@pytest.mark.parametrize("strokes", DIGITS.values(), ids=DIGITS)
def test_a_prepared_drawing_is_laid_out_as_mnist_is(strokes):
    prepared = image(strokes)
    assert prepared.shape == (28, 28) and prepared.dtype == np.float32
    assert prepared.min() == 0 and prepared.max() == 1
    assert max(box_of(prepared)) in (19, 20)
    assert_same(centre_of_mass(prepared), np.array([14, 14]))


def test_a_lone_dot_is_no_digit():
    for strokes in ([dot(50, 50)], [dot(20, 50), dot(80, 50)], [curve((50, 50), (53, 51))]):
        with pytest.raises(EmptyDrawing, match="only a dot"):
            prepare({"objects": [replay.path_object(stroke, 20) for stroke in strokes]})


@pytest.mark.parametrize("place", [(50, 50), (130, 120), (-60, 10)])
@pytest.mark.parametrize("strokes", [ZERO, ONE, FIVE], ids=["zero", "one", "five"])
def test_a_stray_dot_changes_nothing(strokes, place):
    objects = [replay.path_object(stroke + 70, 20) for stroke in strokes]
    slip = replay.path_object(curve(place, (place[0] + 3, place[1] + 2)) + 70, 20)
    with_slip, without = {"objects": [*objects, slip]}, {"objects": objects}
    assert_same(prepare(with_slip).image, prepare(without).image)


@pytest.mark.parametrize(
    "short", [SEVEN[1], FIVE[1], curve((60, 20), (60, 35))], ids=["bar", "roof", "closing"]
)
def test_a_short_stroke_is_kept(short):
    body = ONE[0] - [20, 0]
    assert np.abs(image([body, short]) - image([body])).max() > 0.5


def test_a_lone_vertical_stroke_is_a_thin_upright_one():
    height, width = box_of(image(ONE))
    assert height in (19, 20) and width <= 5


def test_the_tutorial_network_reads_what_people_draw():
    pens = collection.load()
    some = np.flatnonzero(pens.writers < 30)[::25]  # those of "pendigits"
    drawn = torch.tensor(np.stack([image(pens.strokes(index)) for index in some]))
    answers = probabilities(load("tutorial").model, drawn).argmax(1)
    assert len(some) == 300
    assert np.mean(answers.numpy() == pens.labels[some]) > 0.8
