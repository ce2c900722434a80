"""The first layer measured: its order, the scale of its colours, digits enough for its numbers."""

from __future__ import annotations

import numpy as np
import pytest

from core.config import TrainingConfig
from core.explain.first_layer import FirstLayer, study_first_layer
from core.explain.importance import Importance, excitement, importance
from core.model import first_weights, hidden_layers
from tests.networks import CONV, PLAIN, make


@pytest.fixture(scope="module")
def digits(generated):
    return generated.test[:60]


@pytest.mark.parametrize("config", [PLAIN, CONV])
def test_it_holds_what_is_measured_of_the_layer(config, digits):
    model, heard = make(config), []
    found = study_first_layer(model, digits, heard.append)
    expected = importance(model, digits)
    np.testing.assert_array_equal(found.weights, first_weights(model))
    np.testing.assert_array_equal(found.importance.losses, expected.losses)
    np.testing.assert_array_equal(found.excitement.by_digit, excitement(model, digits).by_digit)
    assert found.noun == hidden_layers(model)[0].noun
    assert found.order.tolist() == expected.order.tolist()
    assert [found.rank(unit) for unit in found.order] == list(range(1, len(found.weights) + 1))
    assert heard == sorted(heard)
    assert len(heard) == len(found.weights)  # it can be stopped after each unit


def test_without_hidden_layer_the_outputs_stay_in_their_order(digits):
    found = study_first_layer(make(TrainingConfig(hidden_sizes=())), digits)
    assert found.importance is None
    assert found.noun == "answer"
    assert found.order.tolist() == list(range(10))
    assert found.rank(7) == 8


def layer(weights, losses=()) -> FirstLayer:
    added = np.zeros((len(losses), 10), dtype=np.float32)
    rights = np.zeros(len(losses), dtype=np.int64)
    matters = Importance(100, 1.0, 0, np.array(losses), rights, added)
    return FirstLayer(np.array(weights, dtype=np.float32), None, matters, "unit")


def test_a_few_large_weights_do_not_make_the_others_pale():
    weights = np.linspace(-1, 1, 1_000).reshape(10, 10, 10)
    weights[0, 0, 0] = -50
    found = layer(weights)
    assert 0.9 < found.full_colour <= 1
    assert layer(np.zeros((2, 3, 3))).full_colour == 1  # nothing to divide by


@pytest.mark.parametrize(
    ("losses", "decimals"),
    [
        ([1.0, 1.5], 3),
        ([1.0, 1.02], 3),
        ([1.0, 1.0012], 4),
        ([1.0, 1.000012], 6),
        ([1.0, 1.0], 3),
        ([1.0, np.nan, 0.9988], 4),
    ],
)
def test_the_largest_rise_of_the_loss_has_two_digits(losses, decimals):
    found = layer(np.zeros((len(losses), 2, 2)), losses)
    np.testing.assert_allclose(found.importance.rises, np.array(losses) - 1)
    assert found.decimals == decimals
