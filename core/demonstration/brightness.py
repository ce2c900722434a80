"""How brightly every unit of a network lights up while it reads one image.

It asks the network itself, layer by layer, and invents nothing; the answer comes from the same
function as everywhere else, `core.evaluation.read`.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from core.demonstration.recording import Reading, Shape
from core.evaluation import read
from core.model import hidden_layers, outputs
from core.networks.card import Doubt


def reading_of(
    model: nn.Module, renderings: np.ndarray, doubt: Doubt | None = None
) -> Reading | None:
    """What `model` makes of a digit, layer by layer.

    renderings: float (R, 28, 28) in [0, 1], the digit in R ways; its answer is the mean over them,
    and the layers are those of the first.

    A number of a layer is shown by its size, whether above or below zero, beside the largest of
    that layer. doubt: when it says that it is no digit, if it can. None where the numbers of a
    network have grown beyond all bounds.
    """
    image = renderings[0]
    found = outputs(model, torch.as_tensor(image, dtype=torch.float32)[None])
    shapes, levels = [Shape("picture", 1, len(image))], [as_levels(image[None])]
    for layer in hidden_layers(model):
        numbers = found[layer.name][0].numpy()  # (units,) or (filters, h, w)
        numbers = numbers.reshape(layer.units, numbers.shape[-1] if numbers.ndim == 3 else 1, -1)
        shapes.append(Shape(layer.noun, layer.units, numbers.shape[1]))
        levels.append(as_levels(numbers))
    shares = read(model, renderings).tolist()
    if not (np.isfinite(shares).all() and all(each is not None for each in levels)):
        return None
    none = doubt.about(model, renderings) if doubt else False
    return Reading(tuple(shapes), tuple(levels), tuple(shares), none)


def as_levels(numbers: np.ndarray) -> np.ndarray | None:
    """uint8 of the same shape: 255 for the largest, without its sign; None for what is no number.

    All are 0 where nothing lights up.
    """
    sizes = np.abs(numbers)
    if not np.isfinite(sizes).all():
        return None
    largest = float(sizes.max())
    return (255 * sizes / (largest or 1)).round().astype(np.uint8)
