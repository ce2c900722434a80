"""What networks are built from: first weights that repeat, dropout, and the way into memory."""

from __future__ import annotations

import math

import pytest
import torch
from torch import nn

from core.config import TrainingConfig
from core.layers.blocks import Dropout, as_maps, draw_first_weights
from core.model import build_model


def test_the_first_weights_are_spread_as_pytorch_spreads_them():
    ours = build_model(TrainingConfig()).layers.hidden_1.weight
    torch.manual_seed(0)
    theirs = nn.Linear(784, 100).weight
    assert ours.abs().max() <= 1 / 28
    assert ours.std().item() == pytest.approx(theirs.std().item(), rel=0.02)


@pytest.mark.parametrize("layer", [nn.Linear(784, 20), nn.Linear(7, 3), nn.Conv2d(16, 32, 3)])
def test_the_first_weights_are_those_of_pytorchs_own_rule(layer):
    """PyTorch writes the same rule as Kaiming He's with a slope of the root of five."""
    generator = torch.Generator().manual_seed(3)
    weight = torch.empty_like(layer.weight)
    nn.init.kaiming_uniform_(weight, a=math.sqrt(5), generator=generator)
    draw_first_weights(layer, seed=3)
    assert torch.equal(layer.weight, weight)
    assert layer.bias.abs().max() <= 1 / math.sqrt(layer.weight[0].numel())


def test_dropout_switches_off_its_share_and_keeps_the_mean():
    layer = Dropout(0.3, seed=1)
    values = layer(torch.ones(100_000))
    assert (values == 0).float().mean().item() == pytest.approx(0.3, abs=0.01)
    assert values.mean().item() == pytest.approx(1, abs=0.02)
    assert torch.equal(layer.eval()(torch.ones(5)), torch.ones(5))


def test_maps_lie_in_memory_with_the_channels_of_a_pixel_side_by_side():
    images = torch.rand(5, 28, 28)
    maps = as_maps(images)
    assert torch.equal(maps, images[:, None])
    assert maps.stride() == (784, 1, 28, 1)
    assert maps.data_ptr() == images.data_ptr()  # nothing is copied
    after = nn.Conv2d(1, 4, 3)(maps)
    assert after.is_contiguous(memory_format=torch.channels_last)
