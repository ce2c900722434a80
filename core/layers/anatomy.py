"""What a network consists of: its layers in order, by name, and what each of them hands on.

All that knows how core/model.py puts its networks together is here and in core/layers/counts.py. A
network is run layer by layer, as it is: nothing is changed on it, so that many may look into the
same one at once. Dropout is off, as in an exam.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from core.layers.blocks import Dropout, as_maps

Steps = list[tuple[str, nn.Module]]  # by the names that the model has for them
Off = Mapping[str, Collection[int]]  # by a layer's name: the units that are switched off

FLATTEN = "flatten"  # the step in which maps or pixels become one row of numbers
OUTPUT = "layers.output"
LINEAR = (nn.Flatten, nn.Linear, nn.Identity, Dropout)  # steps that bend nothing in an exam


@dataclass(frozen=True)
class Layer:
    """A layer whose units can be switched off.

    name: its activation's in the model, such as layers.activation_1; units: how many. In a
    convolution a unit is a filter and hands on a map, else one number.
    """

    name: str
    units: int
    is_convolution: bool

    @property
    def noun(self) -> str:
        """What one of its units is called."""
        return "filter" if self.is_convolution else "unit"


def steps(model: nn.Module) -> Steps:
    """All that numbers pass through, in order: convolutions, if any, `FLATTEN`, dense layers."""
    parts = {
        part: [(f"{part}.{name}", step) for name, step in layers.named_children()]
        for part, layers in model.named_children()
    }
    return [*parts.get("features", []), (FLATTEN, nn.Flatten()), *parts["layers"]]


def hidden_layers(model: nn.Module) -> list[Layer]:
    """The hidden layers in order, convolutions among them; none for a network without any."""
    found, units = [], 0
    for name, step in steps(model):
        if isinstance(step, (nn.Linear, nn.Conv2d)):
            units = len(step.weight)
        part, _, kind = name.partition(".")
        if kind.startswith("activation_"):
            found.append(Layer(name, units, part == "features"))
    return found


def outputs(model: nn.Module, images: Tensor, off: Off | None = None) -> dict[str, Tensor]:
    """What every step hands on for images, float (B, 28, 28) in [0, 1], by its name.

    off: these units hand on zero, whatever they were given (*ablation*). For those who listen, it
    is the same as if all their weights for this unit were zero. Raises ValueError for a layer or a
    unit that the network does not have.
    """
    off = _checked(model, off or {})
    handed_on = {}
    with exam_mode(model), torch.no_grad():
        values = as_maps(images)
        for name, step in steps(model):
            values = step(values)
            if off.get(name):
                values = values.index_fill(1, torch.tensor(sorted(off[name])), 0.0)
            handed_on[name] = values
    return handed_on


def before_output(model: nn.Module, images: Tensor) -> Tensor:
    """What the output layer is given for images, float (B, 28, 28) in [0, 1]: float32 (B, D).

    D is the width of the last hidden layer, 864 for convolutions that lead straight to the output,
    784 (the pixels) for a network with no hidden layer.
    """
    with exam_mode(model), torch.no_grad():
        return run_steps(steps(model)[:-1], as_maps(images))


def run_steps(some: Iterable[tuple[str, nn.Module]], values: Tensor) -> Tensor:
    """What these steps, one after the other, make of the values."""
    for _, step in some:
        values = step(values)
    return values


def output_layer(model: nn.Module) -> nn.Linear:
    """The last layer: from what the hidden layers hand on to ten scores."""
    return model.get_submodule(OUTPUT)


def first_layer(model: nn.Module) -> tuple[str, nn.Linear | nn.Conv2d]:
    """The layer that looks at the pixels, and its name in the model, such as layers.hidden_1."""
    return next(
        (name, step) for name, step in steps(model) if isinstance(step, (nn.Linear, nn.Conv2d))
    )


def first_weights(model: nn.Module) -> np.ndarray:
    """The weights of the first layer as pictures: float32 (units, 28, 28) or (filters, 3, 3)."""
    _, layer = first_layer(model)
    return weight_tiles(layer.weight.detach().numpy())


def weight_tiles(weights: np.ndarray) -> np.ndarray:
    """A first layer's weights, (units, 784) or (filters, 1, h, w), as tiles (N, h, w)."""
    weights = np.asarray(weights)
    if weights.ndim == 4:
        return weights[:, 0]
    side = math.isqrt(weights.shape[1])
    return weights.reshape(-1, side, side)


def is_linear(model: nn.Module) -> bool:
    """Whether every score is a weighted sum of the pixels: no hidden layer, or no activation."""
    return all(isinstance(step, LINEAR) for _, step in steps(model))


def fingerprint(model: nn.Module) -> str:
    """SHA-256 of the layers and their weights."""
    checksum = hashlib.sha256(repr(model).encode())
    for name, tensor in model.state_dict().items():
        checksum.update(name.encode())
        checksum.update(tensor.detach().cpu().contiguous().numpy().tobytes())
    return checksum.hexdigest()


@contextmanager
def exam_mode(model: nn.Module) -> Iterator[None]:
    """Dropout and the like off, and back on afterwards if they were on."""
    was_training = model.training
    model.eval()
    try:
        yield
    finally:
        model.train(was_training)


def _checked(model: nn.Module, off: Off) -> Off:
    sizes = {layer.name: layer.units for layer in hidden_layers(model)}
    for name, units in off.items():
        if name not in sizes:
            raise ValueError(f"The network has no layer {name!r}, only {', '.join(sizes)}.")
        if any(not 0 <= unit < sizes[name] for unit in units):
            raise ValueError(f"{name} has the units 0 to {sizes[name] - 1}, not {sorted(units)}.")
    return off
