"""An image on its way, against forward hooks and networks with weights really set to zero."""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch

from core.config import TrainingConfig
from core.evaluation import probabilities
from core.explain.passage import first_maps, follow, strengths
from core.model import hidden_layers
from core.pretrained import load
from tests.networks import CONFIGS, CONV, make, untouched, without_weights


@pytest.fixture(params=CONFIGS)
def model(request):
    return make(CONFIGS[request.param])


@pytest.fixture(scope="module")
def images(generated):
    return generated.test.images[:8].float() / 255


def test_units_of_all_layers_at_once(images):
    for model in (load("tutorial").model, load("default").model):
        layers = hidden_layers(model)
        off = {layer.name: set(range(0, layer.units, 3)) for layer in layers}
        passage = follow(model, images[0].numpy(), off)
        expected = probabilities(without_weights(model, off), images[:1])[0]
        np.testing.assert_allclose(passage.probabilities, expected, atol=1e-5)
        for layer in layers:
            assert not passage.activations[layer.name][::3].any()
        assert not np.allclose(passage.probabilities, probabilities(model, images[:1])[0])


def test_activations_are_what_forward_hooks_see(model, images):
    watched, seen = copy.deepcopy(model), {}
    for name, module in watched.named_modules():
        module.register_forward_hook(
            lambda module, inputs, output, name=name: seen.update({name: output[0].detach()})
        )
    watched(images[:1])
    passage = follow(model, images[0].numpy())
    for layer in hidden_layers(model):
        found = passage.activations[layer.name]
        assert found.shape[0] == layer.units
        assert layer.is_convolution == (found.ndim == 3)
        np.testing.assert_allclose(found, seen[layer.name], atol=1e-5)
    np.testing.assert_allclose(passage.probabilities, seen[""].softmax(0), atol=1e-6)


def test_without_hidden_layer_there_are_no_activations(images):
    model = make(TrainingConfig(hidden_sizes=()))
    assert follow(model, images[0].numpy()).activations == {}


def test_the_first_maps():
    conv = make(CONV)
    picture = torch.rand(2, 28, 28, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        expected = conv.features[:4](picture[:, None])
    assert expected.shape == (2, 16, 14, 14)
    np.testing.assert_allclose(first_maps(conv, picture), expected, atol=1e-5)


def test_a_unit_is_as_strong_as_it_speaks_up_on_average():
    np.testing.assert_array_equal(strengths(np.array([-2.0, 0.0, 1.0])), [2, 0, 1])
    maps = np.array([[[1.0, -1.0], [3.0, -3.0]], [[0.0, 0.0], [0.0, 4.0]]])
    np.testing.assert_array_equal(strengths(maps), [2, 1])


def test_nothing_is_changed_on_the_network(model, images):
    first = hidden_layers(model)[0]
    with untouched(model):
        follow(model, images[0].numpy(), {first.name: [0]})


def test_the_answer_the_strongest_units_and_the_largest_number(images):
    model = load("default").model
    passage = follow(model, images[0].numpy())
    shares = passage.probabilities.tolist()
    assert passage.is_finite
    assert passage.answer == shares.index(max(shares))
    assert passage.confidence == max(shares)
    for layer in hidden_layers(model):
        values = passage.activations[layer.name]
        strong = strengths(values).tolist()
        order = passage.strongest_first(layer.name).tolist()
        assert order == sorted(range(layer.units), key=lambda unit: -strong[unit])
        assert passage.largest(layer.name) == max(abs(each) for each in values.flat)


def test_numbers_beyond_all_bounds_are_noticed(images):
    model = make(TrainingConfig())
    with torch.no_grad():
        model.layers.output.bias[0] = torch.nan
    assert not follow(model, images[0].numpy()).is_finite
