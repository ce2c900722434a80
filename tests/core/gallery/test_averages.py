"""The averages on the Data page are what NumPy finds too."""

from __future__ import annotations

import numpy as np
import pytest

from core.config import CLASSES
from core.gallery.averages import averages


def test_averages_are_those_of_numpy(digits):
    found = averages(digits)
    images, labels = digits.images.numpy() / 255, digits.labels.numpy()
    for digit in range(CLASSES):
        here = images[labels == digit]
        np.testing.assert_allclose(found.mean[digit], here.mean(axis=0), atol=1e-5)
        np.testing.assert_allclose(found.spread[digit], here.std(axis=0), atol=1e-5)
        variation = np.sqrt(here.var(axis=0).mean())
        assert found.variation()[digit] == pytest.approx(variation, abs=1e-5)


def test_the_digits_that_vary_most_and_least(digits):
    found = averages(digits)
    images, labels = digits.images.numpy() / 255, digits.labels.numpy()
    by_digit = [images[labels == digit].var(axis=0).mean() for digit in range(CLASSES)]
    assert found.most_and_least_varied() == (np.argmax(by_digit), np.argmin(by_digit))
    pictures = found.spread_pictures()
    assert pictures.max() == 1 and pictures.min() >= 0
    np.testing.assert_allclose(pictures * found.strongest, found.spread, atol=1e-6)


def test_it_says_how_far_it_is_and_ends_when_told_to(digits):
    heard = []
    averages(digits, heard.append)
    assert heard == sorted(heard) and heard[0] == 0 and 0.8 < heard[-1] < 1

    with pytest.raises(ZeroDivisionError):
        averages(digits, lambda share: 1 / 0)


def test_a_digit_without_images_has_an_empty_average(digits):
    some = digits[digits.labels != 6]
    found = averages(some)
    assert found.mean[6].abs().max() == 0
    assert found.mean[5].max() > 0
