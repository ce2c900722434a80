"""Ways to change digits, against SciPy and what each says that it does."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy import ndimage

from core.exam import changes
from core.exam.changes import CHANGES


@pytest.fixture(scope="module")
def digits(generated):
    return generated.test[:400]


@pytest.mark.parametrize("name", CHANGES)
def test_the_change_itself_does_nothing_at_the_neutral_strength(digits, name):
    images = digits.images.float() / 255
    same = CHANGES[name].apply(images, CHANGES[name].neutral)
    torch.testing.assert_close(same, images, atol=1e-4, rtol=0)


@pytest.mark.parametrize("name", CHANGES)
def test_images_stay_images_at_every_strength(digits, name):
    images = digits.images[:50].float() / 255
    for strength in CHANGES[name].strengths:
        found = CHANGES[name].apply(images, strength)
        assert found.shape == images.shape
        assert found.dtype == torch.float32
        assert 0 <= found.min() <= found.max() <= 1
        assert torch.equal(found, CHANGES[name].apply(images, strength))  # it repeats


@pytest.mark.parametrize("degrees", [90, -20, 35])
def test_a_rotation_agrees_with_scipy(digits, degrees):
    images = digits.images[:8].float() / 255
    found = changes.rotated(images, degrees).numpy()
    for number, image in enumerate(images.numpy()):
        turned = degrees if number % 2 == 0 else -degrees
        # scipy turns against the clock where y points down; counted so, clockwise is negative
        expected = ndimage.rotate(image, -turned, reshape=False, order=1, prefilter=False)
        rows, columns = np.indices((28, 28)) - 13.5
        inside = np.hypot(rows, columns) < 13  # beyond its border the two end a picture differently
        np.testing.assert_allclose(found[number][inside], expected[inside].clip(0, 1), atol=0.02)


@pytest.mark.parametrize(("percent", "side"), [(43, 12), (71, 20), (129, 36)])
def test_a_square_is_resized_about_the_middle(percent, side):
    square = torch.zeros(1, 28, 28)
    square[:, 7:21, 7:21] = 1  # half as wide as the picture
    found = changes.resized(square, percent)[0]
    assert found.sum() == pytest.approx((side / 2) ** 2, rel=0.03)
    assert torch.allclose(found, found.flip(0), atol=1e-5)
    assert torch.allclose(found, found.flip(1), atol=1e-5)


@pytest.mark.parametrize("pixels", [-2, 1, 2, 3, 4])
def test_a_line_becomes_so_many_pixels_wider(pixels):
    line = torch.zeros(1, 28, 28)
    line[:, :, 12:17] = 1
    across = changes.redrawn(line, pixels)[0, 14]
    assert across.sum() == pytest.approx(5 + pixels)


def test_noise_has_the_spread_it_says():
    grey = torch.full((200, 28, 28), 0.5)
    found = changes.noisy(grey, 0.1)
    assert found.std().item() == pytest.approx(0.1, rel=0.01)
    assert found.mean().item() == pytest.approx(0.5, abs=0.001)
