"""What the parts of a network do, against networks whose weights were really set to zero."""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from core.charts.mosaics import COLD, WARM
from core.charts.units import beside_maps, coloured, cross, unit_tiles
from core.config import ACTIVATIONS, TrainingConfig
from core.evaluation import evaluate, probabilities
from core.explain import importance as measure
from core.layers import anatomy as explain
from core.model import build_model
from core.pretrained import load

PLAIN = TrainingConfig(hidden_sizes=(20, 10))
CONV = TrainingConfig(architecture="conv")
CONFIGS = {
    **{f"dense {name}": PLAIN.changed(activation=name) for name in ACTIVATIONS},
    **{f"conv {name}": CONV.changed(activation=name) for name in ACTIVATIONS},
    "tutorial size": TrainingConfig(),
    "dropout": PLAIN.changed(dropout=0.5),
    "conv, dropout": CONV.changed(dropout=0.5),
    "one unit": TrainingConfig(hidden_sizes=(1,)),
    "one unit in the middle": TrainingConfig(hidden_sizes=(9, 1, 9)),
    "six layers": TrainingConfig(hidden_sizes=(12,) * 6),
    "wide": TrainingConfig(hidden_sizes=(2_048,)),
    "conv without hidden layer": CONV.changed(hidden_sizes=()),
}


def make(config: TrainingConfig) -> nn.Module:
    """An untrained network; its batch normalisation has means and scales of its own."""
    model = build_model(config)
    generator = torch.Generator().manual_seed(1)
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_(generator=generator).mul_(0.2)
            module.running_var.uniform_(0.5, 1.5, generator=generator)
            nn.init.normal_(module.weight, 1, 0.5, generator=generator)
            nn.init.normal_(module.bias, 0, 0.2, generator=generator)
    return model.eval()


@pytest.fixture(params=CONFIGS)
def model(request):
    return make(CONFIGS[request.param])


@pytest.fixture(scope="module")
def digits(generated):
    return generated.test[:60]


@pytest.fixture(scope="module")
def images(digits):
    return digits.images[:8].float() / 255


def without_weights(model: nn.Module, off: explain.Off) -> nn.Module:
    """A copy in which the layer after each of these units has zero weights for them."""
    model = copy.deepcopy(model)
    named = dict(model.named_modules())
    names = list(named)
    for layer, units in off.items():
        later = names[names.index(layer) + 1 :]
        listener = next(named[each] for each in later if hasattr(named[each], "weight"))
        last_maps = isinstance(listener, nn.Linear) and layer.startswith("features.")
        for unit in units:
            with torch.no_grad():
                if last_maps:  # each map of 3 by 3 was laid out in nine numbers
                    listener.weight[:, 9 * unit : 9 * unit + 9] = 0
                else:
                    listener.weight[:, unit] = 0
    return model


def test_a_unit_switched_off_is_one_whose_weights_are_zero(model, images):
    for layer in explain.layers(model):
        off = {layer.name: {0, layer.units // 2, layer.units - 1}}
        found = explain.outputs(model, images, off)["layers.output"]
        with torch.no_grad():
            torch.testing.assert_close(found, without_weights(model, off)(images))


def test_units_of_all_layers_at_once(images):
    for model in (load("tutorial").model, load("default").model):
        layers = explain.layers(model)
        off = {layer.name: set(range(0, layer.units, 3)) for layer in layers}
        passage = explain.follow(model, images[0].numpy(), off)
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
    passage = explain.follow(model, images[0].numpy())
    for layer in explain.layers(model):
        found = passage.activations[layer.name]
        assert found.shape[0] == layer.units
        assert layer.is_convolution == (found.ndim == 3)
        np.testing.assert_allclose(found, seen[layer.name], atol=1e-5)
    np.testing.assert_allclose(passage.probabilities, seen[""].softmax(0), atol=1e-6)


def test_the_layers_have_names_for_people():
    model = make(CONV.changed(hidden_sizes=(128,)))
    names = [(each.label, each.units, each.noun) for each in explain.layers(model)]
    filters = [(f"Convolution {n}", size, "filter") for n, size in enumerate((16, 32, 64, 96), 1)]
    assert names == [*filters, ("Hidden layer 1", 128, "unit")]
    assert [each.units for each in explain.layers(make(CONFIGS["dropout"]))] == [20, 10]
    assert explain.layers(make(TrainingConfig(hidden_sizes=()))) == []


def test_importance_is_what_a_naive_loop_measures(model, digits):
    found = measure.importance(model, digits)
    part, first = digits[: found.images], explain.layers(model)[0]
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
    found = measure.importance(model, digits, shares.append)
    changes = abs(found.losses - found.loss)
    assert changes.argmax() == 4
    assert shares == sorted(shares)


def test_large_networks_are_tried_on_fewer_images():
    sizes = [(100, 50), (512, 512), (2_048, 2_048)]
    counts = [measure.image_count(make(TrainingConfig(hidden_sizes=each))) for each in sizes]
    assert counts[0] == 2_000
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == measure.IMAGE_COUNTS[-1]
    assert measure.image_count(make(CONV)) in measure.IMAGE_COUNTS


def test_the_images_that_excite_a_unit_most(model, digits):
    found = measure.excitement(model, digits)
    first = explain.layers(model)[0]
    values = explain.outputs(model, digits.images.float() / 255)[first.name]
    values = values.flatten(2).mean(2).numpy() if first.is_convolution else values.numpy()
    assert found.images == len(digits)
    for unit in range(0, first.units, max(1, first.units // 8)):
        own, top = values[:, unit], found.top[unit]
        best = np.sort(own)[::-1][: measure.TOP]
        np.testing.assert_allclose(own[top], best[best > own.min()], atol=1e-5)
        for digit in range(10):
            expected = own[digits.labels.numpy() == digit].mean()
            np.testing.assert_allclose(found.by_digit[unit, digit], expected, rtol=1e-4, atol=1e-5)


def test_a_silent_unit_is_excited_by_nothing(digits):
    model = make(PLAIN)
    with torch.no_grad():
        model.layers.hidden_1.bias[3] = -1_000
    found = measure.excitement(model, digits)
    assert len(found.top[3]) == 0
    assert not found.by_digit[3].any()
    threes = digits[: len(digits)].labels == 3
    only = type(digits)(digits.images[threes], digits.labels[threes])
    assert np.isnan(measure.excitement(model, only).by_digit[0]).sum() == 9


def test_without_hidden_layer_the_outputs_are_the_units(digits):
    model = make(TrainingConfig(hidden_sizes=()))
    assert explain.first_weights(model).shape == (10, 28, 28)
    found = measure.excitement(model, digits)
    with torch.no_grad():
        scores = model(digits.images.float() / 255)
    assert [top[0] for top in found.top] == scores.argmax(0).tolist()
    with pytest.raises(ValueError, match="layer of units"):
        measure.importance(model, digits)
    assert explain.follow(model, digits.images[0].numpy() / 255).activations == {}


def test_the_first_weights_and_maps():
    dense, conv = make(PLAIN), make(CONV)
    rows = dense.layers.hidden_1.weight.detach().numpy()
    np.testing.assert_array_equal(explain.first_weights(dense).reshape(20, 784), rows)
    kernels = conv.features.convolution_1.weight.detach().numpy()
    np.testing.assert_array_equal(explain.first_weights(conv), kernels[:, 0])
    picture = torch.rand(2, 28, 28, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        expected = conv.features[:4](picture[:, None])
    assert expected.shape == (2, 16, 14, 14)
    np.testing.assert_allclose(explain.first_maps(conv, picture), expected, atol=1e-5)


def test_nothing_is_changed_on_the_network(model, digits):
    before = {name: value.clone() for name, value in model.state_dict().items()}
    measure.importance(model, digits)
    measure.excitement(model, digits)
    first = explain.layers(model)[0]
    explain.follow(model, digits.images[0].numpy() / 255, {first.name: [0]})
    for name, value in model.state_dict().items():
        assert torch.equal(value, before[name])
    for module in model.modules():
        assert not module._forward_hooks
        assert not module.training
    assert all(each.grad is None and each.requires_grad for each in model.parameters())


@pytest.mark.parametrize("off", [{"layers.activation_9": [0]}, {"layers.activation_1": [20]}])
def test_what_the_network_does_not_have_cannot_be_switched_off(off, images):
    with pytest.raises(ValueError, match=next(iter(off))):
        explain.outputs(make(PLAIN), images, off)


def test_colours_are_on_one_scale_and_those_off_are_crossed_out():
    values = np.array([0.0, 2.0, -2.0, 1.0])
    tiles = unit_tiles(values, [3], 2.0)
    middle = tiles.shape[1] // 2
    assert tiles[0, 2, middle].tolist() == [255, 255, 255]
    assert tiles[1, 2, middle].tolist() == WARM.tolist()
    assert tiles[2, 2, middle].tolist() == COLD.tolist()
    inside = tiles[3, 1:-1, 1:-1]
    assert (inside[cross(len(inside))] == inside[0, 0]).all()
    assert inside[0, 0].max() < 64
    maps = unit_tiles(np.arange(18.0).reshape(2, 3, 3), [], 17.0)
    assert maps[1, -2, -2].tolist() == WARM.tolist()


def test_tiles_keep_their_places():
    values = np.random.default_rng(0).normal(size=(5, 3, 4))
    alone = [coloured(each[None], 2.0)[0] for each in values]
    np.testing.assert_array_equal(coloured(values, 2.0), alone)
    images = np.full((2, 28, 28), 7, dtype=np.uint8)
    pairs = beside_maps(images, np.ones((2, 14, 14)))
    assert pairs.shape == (2, 28, 57, 3)
    assert (pairs[:, :, :28] == 7).all()
    assert (pairs[:, :, 29:] == WARM).all()
