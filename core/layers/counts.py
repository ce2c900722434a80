"""How many numbers a network learns and hands on, and what they take up in memory.

All is counted on the network itself; nothing is estimated.
"""

from __future__ import annotations

import torch
from torch import nn

from core.config import IMAGE_SIDE
from core.layers.anatomy import FLATTEN, outputs, steps

BYTES = 4  # a float32


def parameter_counts(model: nn.Module) -> dict[str, int]:
    """How many numbers each layer learns, by the layer's name, in order."""
    counts = {
        name.rpartition(".")[2]: sum(parameter.numel() for parameter in step.parameters())
        for name, step in steps(model)
    }
    return {name: count for name, count in counts.items() if count}


def numbers_per_image(model: nn.Module) -> int:
    """How many numbers the layers hand on for one image, the ten scores included."""
    handed_on = outputs(model, torch.zeros(1, IMAGE_SIDE, IMAGE_SIDE))
    return sum(values.numel() for name, values in handed_on.items() if name != FLATTEN)


def batch_bytes(model: nn.Module, batch_size: int) -> int:
    """The size of all tensors that training on one batch needs.

    These are the weights, the images, what each layer hands on, and the gradient of each but the
    images.
    """
    learned = 2 * sum(parameter_counts(model).values())
    per_image = IMAGE_SIDE**2 + 2 * numbers_per_image(model)
    return BYTES * (learned + batch_size * per_image)
