"""A network and its optimiser as Python source, read off the very ones that the app trains."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import nn

from core.config import ACTIVATIONS, TrainingConfig
from core.model import Dropout, outline, steps
from core.trainer import build_optimizer


def layers_source(config: TrainingConfig) -> list[str]:
    """The layers as Python source: those of the network itself, built without its numbers."""
    activation = ACTIVATIONS[config.activation]
    source = f"nn.{activation.torch_name}({written(activation.arguments)})"
    return [_source(layer, config.seed) or source for _, layer in steps(outline(config))]


def _source(layer: nn.Module, seed: int) -> str:
    """One layer as Python source; "" for an activation."""
    match layer:
        case nn.Linear():
            return f"nn.Linear({layer.in_features}, {layer.out_features})"
        case nn.Conv2d():
            channels = f"{layer.in_channels}, {layer.out_channels}"
            return f"nn.Conv2d({channels}, kernel_size=3, padding=1)"
        case nn.BatchNorm2d():
            return f"nn.BatchNorm2d({layer.num_features})"
        case nn.MaxPool2d():
            return f"nn.MaxPool2d({layer.kernel_size})"
        case nn.Flatten():
            return "nn.Flatten()"
        case Dropout():
            return f"Dropout({layer.share}, seed={seed})"
    return ""


def written(values: Mapping[str, Any]) -> str:
    """Named arguments as Python source."""
    return ", ".join(f"{name}={value}" for name, value in values.items())


def in_one_pass(config: TrainingConfig) -> bool:
    """Whether the app lets the optimiser of `config` take all weights in one pass (`fused`)."""
    with torch.device("meta"):
        return bool(build_optimizer(nn.Linear(1, 1), config).defaults.get("fused"))
