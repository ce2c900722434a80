"""What the first units look for and how much they matter, against plain loops."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from core.config import TrainingConfig
from core.evaluation import evaluate
from core.explain.importance import (
    IMAGE_COUNTS,
    TOP,
    Excitement,
    Importance,
    excitement,
    image_count,
    importance,
)
from core.model import hidden_layers, outputs
from tests.networks import CONFIGS, CONV, PLAIN, make, untouched, without_weights


@pytest.fixture(params=CONFIGS, scope="module")
def model(request):
    return make(CONFIGS[request.param])


@pytest.fixture(scope="module")
def digits(generated):
    return generated.test[:60]


@pytest.fixture(scope="module")
def matters(model, digits):
    return importance(model, digits)


@pytest.fixture(scope="module")
def excited(model, digits):
    return excitement(model, digits)


def test_importance_is_what_a_naive_loop_measures(model, digits, matters):
    found = matters
    part, first = digits[: found.images], hidden_layers(model)[0]
    plain = evaluate(model, part)
    pixels = part.images.float() / 255
    assert (found.images, found.correct) == (len(part), plain.correct)
    assert found.loss == pytest.approx(plain.loss, rel=1e-4)
    assert len(found.losses) == first.units
    for unit in range(0, first.units, max(1, first.units // 8)):
        cut = without_weights(model, {first.name: [unit]})
        with torch.no_grad():
            logits, whole = cut(pixels), model(pixels)
        loss = functional.cross_entropy(logits, part.labels).item()
        assert found.losses[unit] == pytest.approx(loss, rel=1e-4)
        assert abs(found.rights[unit] - evaluate(cut, part).correct) <= 1  # a tie may fall
        np.testing.assert_allclose(found.added[unit], (whole - logits).mean(0), atol=1e-4)
    assert found.losses[found.order].tolist() == sorted(found.losses, reverse=True)


def test_the_unit_that_decides_comes_first(digits):
    """A network that reads nothing without its unit 4."""
    model = make(PLAIN)
    with torch.no_grad():
        model.layers.hidden_2.weight *= 0.01
        model.layers.hidden_2.weight[:, 4] *= 100
        model.layers.hidden_1.bias[4] = 9
    shares = []
    found = importance(model, digits, shares.append)
    changes = abs(found.losses - found.loss)
    assert changes.argmax() == 4
    assert shares == sorted(shares)


def test_large_networks_are_tried_on_fewer_images():
    sizes = [(100, 50), (512, 512), (2_048, 2_048)]
    counts = [image_count(make(TrainingConfig(hidden_sizes=each))) for each in sizes]
    assert counts[0] == 2_000
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == IMAGE_COUNTS[-1]
    assert image_count(make(CONV)) in IMAGE_COUNTS


def test_the_images_that_excite_a_unit_most(model, digits, excited):
    found = excited
    first = hidden_layers(model)[0]
    values = outputs(model, digits.images.float() / 255)[first.name]
    values = values.flatten(2).mean(2).numpy() if first.is_convolution else values.numpy()
    assert found.images == len(digits)
    for unit in range(0, first.units, max(1, first.units // 8)):
        own, top = values[:, unit], found.top[unit]
        best = np.sort(own)[::-1][:TOP]
        np.testing.assert_allclose(own[top], best[best > own.min()], atol=1e-5)
        for digit in range(10):
            expected = own[digits.labels.numpy() == digit].mean()
            np.testing.assert_allclose(found.by_digit[unit, digit], expected, rtol=1e-4, atol=1e-5)


def test_a_silent_unit_is_excited_by_nothing(digits):
    model = make(PLAIN)
    with torch.no_grad():
        model.layers.hidden_1.bias[3] = -1_000
    found = excitement(model, digits)
    assert len(found.top[3]) == 0
    assert not found.by_digit[3].any()
    threes = digits[: len(digits)].labels == 3
    only = type(digits)(digits.images[threes], digits.labels[threes])
    assert np.isnan(excitement(model, only).by_digit[0]).sum() == 9


def test_without_hidden_layer_the_outputs_are_the_units(digits):
    model = make(TrainingConfig(hidden_sizes=()))
    found = excitement(model, digits)
    with torch.no_grad():
        scores = model(digits.images.float() / 255)
    assert [top[0] for top in found.top] == scores.argmax(0).tolist()
    with pytest.raises(ValueError, match="layer of units"):
        importance(model, digits)


def test_nothing_is_changed_on_the_network(model, digits):
    with untouched(model):
        importance(model, digits)
        excitement(model, digits)


def test_the_digits_that_excite_most_and_least_and_the_answers_spoken_for(excited, matters):
    found = excited
    for unit in range(min(5, len(found.top))):
        means = found.by_digit[unit].tolist()
        if max(means) == min(means):
            assert found.extremes(unit) is None
        else:
            assert found.extremes(unit) == (means.index(max(means)), means.index(min(means)))
    for unit in range(min(5, len(matters.losses))):
        added = matters.added[unit].tolist()
        if not any(added):
            assert matters.for_and_against(unit) is None
        else:
            expected = added.index(max(added)), added.index(min(added))
            assert matters.for_and_against(unit) == expected
    np.testing.assert_allclose(matters.rises, matters.losses - matters.loss)


def test_what_is_no_number_has_no_extremes(digits):
    nothing = np.full((2, 10), np.nan, dtype=np.float32)
    nothing[1, 4] = 3
    nothing[1, 6] = 1
    found = Excitement(1, [], nothing)
    assert found.extremes(0) is None
    assert found.extremes(1) == (4, 6)
    added = np.zeros((2, 10), dtype=np.float32)
    added[1, 3] = np.inf
    matters = Importance(1, 0.0, 1, np.zeros(2), np.zeros(2), added)
    assert matters.for_and_against(0) is matters.for_and_against(1) is None
