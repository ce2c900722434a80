"""The numbers inside the tutorial network, computed again by hand."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.config import TrainingConfig
from core.data import scaled
from core.lessons.digits import example
from core.lessons.units import (
    activation_at,
    activation_curve,
    answer_of,
    folded,
    passage,
    silent,
    unit_at_work,
)
from core.model import build_model


def test_the_passage_ends_where_the_network_does(tutorial, digits):
    image = example(digits.validation, 3, 0)
    passed = passage(tutorial, image)
    sizes = {name: len(values) for name, values in passed.items()}
    assert sizes == {
        "pixels": 784,
        "hidden_1": 100,
        "activation_1": 100,
        "hidden_2": 50,
        "activation_2": 50,
        "output": 10,
        "probabilities": 10,
    }
    with torch.no_grad():
        logits = tutorial(image[None])[0].numpy()
    np.testing.assert_array_equal(passed["output"], logits)
    assert answer_of(passed["output"]) == logits.tolist().index(max(logits.tolist()))
    shares = np.exp(logits) / np.exp(logits).sum()
    np.testing.assert_allclose(passed["probabilities"], shares, rtol=1e-4)


@pytest.mark.parametrize(("layer", "number"), [(0, 12), (1, 49), (2, 3)])
def test_a_unit_adds_up_what_a_naive_loop_adds_up(tutorial, digits, layer, number):
    image = example(digits.validation, 5, 1)
    unit = unit_at_work(tutorial, image, layer, number)
    total = unit.bias
    for weight, value in zip(unit.weights.tolist(), unit.inputs.tolist(), strict=True):
        total += weight * value
    assert unit.total == pytest.approx(total, abs=1e-4)
    assert unit.output == (unit.total if layer == 2 else max(0, unit.total))
    assert float(unit.products.sum()) + unit.bias == pytest.approx(unit.total, abs=1e-4)
    adds, takes, bias, whole = unit.as_printed
    assert f"{adds - takes + bias:.2f}" == f"{whole:.2f}" == f"{unit.total:.2f}"
    assert f"{bias:.2f}" == f"{unit.bias:.2f}"
    products = unit.products.tolist()
    assert adds == pytest.approx(sum(each for each in products if each > 0), abs=0.02)
    assert takes == pytest.approx(-sum(each for each in products if each < 0), abs=0.01)


def test_silent_units_hand_on_nothing(tutorial, digits):
    values = passage(tutorial, example(digits.validation, 5, 1))["activation_1"]
    assert silent(values) == sum(value == 0 for value in values.tolist()) > 0


def test_activations_are_what_they_are_said_to_be():
    x = np.array([-2.0, 0.0, 1.5])
    np.testing.assert_allclose(activation_at("relu", x), [0, 0, 1.5])
    np.testing.assert_allclose(activation_at("none", x), x)
    np.testing.assert_allclose(activation_at("tanh", x), np.tanh(x), rtol=1e-5)
    assert float(activation_at("relu", 1.5)) == 1.5
    across, handed_on = activation_curve("relu", 4.0)
    assert (across[0], across[40], across[-1]) == (-4, 0, 4)
    np.testing.assert_allclose(handed_on, np.maximum(across, 0), atol=1e-6)


def test_without_activation_one_layer_does_what_three_do(digits):
    model = build_model(TrainingConfig(activation="none"))
    images = scaled(digits.test.images)
    with torch.no_grad():
        one, three = folded(model)(images.flatten(1)), model(images)
    torch.testing.assert_close(one, three, atol=1e-5, rtol=1e-4)
