"""Strokes that vary: on the line and in order, the same again by seed, and still readable."""

from dataclasses import fields, replace

import numpy as np
import pytest
import torch

from core import drawing, pretrained
from core.data import scaled
from core.datasets.pens import collection as pens
from core.datasets.pens import varied as varied_pens
from core.datasets.pens.paths import paths_of
from core.datasets.pens.varied import NONE, USUAL, inked, vary, write
from core.evaluation import probabilities
from core.strokes.ink import render
from tests import replay
from tests.drawn import assert_same
from tests.pen_strokes import STRAIGHT, pens_from_points


@pytest.fixture(scope="module")
def held_back():
    return pens.split(pens.load())[1]


@pytest.fixture(scope="module")
def paths(held_back):
    return paths_of(held_back)


@pytest.fixture
def random():
    return torch.Generator().manual_seed(5)


def some(held_back, count=200):
    return torch.arange(len(held_back))[:: len(held_back) // count][:count]


def test_pieces_that_were_passed_slowly_get_longer(random):
    """GPSR on a straight line: intervals become alike, the line stays straight."""
    chosen, only_pace = torch.zeros(20, dtype=torch.long), replace(NONE, pace=0.25)
    points, connected = write(paths_of(STRAIGHT), chosen, random, only_pace)
    assert connected.all()
    steps = points.diff(dim=1)
    torch.testing.assert_close(steps[..., 0], steps[..., 1], atol=1e-5, rtol=0)
    lengths = steps.norm(dim=2)
    torch.testing.assert_close(lengths, lengths[:, :1].expand_as(lengths), atol=1e-4, rtol=0)


def test_pace_makes_one_arm_longer_than_another(random):
    """As hands do with the arm of a 1, and by no more than a quarter or so."""
    chosen = torch.zeros(500, dtype=torch.long)
    angle = paths_of(pens_from_points([[(0, 0), (255, 0), (255, 255)]]))
    points, _ = write(angle, chosen, random, replace(NONE, pace=USUAL.pace))
    across, down = (points.amax(1) - points.amin(1)).unbind(1)
    ratio = across / down
    assert 0.05 < ratio.log().std() < 0.25 and abs(ratio.log().mean()) < 0.02


def test_without_variety_a_digit_is_as_it_was_written(held_back):
    """The ink of all its points, corners a little cut; and what the app makes of the canvas."""
    chosen = some(held_back, 60)
    images = scaled(inked(held_back, chosen))
    for image, index in zip(images.numpy(), chosen.tolist(), strict=True):
        strokes = held_back.strokes(index)
        points = torch.tensor(np.concatenate(strokes))
        connected = torch.tensor(np.concatenate([np.arange(len(s)) > 0 for s in strokes]))[1:]
        whole = render(points[None], connected[None])[0].numpy()
        assert_same(image, whole, within=0.35)
        assert np.abs(image - whole).mean() < 0.02
        canvas = drawing.prepare(replay.canvas_json(strokes)).image
        assert np.abs(image - canvas).mean() < 0.03


def test_the_same_seed_the_same_images(held_back):
    chosen = some(held_back, 50)
    first, again, other = (inked(held_back, chosen, seed, USUAL) for seed in (3, 3, 4))
    assert torch.equal(first, again)
    assert (first != other).flatten(1).any(1).all()


def test_leaves_torchs_own_chance_alone(held_back):
    torch.manual_seed(0)
    expected = torch.rand(1)
    torch.manual_seed(0)
    inked(held_back, some(held_back, 5), 1, USUAL)
    assert torch.equal(torch.rand(1), expected)


def test_shapes_types_and_ranges(held_back, paths, random):
    chosen = some(held_back)
    images = vary(paths, chosen, random)
    assert images.shape == (len(chosen), 28, 28) and images.dtype == torch.float32
    assert images.min() == 0 and images.max() == 1
    assert vary(paths, chosen[:0], random).shape == (0, 28, 28)
    kept = inked(held_back, chosen, 1, USUAL)
    assert kept.shape == (len(chosen), 28, 28) and kept.dtype == torch.uint8


@pytest.mark.parametrize("name", [field.name for field in fields(USUAL)])
def test_every_kind_of_variety_changes_something(held_back, paths, name):
    chosen = some(held_back, 20)
    plain = vary(paths, chosen, torch.Generator().manual_seed(1), NONE)
    only = replace(NONE, **{name: getattr(USUAL, name)})
    changed = vary(paths, chosen, torch.Generator().manual_seed(1), only)
    if name == "slip":  # a single stroke has nothing to slip against
        several = ~paths.connected(chosen).all(1)
        plain, changed = plain[several], changed[several]
    assert ((changed - plain).abs().amax((1, 2)) > 0.05).float().mean() > 0.7


def test_varied_digits_stay_readable(held_back):
    """By the shipped network; as they were written, it reads 97.4 % of them."""
    images = inked(held_back, torch.arange(len(held_back)), 1, USUAL)
    answers = probabilities(pretrained.load().model, scaled(images)).argmax(1)
    right = (answers == torch.from_numpy(held_back.labels)).float().mean()
    assert right >= 0.95


def test_labels_and_writers_come_equally_often(held_back, random):
    chosen = varied_pens.choose(held_back, 20_000, random).numpy()
    labels = np.bincount(held_back.labels[chosen], minlength=10)
    assert np.abs(labels / 2_000 - 1).max() < 0.1
    writers = np.bincount(held_back.writers[chosen])
    assert np.abs(writers[writers > 0] / 20_000 * 9 - 1).max() < 0.15


def test_progress_rises_to_the_total_and_can_end_the_work(held_back):
    seen = []
    chosen = torch.arange(1_200)
    inked(held_back, chosen, on_progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1_000, 1_200), (1_200, 1_200)]

    with pytest.raises(ZeroDivisionError):
        inked(held_back, chosen, on_progress=lambda done, total: 1 / 0)


def test_a_dot_and_a_digit_of_one_point_can_be_written():
    dots = pens_from_points([[(0, 0), (0, 255)], [(40, 255)]], [[(7, 7)]])
    images = scaled(inked(dots, torch.tensor([0, 1]), 0, USUAL))
    assert torch.isfinite(images).all() and (images.amax((1, 2)) > 0.9).all()


def test_what_cannot_be_is_refused(held_back, paths, random):
    with pytest.raises(IndexError):
        vary(paths, torch.tensor([len(held_back)]), random)
    with pytest.raises(ValueError, match="no digit"):
        varied_pens.choose(held_back.only(held_back.labels < 0), 3, random)
