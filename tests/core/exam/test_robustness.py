"""Sweeps against explicitly changed images."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.data import Digits
from core.evaluation import evaluate
from core.exam import robustness
from core.exam.changes import CHANGES
from core.exam.robustness import changed, sample, sweep
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


def test_an_example_is_changed_as_in_the_exam(digits):
    shift = CHANGES["shift"]
    shown = robustness.examples(digits, shift)
    assert shown.shape == (len(shift.strengths), 28, 28)
    assert shown[0].equal(digits.images[0])
    by_hand = moved_by_hand(digits.images[0].numpy(), 0, 6)
    np.testing.assert_array_equal(shown[-1].numpy(), by_hand)


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


def test_a_fall_is_from_the_unchanged_exam_to_the_worst(digits, model):
    change = CHANGES["size"]  # its neutral strength is in the middle
    points = list(sweep([model, model], digits, change))
    found = robustness.fall(points, 1, change)
    accuracies = {point.strength: point.result.accuracy for point in points if point.network == 1}
    assert found.plain.accuracy == accuracies[100]
    assert found.worst.accuracy == accuracies[found.strength] == min(accuracies.values())
    assert robustness.fall(points[:3], 1, change) is None  # the unchanged ones are to come
    assert robustness.fall([], 0, change) is None
