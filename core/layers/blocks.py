"""What the networks are built from: layers by name, in the order in which numbers pass through.

Torch has most of them ready. Their first weights are drawn here too, by the seed alone.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from core.config import ACTIVATIONS, CHANNELS, CLASSES, IMAGE_SIDE

PIXELS = IMAGE_SIDE * IMAGE_SIDE  # 784
POOLED = (1, 2, 4)  # after these convolutions height and width are halved: 28 -> 14 -> 7 -> 3


class Dropout(nn.Module):
    """Switches a share of the numbers off at random in training, and scales up the rest.

    `nn.Dropout` draws from one generator that all runs of the program share: two that train at the
    same time would take each other's numbers, and none could be repeated. This one has its own.
    """

    def __init__(self, share: float, seed: int = 0) -> None:
        super().__init__()
        self.share = share
        self.generator = torch.Generator().manual_seed(seed)

    def forward(self, values: Tensor) -> Tensor:
        if not self.training:
            return values
        kept = torch.rand(values.shape, generator=self.generator) >= self.share
        return values * kept.to(values) / (1 - self.share)


def activation_layer(name: str) -> nn.Module:
    """The torch layer of an entry of config.ACTIVATIONS."""
    choice = ACTIVATIONS[name]
    return getattr(nn, choice.torch_name)(**choice.arguments)


def dense_layers(
    inputs: int, hidden_sizes: Sequence[int], activation: str, dropout: float
) -> OrderedDict[str, nn.Module]:
    """Fully connected layers from `inputs` numbers to 10 scores, by name."""
    layers: OrderedDict[str, nn.Module] = OrderedDict()
    for number, size in enumerate(hidden_sizes, start=1):
        layers[f"hidden_{number}"] = nn.Linear(inputs, size)
        layers[f"activation_{number}"] = activation_layer(activation)
        if dropout:
            layers[f"dropout_{number}"] = Dropout(dropout)
        inputs = size
    layers["output"] = nn.Linear(inputs, CLASSES)
    return layers


def convolutions(activation: str) -> OrderedDict[str, nn.Module]:
    """Images (B, 1, 28, 28) -> maps (B, CHANNELS[-1], 3, 3), layer by layer.

    The batch normalisation (Ioffe and Szegedy, 2015) keeps each filter's answers at one scale, so
    that training may take larger steps. Pooling comes first and leaves it fewer numbers.
    """
    layers: OrderedDict[str, nn.Module] = OrderedDict()
    inputs = 1
    for number, outputs in enumerate(CHANNELS, start=1):
        layers[f"convolution_{number}"] = nn.Conv2d(inputs, outputs, kernel_size=3, padding=1)
        if number in POOLED:
            layers[f"pooling_{number}"] = nn.MaxPool2d(2)
        layers[f"normalization_{number}"] = nn.BatchNorm2d(outputs)
        layers[f"activation_{number}"] = activation_layer(activation)
        inputs = outputs
    return layers


def convolved_numbers() -> int:
    """How many numbers the convolutions hand on for an image: 864."""
    side = IMAGE_SIDE // 2 ** len(POOLED)
    return CHANNELS[-1] * side * side


def as_maps(images: Tensor) -> Tensor:
    """Images (B, 28, 28) or (B, 1, 28, 28) -> (B, 1, 28, 28), as convolutions like them best.

    That is with all channels of a pixel side by side in memory ("channels last"): training takes a
    third less time. An image has one channel and its numbers lie the same way in both orders; the
    detour by (B, 28, 28, 1) tells torch which of them is meant, for the layers that follow.
    """
    return images.reshape(-1, IMAGE_SIDE, IMAGE_SIDE, 1).permute(0, 3, 1, 2)


def draw_first_weights(model: nn.Module, seed: int) -> None:
    """Evenly between plus and minus one over the root of a unit's inputs, as PyTorch does it.

    PyTorch itself would draw from the generator that all runs share: see Dropout.
    """
    generator = torch.Generator().manual_seed(seed)
    for layer in model.modules():
        if isinstance(layer, (nn.Linear, nn.Conv2d)):
            bound = 1 / math.sqrt(layer.weight[0].numel())
            nn.init.uniform_(layer.weight, -bound, bound, generator=generator)
            nn.init.uniform_(layer.bias, -bound, bound, generator=generator)
        elif isinstance(layer, Dropout):
            layer.generator.manual_seed(seed)
