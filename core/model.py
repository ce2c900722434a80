"""The networks: the tutorial network with any hidden layers, and a convolutional one.

Both take images and give one score (logit) for each digit; neither knows how it is trained.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from core.config import ACTIVATIONS, CLASSES, IMAGE_SIDE, TrainingConfig

PIXELS = IMAGE_SIDE * IMAGE_SIDE  # 784
# filters of the convolutions: what one processor core trains in minutes
CHANNELS = (16, 32, 64, 96)
POOLED = (1, 2, 4)  # after these convolutions height and width are halved: 28 -> 14 -> 7 -> 3


class Dropout(nn.Module):
    """Switches a share of the numbers off at random in training, and scales up the rest.

    Unlike `nn.Dropout` it draws from a generator of its own, so that runs side by side repeat.
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

    def extra_repr(self) -> str:
        return f"share={self.share}"


class Classifier(nn.Module):
    """The tutorial network: 784 inputs, hidden layers, 10 scores.

    `layers` names its parts in the order in which numbers pass through: hidden_1, activation_1, …,
    output.
    """

    def __init__(
        self,
        hidden_sizes: Sequence[int] = (100, 50),
        activation: str = "relu",
        dropout: float = 0.0,
    ) -> None:
        super().__init__()
        self.layers = nn.Sequential(dense_layers(PIXELS, hidden_sizes, activation, dropout))

    def forward(self, images: Tensor) -> Tensor:
        """Images (B, 28, 28) or (B, 1, 28, 28), float in [0, 1] -> logits (B, 10)."""
        return self.layers(images.flatten(1))  # (B, 784) -> (B, 10)


class ConvClassifier(nn.Module):
    """Four convolutions that find strokes and their meetings, then dense layers that decide.

    `features` holds the convolutions, layer by layer, `layers` the rest, named as in Classifier.
    """

    def __init__(
        self, hidden_sizes: Sequence[int] = (128,), activation: str = "relu", dropout: float = 0.0
    ) -> None:
        super().__init__()
        self.features = nn.Sequential(convolutions(activation))
        pooled_side = IMAGE_SIDE // 2 ** len(POOLED)
        inputs = CHANNELS[-1] * pooled_side * pooled_side
        self.layers = nn.Sequential(dense_layers(inputs, hidden_sizes, activation, dropout))

    def forward(self, images: Tensor) -> Tensor:
        """Images (B, 28, 28) or (B, 1, 28, 28), float in [0, 1] -> logits (B, 10)."""
        # With the channels of a pixel side by side in memory, training takes a third less time.
        pixels = images.reshape(-1, IMAGE_SIDE, IMAGE_SIDE, 1).permute(0, 3, 1, 2)  # (B, 1, 28, 28)
        maps = self.features(pixels)  # (B, 96, 3, 3)
        return self.layers(maps.flatten(1))  # (B, 864) -> (B, 10)


NETWORKS = {"dense": Classifier, "conv": ConvClassifier}  # one for each of config.ARCHITECTURES


def build_model(config: TrainingConfig) -> nn.Module:
    """The untrained network that `config` describes. The same seed gives the same weights."""
    network = NETWORKS[config.architecture]
    model = network(config.hidden_sizes, config.activation, config.dropout)
    _draw_first_weights(model, config.seed)
    return model


def parameter_counts(model: nn.Module) -> dict[str, int]:
    """How many numbers each layer learns, by the layer's name, in order."""
    return {
        name.rpartition(".")[2]: sum(parameter.numel() for parameter in layer.parameters())
        for name, layer in model.named_modules()
        if next(layer.parameters(recurse=False), None) is not None
    }


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


def _draw_first_weights(model: nn.Module, seed: int) -> None:
    """PyTorch's own first weights, drawn from a private generator: runs side by side repeat."""
    generator = torch.Generator().manual_seed(seed)
    for layer in model.modules():
        if isinstance(layer, (nn.Linear, nn.Conv2d)):
            nn.init.kaiming_uniform_(layer.weight, a=math.sqrt(5), generator=generator)
            bound = 1 / math.sqrt(layer.weight[0].numel())
            nn.init.uniform_(layer.bias, -bound, bound, generator=generator)
        elif isinstance(layer, Dropout):
            layer.generator.manual_seed(seed)
