"""The networks: the tutorial network with any hidden layers, and a convolutional one.

Both take images and give one score (logit) for each digit; neither knows how it is trained. What
they are built from, and how to look into them, is in core/layers; others find it here.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from core.config import TrainingConfig
from core.layers.anatomy import (
    Layer,
    Off,
    Steps,
    before_output,
    exam_mode,
    fingerprint,
    first_layer,
    first_weights,
    hidden_layers,
    is_linear,
    output_layer,
    outputs,
    run_steps,
    steps,
    weight_tiles,
)
from core.layers.blocks import (
    PIXELS,
    Dropout,
    activation_layer,
    as_maps,
    convolutions,
    convolved_numbers,
    dense_layers,
    draw_first_weights,
)
from core.layers.counts import batch_bytes, parameter_counts

__all__ = [
    "NETWORKS",
    "PIXELS",
    "Classifier",
    "ConvClassifier",
    "Dropout",
    "Layer",
    "Off",
    "Steps",
    "activation_layer",
    "as_maps",
    "batch_bytes",
    "before_output",
    "build_model",
    "exam_mode",
    "fingerprint",
    "first_layer",
    "first_weights",
    "hidden_layers",
    "is_linear",
    "outline",
    "output_layer",
    "outputs",
    "parameter_counts",
    "run_steps",
    "steps",
    "weight_tiles",
]


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
        inputs = convolved_numbers()
        self.layers = nn.Sequential(dense_layers(inputs, hidden_sizes, activation, dropout))

    def forward(self, images: Tensor) -> Tensor:
        """Images (B, 28, 28) or (B, 1, 28, 28), float in [0, 1] -> logits (B, 10)."""
        maps = self.features(as_maps(images))  # (B, 1, 28, 28) -> (B, 96, 3, 3)
        return self.layers(maps.flatten(1))  # (B, 864) -> (B, 10)


NETWORKS = {"dense": Classifier, "conv": ConvClassifier}  # one for each of config.ARCHITECTURES


def build_model(config: TrainingConfig) -> nn.Module:
    """The untrained network that `config` describes. The same seed gives the same weights."""
    model = _layers_of(config)
    draw_first_weights(model, config.seed)
    return model


def outline(config: TrainingConfig) -> nn.Module:
    """Its layers and their shapes without numbers: it takes no memory, and cannot answer."""
    with torch.device("meta"):
        return _layers_of(config)


def _layers_of(config: TrainingConfig) -> nn.Module:
    network = NETWORKS[config.architecture]
    return network(config.hidden_sizes, config.activation, config.dropout)
