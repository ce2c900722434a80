"""Strokes become ink: against exact distances, and laid out as MNIST's digits are."""

import math
from itertools import pairwise

import numpy as np
import pytest
import torch

from core.datasets.pens import collection
from core.strokes import ink
from core.strokes.ink import PEN_WIDTH, render
from tests.drawn import (
    DIGITS,
    as_batch,
    assert_same,
    box_of,
    centre_of_mass,
    curve,
    image,
)


@pytest.mark.parametrize("strokes", DIGITS.values(), ids=DIGITS)
def test_render_lays_a_digit_out_as_mnist_does(strokes):
    drawn = render(*as_batch(strokes))[0]
    assert drawn.shape == (28, 28) and drawn.dtype == torch.float32
    assert drawn.min() == 0 and drawn.max() == 1
    assert max(box_of(drawn.numpy())) in (19, 20)
    assert_same(centre_of_mass(drawn.numpy()), np.array([14, 14]))


def exact_image(strokes, pen_width: float) -> np.ndarray:
    """What `render` should draw, pixel by pixel, line by line, without any shortcut."""
    points = np.concatenate(strokes)
    low, extent = points.min(0), np.ptp(points, axis=0)
    scale = (ink.BOX - ink.EDGE - pen_width) / extent.max()
    y, x = np.indices((28, 28))

    def draw(shift):
        nearest = np.full((28, 28), np.inf)
        for stroke in strokes:
            placed = (stroke - low) * scale + shift
            for start, end in pairwise(placed):
                along = end - start
                reach = max(along @ along, 1e-12)
                t = ((x - start[0]) * along[0] + (y - start[1]) * along[1]) / reach
                foot = start[:, None, None] + t.clip(0, 1) * along[:, None, None]
                nearest = np.minimum(nearest, np.hypot(x - foot[0], y - foot[1]))
        return ((pen_width / 2 - nearest) / ink.EDGE + 0.5).clip(0, 1)

    shift = 13.5 - extent * scale / 2
    for _ in range(5):
        shift = shift + ink.CENTRE - centre_of_mass(draw(shift))
    return draw(shift)


@pytest.mark.parametrize("pen_width", [1.5, PEN_WIDTH, 4.0])
@pytest.mark.parametrize("strokes", DIGITS.values(), ids=DIGITS)
def test_render_agrees_with_exact_distances(strokes, pen_width):
    drawn, exact = render(*as_batch(strokes), pen_width)[0].numpy(), exact_image(strokes, pen_width)
    assert_same(drawn, exact, within=0.11)  # a thin line of stamps has slightly wavy edges
    assert np.abs(drawn - exact).mean() < 0.008


def test_render_draws_each_image_of_a_batch_as_if_alone():
    points, connected = as_batch(*list(DIGITS.values()) * 40)  # more than is drawn at a time
    widths = torch.linspace(1.5, 4, len(points))
    together = render(points, connected, widths)
    for row in (0, 63, 64, 130, 159):
        alone = render(points[row : row + 1], connected[row : row + 1], float(widths[row]))
        assert_same(alone[0].numpy(), together[row].numpy(), within=1e-4)


def test_render_draws_no_line_between_two_strokes_and_a_dot_for_a_lone_point():
    points = torch.tensor([[[0.0, 0.0], [0.0, 10.0], [10.0, 10.0], [10.0, 0.0], [5.0, 5.0]]])
    apart = render(points, torch.tensor([[True, False, True, False]]))[0]
    assert apart[4:24, 9:12].max() == apart[4:24, 17:20].max() == 0  # left, dot, right: no bridge
    assert apart[14, 14] == 1
    only_dot = render(torch.zeros(1, 1, 2), torch.zeros(1, 0, dtype=torch.bool))[0]
    area = math.pi / 4 * PEN_WIDTH**2
    assert float(only_dot.sum()) == pytest.approx(area, rel=0.25)
    assert_same(centre_of_mass(only_dot.numpy()), np.array([14, 14]))


def test_render_of_nothing_is_no_image():
    assert render(torch.zeros(0, 5, 2), torch.zeros(0, 4, dtype=torch.bool)).shape == (0, 28, 28)


def test_an_outlying_tail_stays_inside_the_image():
    scribble = [curve(*[(x, y) for y in range(0, 20, 2) for x in (0, 20)], points=200)]
    drawn = render(*as_batch([*scribble, curve((20, 10), (100, 10))]))[0]
    assert max(box_of(drawn.numpy())) == 20


def test_the_ink_is_that_of_mnist(mnist):
    """As many pixels inked, and as many of those fully, as in MNIST."""
    drawn = np.stack([image(collection.load().strokes(index)) for index in range(300)])
    ours, theirs = drawn[drawn > 0], mnist.test.images[:2_000].numpy() / 255
    theirs = theirs[theirs > 0]
    assert drawn.mean() == pytest.approx(mnist.test.images.numpy().mean() / 255, abs=0.02)
    assert np.mean(ours > 0.97) == pytest.approx(np.mean(theirs > 0.97), abs=0.08)
