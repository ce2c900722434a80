"""The networks: shapes, names, numbers of weights, and first weights that repeat."""

import pytest
import torch
from torch import nn

from core.config import ACTIVATIONS, ARCHITECTURES, TrainingConfig
from core.model import build_model, parameter_counts


def test_the_tutorial_network_is_784_100_50_10():
    model = build_model(TrainingConfig())
    shapes = {name: tuple(value.shape) for name, value in model.named_parameters()}
    assert shapes == {
        "layers.hidden_1.weight": (100, 784),
        "layers.hidden_1.bias": (100,),
        "layers.hidden_2.weight": (50, 100),
        "layers.hidden_2.bias": (50,),
        "layers.output.weight": (10, 50),
        "layers.output.bias": (10,),
    }
    assert isinstance(model.layers.activation_1, nn.ReLU)
    assert sum(parameter_counts(model).values()) == 784 * 100 + 100 + 100 * 50 + 50 + 50 * 10 + 10


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("hidden_sizes", [(), (7,), (9, 8, 7, 6, 5, 4)])
def test_every_network_takes_both_image_shapes(architecture, activation, hidden_sizes):
    config = TrainingConfig(
        architecture=architecture, activation=activation, hidden_sizes=hidden_sizes, dropout=0.5
    )
    model = build_model(config).eval()
    images = torch.rand(3, 28, 28)
    logits = model(images)
    assert logits.shape == (3, 10)
    assert torch.equal(logits, model(images[:, None]))


def test_the_first_weights_depend_on_the_seed_alone():
    first = build_model(TrainingConfig(seed=3)).state_dict()
    torch.manual_seed(99)  # whatever else draws random numbers in this process
    again = build_model(TrainingConfig(seed=3)).state_dict()
    other = build_model(TrainingConfig(seed=4)).state_dict()
    assert all(torch.equal(first[name], again[name]) for name in first)
    assert not torch.equal(first["layers.hidden_1.weight"], other["layers.hidden_1.weight"])
