"""How unusual an image is: what NumPy finds too, and what singular data must give."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.config import CLASSES
from core.data import Digits
from core.datasets.synthetic import generate
from core.gallery import unusual
from core.gallery.unusual import distances


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
    found = distances(some, components=8)
    np.testing.assert_allclose(found.values, naive_distances(some, 8), rtol=1e-3)
    flat = some.images.flatten(1).numpy() / 255
    sizes = np.linalg.svd(flat - flat.mean(axis=0), compute_uv=False) ** 2
    assert found.kept == pytest.approx(sizes[:8].sum() / sizes.sum(), abs=1e-4)


def test_of_many_images_some_find_the_components_and_all_are_measured(digits, monkeypatch):
    monkeypatch.setattr(unusual, "SAMPLE", 500)
    found = distances(digits, components=8)
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


def test_it_says_how_far_it_is_and_ends_when_told_to(digits, monkeypatch):
    monkeypatch.setattr(unusual, "CHUNK", 100)
    heard = []
    distances(digits, on_share=heard.append)
    assert heard == sorted(heard) and heard[0] > 0 and 0.95 < heard[-1] < 1
    assert len(heard) > 15

    with pytest.raises(ZeroDivisionError):
        distances(digits, on_share=lambda share: 1 / 0)


def test_the_ranking_goes_from_typical_to_unusual(digits):
    found = distances(digits)
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
    found = distances(Digits(images, labels), components=20)
    assert found.ranked(1)[-1] == len(ones)


def test_images_that_are_all_alike_have_no_distance():
    alike = Digits(torch.full((30, 28, 28), 7, dtype=torch.uint8), torch.zeros(30).long())
    assert distances(alike).values.abs().max() < 1e-3


@pytest.mark.parametrize("images_of_each", [1, 2, 5])
def test_a_digit_with_fewer_images_than_components_is_measured_where_they_spread(images_of_each):
    """n points in more than n directions are all equally far: the root of n - 1."""
    images, labels, _ = generate(400, seed=9)
    places = [(labels == digit).nonzero()[:images_of_each, 0] for digit in range(CLASSES)]
    few = Digits(images, labels)[torch.cat(places)]
    found = distances(few)
    expected = np.full(len(few), (images_of_each - 1) ** 0.5)
    np.testing.assert_allclose(found.values, expected, atol=1e-3)
    assert 0.8 < found.kept < 1.0001


def test_the_same_image_many_times_over_changes_no_distance(digits):
    some = digits[digits.labels == 3][:60]
    again = Digits(some.images.repeat(4, 1, 1), some.labels.repeat(4))
    once, often = distances(some, 12).values, distances(again, 12).values
    np.testing.assert_allclose(often, once.repeat(4), rtol=1e-3)


def test_a_search_that_fails_changes_no_distance(digits, monkeypatch):
    def fail(*arguments, **settings):
        raise torch.linalg.LinAlgError("The algorithm failed to converge.")

    usual = distances(digits[:300], 8)
    monkeypatch.setattr(torch.linalg, "eigh", fail)
    found = distances(digits[:300], 8)
    np.testing.assert_allclose(found.values, usual.values, rtol=1e-2)
    assert found.kept == pytest.approx(usual.kept, abs=1e-4)
