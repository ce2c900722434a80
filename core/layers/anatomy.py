"""What the parts of a network do: what each unit hands on, and how it answers without some of them.

A network is run layer by layer, as it is: nothing is changed on it, so that many may look into the
same one at once. Dropout is left out, as in an exam.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from core.charts.mosaics import first_layer_tiles
from core.config import IMAGE_SIDE
from core.evaluation import exam_mode
from core.model import Dropout

Steps = list[tuple[str, nn.Module]]
Off = Mapping[str, Collection[int]]  # by a layer's name: the units that are switched off


@dataclass(frozen=True)
class Layer:
    """A layer whose units can be switched off.

    name: its activation's in the model, such as layers.activation_1; number: from 1 among its kind;
    units: how many. In a convolution a unit is a filter and hands on a map, else one number.
    """

    name: str
    number: int
    units: int
    is_convolution: bool

    @property
    def label(self) -> str:
        """For a visitor: Hidden layer 1."""
        return f"{'Convolution' if self.is_convolution else 'Hidden layer'} {self.number}"

    @property
    def noun(self) -> str:
        """What one of its units is called."""
        return "filter" if self.is_convolution else "unit"


@dataclass(frozen=True, eq=False)
class Passage:
    """What one image became on its way, all float32.

    activations: by a layer's name, (units,) or (filters, h, w); probabilities: (10,), sum 1.
    """

    activations: dict[str, np.ndarray]
    probabilities: np.ndarray


def layers(model: nn.Module) -> list[Layer]:
    """The hidden layers in order; none for a network without any."""
    found, units = [], 0
    for name, step in steps(model):
        if isinstance(step, (nn.Linear, nn.Conv2d)):
            units = len(step.weight)
        part, _, kind = name.partition(".")
        if kind.startswith("activation_"):
            number = int(kind.removeprefix("activation_"))
            found.append(Layer(name, number, units, part == "features"))
    return found


def steps(model: nn.Module) -> Steps:
    """All that numbers pass through, in order, by the names that the model has for them."""
    parts = [part for part in ("features", "layers") if hasattr(model, part)]
    named = {
        part: [
            (f"{part}.{name}", step)
            for name, step in getattr(model, part).named_children()
            if not isinstance(step, Dropout)
        ]
        for part in parts
    }
    return [*named.get("features", []), ("flatten", nn.Flatten()), *named["layers"]]


def outputs(model: nn.Module, images: Tensor, off: Off | None = None) -> dict[str, Tensor]:
    """What every step hands on for images, float (B, 28, 28) in [0, 1], by its name.

    off: these units hand on zero, whatever they were given (*ablation*). For those who listen, it
    is the same as if all their weights for this unit were zero. Raises ValueError for a layer or a
    unit that the network does not have.
    """
    off = _checked(model, off or {})
    handed_on = {}
    with exam_mode(model), torch.no_grad():
        values = entry(images)
        for name, step in steps(model):
            values = step(values)
            if off.get(name):
                values = values.index_fill(1, torch.tensor(sorted(off[name])), 0.0)
            handed_on[name] = values
    return handed_on


def follow(model: nn.Module, image: np.ndarray, off: Off | None = None) -> Passage:
    """One image, float (28, 28) in [0, 1], on its way through the network; `off` as above."""
    found = outputs(model, torch.as_tensor(image, dtype=torch.float32)[None], off)
    activations = {layer.name: found[layer.name][0].numpy() for layer in layers(model)}
    return Passage(activations, found["layers.output"][0].softmax(0).numpy())


def strengths(activations: np.ndarray) -> np.ndarray:
    """How strongly each unit of a layer speaks up, above or below zero: float32 (units,).

    activations: one image's, (units,) or (filters, h, w); of a map the mean counts.
    """
    return np.abs(activations.reshape(len(activations), -1)).mean(axis=1)


def first_weights(model: nn.Module) -> np.ndarray:
    """The weights of the first layer as pictures: float32 (units, 28, 28) or (filters, 3, 3)."""
    first = next(step for _, step in steps(model) if isinstance(step, (nn.Linear, nn.Conv2d)))
    return first_layer_tiles(first.weight.detach().numpy())


def first_maps(model: nn.Module, images: Tensor) -> np.ndarray:
    """What the filters of a first convolution hand on: float32 (B, filters, 14, 14).

    images: float (B, 28, 28) in [0, 1].
    """
    return outputs(model, images)[layers(model)[0].name].numpy()


def entry(images: Tensor) -> Tensor:
    """As the networks themselves lay them in memory: (B, 28, 28) -> (B, 1, 28, 28)."""
    return images.reshape(-1, IMAGE_SIDE, IMAGE_SIDE, 1).permute(0, 3, 1, 2)


def _checked(model: nn.Module, off: Off) -> Off:
    sizes = {layer.name: layer.units for layer in layers(model)}
    for name, units in off.items():
        if name not in sizes:
            raise ValueError(f"The network has no layer {name!r}, only {', '.join(sizes)}.")
        if any(not 0 <= unit < sizes[name] for unit in units):
            raise ValueError(f"{name} has the units 0 to {sizes[name] - 1}, not {sorted(units)}.")
    return off
