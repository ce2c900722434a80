"""A network's layers as plain values for JSON, as network.js reads them. It writes no file.

What does nothing outside training, such as dropout, is left out.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from core.model import Dropout, steps

Packed = dict[str, int | str]  # bits of a number, and all of them one after the other, as base64


def layers_of(model: nn.Module, bits: int = 32) -> list[dict[str, Any]]:
    """Every layer by its name in PyTorch, with its numbers. bits: of a weight, 32 or 16."""
    return list(_layers(model, bits))


def _layers(model: nn.Module, bits: int) -> Iterator[dict[str, Any]]:
    maps = 1  # that the last convolution handed on
    for _, step in steps(model):
        layer: dict[str, Any] = {"kind": type(step).__name__}
        match step:
            case nn.Flatten() | Dropout():
                continue
            case nn.Linear() | nn.Conv2d():
                units, inputs, *_ = step.weight.shape
                weights, bias = packed(step.weight, bits), packed(step.bias)
                layer |= {"units": units, "inputs": inputs, "weights": weights, "bias": bias}
                maps = units
            case nn.MaxPool2d():
                layer |= {"inputs": maps}
            case nn.BatchNorm2d():
                scale = step.weight / torch.sqrt(step.running_var + step.eps)
                shift = step.bias - step.running_mean * scale
                layer |= {"scale": packed(scale), "shift": packed(shift)}
        yield layer


def packed(numbers: Tensor, bits: int = 32) -> Packed:
    """Numbers of any shape, row by row, the lowest byte first. bits: 32 or 16 (IEEE 754)."""
    kind = {32: np.dtype("<f4"), 16: np.dtype("<f2")}[bits]
    content = numbers.detach().cpu().contiguous().numpy().astype(kind).tobytes()
    return {"bits": bits, "base64": base64.b64encode(content).decode("ascii")}
