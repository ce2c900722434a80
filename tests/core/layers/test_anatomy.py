"""What a network consists of, against networks whose weights were really set to zero."""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch

from core.config import TrainingConfig
from core.layers.anatomy import (
    before_output,
    exam_mode,
    fingerprint,
    first_layer,
    first_weights,
    hidden_layers,
    output_layer,
    outputs,
    steps,
    weight_tiles,
)
from core.model import build_model
from tests.networks import CONFIGS, CONV, PLAIN, make, without_weights


@pytest.fixture(params=CONFIGS)
def model(request):
    return make(CONFIGS[request.param])


@pytest.fixture(scope="module")
def digits(generated):
    return generated.test[:8]


@pytest.fixture(scope="module")
def images(digits):
    return digits.images.float() / 255


def test_the_steps_one_after_the_other_are_the_network(model, images):
    values = images[:, None]
    for _, step in steps(model):
        values = step(values)
    with torch.no_grad():
        torch.testing.assert_close(values, model(images))
    assert dict(model.named_modules()).keys() >= {name for name, _ in steps(model)} - {"flatten"}


def test_the_output_layer_is_given_what_is_before_it(model, images):
    with torch.no_grad():
        scores = output_layer(model)(before_output(model, images))
        torch.testing.assert_close(scores, model(images))


def test_the_first_layer_is_the_one_with_the_first_weights(model):
    name, layer = first_layer(model)
    first = next(name for name, value in model.named_parameters() if value.dim() > 1)
    assert f"{name}.weight" == first
    assert layer is model.get_submodule(name)


def test_a_unit_switched_off_is_one_whose_weights_are_zero(model, images):
    for layer in hidden_layers(model):
        off = {layer.name: {0, layer.units // 2, layer.units - 1}}
        found = outputs(model, images, off)["layers.output"]
        with torch.no_grad():
            torch.testing.assert_close(found, without_weights(model, off)(images))


def test_the_units_of_the_layers_have_a_name():
    model = make(CONV.changed(hidden_sizes=(128,)))
    names = [(each.units, each.noun) for each in hidden_layers(model)]
    assert names == [*((size, "filter") for size in (16, 32, 64, 96)), (128, "unit")]
    assert [each.units for each in hidden_layers(make(CONFIGS["dropout"]))] == [20, 10]
    assert hidden_layers(make(TrainingConfig(hidden_sizes=()))) == []


def test_the_first_weights_are_tiles():
    dense, conv = make(PLAIN), make(CONV)
    rows = dense.layers.hidden_1.weight.detach().numpy()
    np.testing.assert_array_equal(first_weights(dense).reshape(20, 784), rows)
    kernels = conv.features.convolution_1.weight.detach().numpy()
    np.testing.assert_array_equal(first_weights(conv), kernels[:, 0])
    assert first_weights(make(TrainingConfig(hidden_sizes=()))).shape == (10, 28, 28)
    assert weight_tiles(np.arange(2 * 784).reshape(2, 784))[1, 0, 1] == 785
    assert weight_tiles(np.zeros((4, 1, 3, 3))).shape == (4, 3, 3)


@pytest.mark.parametrize("off", [{"layers.activation_9": [0]}, {"layers.activation_1": [20]}])
def test_what_the_network_does_not_have_cannot_be_switched_off(off, images):
    with pytest.raises(ValueError, match=next(iter(off))):
        outputs(make(PLAIN), images, off)


@pytest.mark.parametrize("training", [False, True])
def test_looking_changes_nothing_and_dropout_is_off(training, images):
    for config in (CONFIGS["dropout"], CONFIGS["conv, dropout"]):
        model = make(config).train(training)
        before = copy.deepcopy(model.state_dict())
        once, again = outputs(model, images), outputs(model, images)
        assert all(torch.equal(once[name], again[name]) for name in once)
        assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
        assert all(module.training == training for module in model.modules())


def test_training_goes_on_after_an_error():
    model = make(PLAIN).train()
    with pytest.raises(ZeroDivisionError), exam_mode(model):
        assert not model.training
        raise ZeroDivisionError
    assert model.training


def test_the_fingerprint_tells_networks_apart():
    first, again = (build_model(TrainingConfig(seed=1)) for _ in range(2))
    assert fingerprint(first) == fingerprint(again)
    other = build_model(TrainingConfig(seed=1, activation="tanh"))  # the same weights
    assert fingerprint(first) != fingerprint(other)
    with torch.no_grad():
        again.layers.output.bias[0] += 1e-3
    assert fingerprint(first) != fingerprint(again)
