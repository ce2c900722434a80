"""Sweeps against explicitly changed images."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy import ndimage

from core.data import Digits
from core.evaluation import evaluate
from core.exam import robustness
from core.exam.robustness import CHANGES, Sweep, changed, sample, sweep
from core.pretrained import load


@pytest.fixture(scope="module")
def digits(generated) -> Digits:
    return generated.test[:400]


@pytest.fixture(scope="module")
def model():
    return load("tutorial").model


def moved_by_hand(image: np.ndarray, down: int, right: int) -> np.ndarray:
    """Pixel by pixel; what comes in from outside is black."""
    result = np.zeros_like(image)
    for y in range(28):
        for x in range(28):
            if 0 <= y - down < 28 and 0 <= x - right < 28:
                result[y, x] = image[y - down, x - right]
    return result


@pytest.mark.parametrize("pixels", [1, 3, 6])
def test_a_shift_is_the_exam_on_explicitly_shifted_images(digits, model, pixels):
    directions = [(0, pixels), (0, -pixels), (pixels, 0), (-pixels, 0)]
    by_hand = [
        moved_by_hand(image.numpy(), *directions[number % 4])
        for number, image in enumerate(digits.images)
    ]
    expected = evaluate(model, Digits(torch.tensor(np.array(by_hand)), digits.labels))
    (found,) = [
        point.result
        for point in sweep([model], digits, CHANGES["shift"])
        if point.strength == pixels
    ]
    assert torch.equal(found.confusion, expected.confusion)
    assert found.loss == expected.loss


@pytest.mark.parametrize("name", CHANGES)
def test_at_the_neutral_strength_it_is_the_plain_exam(digits, model, name):
    change = CHANGES[name]
    assert change.neutral in change.strengths
    points = {point.strength: point.result for point in sweep([model], digits, change)}
    plain = evaluate(model, digits)
    assert torch.equal(points[change.neutral].confusion, plain.confusion)
    assert points[change.neutral].loss == plain.loss


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
    found = robustness.rotated(images, degrees).numpy()
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
    found = robustness.resized(square, percent)[0]
    assert found.sum() == pytest.approx((side / 2) ** 2, rel=0.03)
    assert torch.allclose(found, found.flip(0), atol=1e-5)
    assert torch.allclose(found, found.flip(1), atol=1e-5)


@pytest.mark.parametrize("pixels", [-2, 1, 2, 3, 4])
def test_a_line_becomes_so_many_pixels_wider(pixels):
    line = torch.zeros(1, 28, 28)
    line[:, :, 12:17] = 1
    across = robustness.redrawn(line, pixels)[0, 14]
    assert across.sum() == pytest.approx(5 + pixels)


def test_noise_has_the_spread_it_says():
    grey = torch.full((200, 28, 28), 0.5)
    found = robustness.noisy(grey, 0.1)
    assert found.std().item() == pytest.approx(0.1, rel=0.01)
    assert found.mean().item() == pytest.approx(0.5, abs=0.001)


def test_labels_stay(digits):
    for change in CHANGES.values():
        assert torch.equal(changed(digits, change, change.strengths[-1]).labels, digits.labels)


def test_the_sample_is_always_the_same_and_never_too_large(digits):
    first, again = sample(digits, 100), sample(digits, 100)
    assert torch.equal(first.images, again.images)
    assert len(first) == 100
    assert len(sample(digits)) == 400
    assert robustness.IMAGES >= 2_000


def test_the_tutorial_network_falls_and_the_shipped_one_stands(mnist):
    """About 96 % becomes about 43 % at three pixels: what everybody should see."""
    models = [load("tutorial").model, load("default").model]
    part = sample(mnist.test)
    harder = changed(part, CHANGES["shift"], 3)
    tutorial, shipped = (evaluate(each, harder) for each in models)
    assert tutorial.images == 2_000
    assert 0.38 < tutorial.accuracy < 0.48
    assert shipped.accuracy > 0.97


def test_a_sweep_yields_as_it_goes_and_can_be_left(digits, model):
    steps = sweep([model, model], digits, CHANGES["shift"])
    first, second, third = (next(steps) for _ in range(3))
    assert (first.network, first.strength) == (0, 0)
    assert (second.network, second.strength) == (1, 0)
    assert (third.network, third.strength) == (0, 1)
    assert first.result.confusion.equal(second.result.confusion)


def test_a_sweep_in_the_background_measures_all(digits, model):
    running = Sweep([model, model], digits, CHANGES["noise"])
    assert running.wait(30)
    assert running.complete
    expected = list(sweep([model, model], digits, CHANGES["noise"]))
    assert [(each.network, each.strength) for each in running.points()] == [
        (each.network, each.strength) for each in expected
    ]
    for found, right in zip(running.points(), expected, strict=True):
        assert torch.equal(found.result.confusion, right.result.confusion)


def test_a_sweep_in_the_background_stops_when_told(digits, model):
    with Sweep._turn:  # it cannot take its first step
        running = Sweep([model], digits, CHANGES["shift"])
        assert not running.over
        running.stop()
    assert running.wait(10)
    assert not running.complete
    assert len(running.points()) <= 1
