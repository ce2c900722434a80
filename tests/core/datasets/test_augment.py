"""Harder batches: each change against what it should do, and all of them together."""

import dataclasses

import pytest
import torch
from torch.nn import functional

from core import pretrained
from core.datasets import augment
from core.datasets.augment import Strength, harder
from core.datasets.synthetic import generate
from core.evaluation import probabilities

NOTHING = Strength(**{each.name: 0.0 for each in dataclasses.fields(Strength)})


def chance(seed=0):
    return torch.Generator().manual_seed(seed)


@pytest.fixture(scope="module")
def digits():
    images, labels, _ = generate(400, seed=5)
    return images.float() / 255, labels


@pytest.fixture
def furthest(monkeypatch):
    """Every even draw gives its upper end."""
    monkeypatch.setattr(augment, "spread", lambda n, generator, reach: torch.full((n,), reach))


def only(**strength):
    return dataclasses.replace(NOTHING, **strength)


def test_strength_zero_changes_nothing(digits):
    images, _ = digits
    torch.testing.assert_close(harder(images, chance(), NOTHING), images, atol=1e-4, rtol=0)


def test_shift_by_whole_pixels_moves_the_picture_right_and_down(furthest):
    images = torch.rand(3, 28, 28, generator=chance())
    shifted = harder(images, chance(), only(shift=3.0))
    expected = functional.pad(images, (3, 0, 3, 0))[:, :28, :28]
    torch.testing.assert_close(shifted, expected, atol=1e-4, rtol=0)


def test_rotation_by_a_right_angle_is_rot90(furthest):
    images = torch.rand(3, 28, 28, generator=chance())
    turned = harder(images, chance(), only(rotate=90.0))
    expected = torch.rot90(images, 1, (1, 2))
    torch.testing.assert_close(turned, expected, atol=1e-4, rtol=0)


def test_stretch_makes_a_block_wider_and_higher(furthest):
    block = torch.zeros(1, 28, 28)
    block[:, 10:18, 10:18] = 1
    stretched = harder(block, chance(), only(stretch=0.5))
    assert stretched.sum().item() == pytest.approx(64 * 1.5 * 1.5, rel=0.02)
    assert (stretched > 0.5).sum(dim=1).max() == (stretched > 0.5).sum(dim=2).max() == 12


def test_shear_moves_each_row_in_proportion_to_its_height(furthest):
    upright = torch.zeros(1, 28, 28)
    upright[:, 4:24, 14] = 1
    slanted = harder(upright, chance(), only(shear=0.5))[0, 5:23]
    middles = (slanted * torch.arange(28)).sum(dim=1) / slanted.sum(dim=1)
    torch.testing.assert_close(middles.diff(), torch.full((17,), -0.5), atol=0.01, rtol=0)


def test_thicken_adds_and_takes_away_one_pixel_on_either_side():
    bar = torch.zeros(2, 28, 28)
    bar[:, 6:22, 12:16] = 1
    wide, narrow = augment.thicken(bar, torch.tensor([1.0, -1.0]))
    assert wide[14].nonzero().flatten().tolist() == [11, 12, 13, 14, 15, 16]
    assert narrow[14].nonzero().flatten().tolist() == [13, 14]


def test_brightest_neighbour_is_max_pooling():
    images = torch.randn(4, 28, 28, generator=chance())
    expected = functional.max_pool2d(images, 3, stride=1, padding=1)
    assert torch.equal(augment.brightest_neighbour(images), expected)


def test_wobble_bends_by_about_its_strength():
    points = augment.look_up_places(500, 28, chance(), only(wobble=0.7))
    straight = augment.look_up_places(1, 28, chance(), NOTHING)
    moves = (points - straight) * 14  # in pixels
    corner = moves[:, 0, 0]  # a point of the coarse grid itself
    assert corner.std().item() == pytest.approx(0.7, rel=0.1)
    neighbours = (moves[:, 1:] - moves[:, :-1]).abs().max().item()
    assert neighbours < moves.abs().max().item() / 2  # smooth: a bend, not noise


def test_the_same_generator_state_gives_the_same_batch(digits):
    images, _ = digits
    before = images.clone()
    first = harder(images, chance(1))
    assert torch.equal(first, harder(images, chance(1)))
    assert not torch.equal(first, harder(images, chance(2)))
    assert torch.equal(images, before)


def test_global_random_state_is_left_alone(digits):
    images, _ = digits
    before = torch.get_rng_state()
    harder(images, chance())
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.parametrize("factor", [1, 5])
def test_shape_type_and_range_stay(digits, factor):
    images, _ = digits
    strength = Strength(
        **{name: value * factor for name, value in vars(augment.USUAL).items() if name != "stretch"}
    )
    result = harder(images, chance(), strength)
    assert result.shape == images.shape
    assert result.dtype == torch.float32
    assert result.min() >= 0 and result.max() <= 1


@pytest.mark.parametrize("count", [0, 1])
def test_tiny_batches(count):
    assert harder(torch.rand(count, 28, 28), chance()).shape == (count, 28, 28)


def test_it_works_where_the_images_lie():
    images = torch.rand(2, 28, 28, device="meta")  # stands for any device that is not the CPU
    assert harder(images, chance()).device == images.device


def test_ink_is_kept_on_the_whole(digits):
    images, _ = digits
    assert harder(images, chance()).mean() / images.mean() == pytest.approx(1, abs=0.1)


def test_a_trained_network_still_reads_the_digits(digits):
    images, labels = digits
    model = pretrained.load("default").model
    right = probabilities(model, harder(images, chance())).argmax(dim=1) == labels
    assert right.float().mean() > 0.9
