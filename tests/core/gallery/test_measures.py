"""What the Data page shows is what NumPy finds too, and a batch is the one that training deals."""

import numpy as np
import pytest
import torch

from core.config import CLASSES, TrainingConfig
from core.data import DigitDataset, Digits
from core.datasets.synthetic import STYLES, generate
from core.gallery import measures as gallery
from core.trainer import train


@pytest.fixture(scope="module")
def digits() -> Digits:
    return Digits(*generate(1_500, seed=5)[:2])


def test_counts_are_those_of_a_naive_loop(digits):
    by_hand = [sum(label == digit for label in digits.labels.tolist()) for digit in range(CLASSES)]
    assert gallery.counts(digits.labels).tolist() == by_hand
    assert gallery.counts(torch.tensor([3, 3])).tolist() == [0, 0, 0, 2, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("digit", [None, 4])
def test_a_sample_holds_each_image_once_and_only_the_digit_asked_for(digits, digit):
    found = gallery.sample(digits.labels, digit, 48, seed=1)
    assert len(set(found.tolist())) == 48
    assert digit is None or (digits.labels[found] == digit).all()
    assert found.equal(gallery.sample(digits.labels, digit, 48, seed=1))
    assert not found.equal(gallery.sample(digits.labels, digit, 48, seed=2))


def test_a_sample_takes_all_there_are_and_none_where_there_are_none():
    labels = torch.tensor([1, 2, 2])
    assert sorted(gallery.sample(labels, 2, 48, seed=0).tolist()) == [1, 2]
    assert gallery.sample(labels, 9, 48, seed=0).tolist() == []


def test_averages_are_those_of_numpy(digits):
    found = gallery.averages(digits)
    images, labels = digits.images.numpy() / 255, digits.labels.numpy()
    for digit in range(CLASSES):
        here = images[labels == digit]
        np.testing.assert_allclose(found.mean[digit], here.mean(axis=0), atol=1e-5)
        np.testing.assert_allclose(found.spread[digit], here.std(axis=0), atol=1e-5)
        variation = np.sqrt(here.var(axis=0).mean())
        assert found.variation()[digit] == pytest.approx(variation, abs=1e-5)


def test_a_digit_without_images_has_an_empty_average(digits):
    some = digits[digits.labels != 6]
    found = gallery.averages(some)
    assert found.mean[6].abs().max() == 0
    assert found.mean[5].max() > 0


def naive_distances(digits: Digits, components: int) -> np.ndarray:
    """The same measure, image by image, by way of a singular value decomposition."""
    flat = digits.images.flatten(1).numpy() / 255
    centred = flat - flat.mean(axis=0)
    axes = np.linalg.svd(centred, full_matrices=False)[2][:components]
    points, labels = centred @ axes.T, digits.labels.numpy()
    values = np.zeros(len(flat))
    for index, (point, label) in enumerate(zip(points, labels, strict=True)):
        others = points[labels == label]
        away = point - others.mean(axis=0)
        covariance = np.cov(others.T, bias=True)
        values[index] = np.sqrt(away @ np.linalg.solve(covariance, away))
    return values


def test_distances_are_those_of_a_naive_loop(digits):
    some = digits[:400]
    found = gallery.distances(some, components=8)
    np.testing.assert_allclose(found.values, naive_distances(some, 8), rtol=1e-3)
    flat = some.images.flatten(1).numpy() / 255
    sizes = np.linalg.svd(flat - flat.mean(axis=0), compute_uv=False) ** 2
    assert found.kept == pytest.approx(sizes[:8].sum() / sizes.sum(), abs=1e-4)


def test_of_many_images_some_find_the_components_and_all_are_measured(digits, monkeypatch):
    monkeypatch.setattr(gallery, "SAMPLE", 500)
    found = gallery.distances(digits, components=8)
    assert (found.chosen_from, len(found.values)) == (500, len(digits))
    flat = digits.images.flatten(1).numpy() / 255
    some = flat[::3]
    axes = np.linalg.svd(some - some.mean(axis=0), full_matrices=False)[2][:8]
    points = (flat - flat.mean(axis=0)) @ axes.T
    assert found.kept == pytest.approx(points.var(axis=0).sum() / flat.var(axis=0).sum(), abs=1e-4)
    sevens = points[digits.labels.numpy() == 7]
    away = sevens - sevens.mean(axis=0)
    nearness = np.linalg.inv(np.cov(sevens.T, bias=True))
    by_hand = np.sqrt(np.einsum("ij,jk,ik->i", away, nearness, away))
    np.testing.assert_allclose(found.values[digits.labels == 7], by_hand, rtol=1e-3)


def test_the_ranking_goes_from_typical_to_unusual(digits):
    found = gallery.distances(digits)
    ranked = found.ranked(7)
    assert (digits.labels[ranked] == 7).all()
    assert len(ranked) == int((digits.labels == 7).sum())
    assert (found.values[ranked].diff() >= 0).all()
    nearer = (found.values[ranked] < found.median(7)).float().mean()
    assert abs(nearer - 0.5) < 0.01


def test_an_odd_one_among_its_digit_is_the_most_unusual(digits):
    ones, zero = digits[digits.labels == 1], digits[digits.labels == 0][:1]
    images = torch.cat([ones.images, zero.images, digits.images[digits.labels == 0]])
    labels = torch.cat([ones.labels, torch.tensor([1]), digits.labels[digits.labels == 0]])
    found = gallery.distances(Digits(images, labels), components=20)
    assert found.ranked(1)[-1] == len(ones)


def test_images_that_are_all_alike_have_no_distance():
    alike = Digits(torch.full((30, 28, 28), 7, dtype=torch.uint8), torch.zeros(30).long())
    assert gallery.distances(alike).values.abs().max() < 1e-3


class Listener(torch.nn.Module):
    """A network that keeps the first batch that it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = torch.nn.Linear(784, 10)
        self.heard = None

    def forward(self, images):
        self.heard = images if self.heard is None else self.heard
        return self.layer(images.flatten(1))


@pytest.mark.parametrize("harder", [False, True])
@pytest.mark.parametrize("seed", [0, 3])
def test_the_batch_is_the_one_that_training_deals(digits, harder, seed):
    model, config = Listener(), TrainingConfig(seed=seed, harder_batches=harder)
    next(train(model, DigitDataset("generated", digits, digits[:9], digits[:9]), config))
    batch = gallery.first_batch(digits, config.batch_size, seed)
    assert len(batch.images) == len(batch.labels) == 128
    assert (batch.harder if harder else batch.images).equal(model.heard)


def test_another_draw_changes_the_harder_images_alone(digits):
    first, second, again = (gallery.first_batch(digits, 128, 0, draw) for draw in (1, 2, 2))
    assert first.images.equal(second.images)
    assert first.labels.equal(second.labels)
    assert not first.harder.equal(second.harder)
    assert second.harder.equal(again.harder)
    assert 0 <= second.harder.min() <= second.harder.max() <= 1


def test_the_shares_of_styles_are_those_in_which_they_are_drawn():
    shares = gallery.style_shares()
    for digit in range(CLASSES):
        mine = gallery.styles_of(digit)
        assert {style.digit for style in mine} == {digit}
        assert sum(shares[style.name] for style in mine) == pytest.approx(1)
    assert sum(len(gallery.styles_of(digit)) for digit in range(CLASSES)) == len(STYLES)
    _, labels, styles = generate(10_000, seed=1)
    for index, name in enumerate(STYLES):
        drawn = (styles[labels == STYLES[name].digit] == index).float().mean()
        assert drawn == pytest.approx(shares[name], abs=0.05)
