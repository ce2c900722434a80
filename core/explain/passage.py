"""One image on its way through a network (the *forward pass*), and with units switched off.

The network itself stays as it is; core/layers runs it layer by layer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from core.model import Off, hidden_layers, outputs


@dataclass(frozen=True, eq=False)
class Passage:
    """What one image became on its way, all float32.

    activations: by a layer's name, (units,) or (filters, h, w); probabilities: (10,), sum 1.
    """

    activations: dict[str, np.ndarray]
    probabilities: np.ndarray

    @property
    def is_finite(self) -> bool:
        """Whether the answer is made of numbers: those of some networks grow beyond all bounds."""
        return bool(np.isfinite(self.probabilities).all())

    @property
    def answer(self) -> int:
        """The digit that it was read as."""
        return int(self.probabilities.argmax())

    @property
    def confidence(self) -> float:
        """The probability of that digit."""
        return float(self.probabilities.max())

    def strongest_first(self, layer: str) -> np.ndarray:
        """int64 (units,): the units of the layer with this name, by their `strengths`."""
        return np.argsort(-strengths(self.activations[layer]), kind="stable")

    def largest(self, layer: str) -> float:
        """The largest number that the layer hands on, without its sign."""
        return float(np.abs(self.activations[layer]).max())


def follow(model: nn.Module, image: np.ndarray, off: Off | None = None) -> Passage:
    """One image, float (28, 28) in [0, 1], on its way; units that are `off` hand on zero.

    off: their numbers, by their layer's name. Raises ValueError for one that is not there.
    """
    found = outputs(model, torch.as_tensor(image, dtype=torch.float32)[None], off)
    activations = {layer.name: found[layer.name][0].numpy() for layer in hidden_layers(model)}
    *_, logits = found.values()
    return Passage(activations, logits[0].softmax(0).numpy())


def strengths(activations: np.ndarray) -> np.ndarray:
    """How strongly each unit of a layer speaks up, above or below zero: float32 (units,).

    activations: one image's, (units,) or (filters, h, w); of a map the mean counts.
    """
    return np.abs(activations.reshape(len(activations), -1)).mean(axis=1)


def first_maps(model: nn.Module, images: Tensor) -> np.ndarray:
    """What the filters of a first convolution hand on: float32 (B, filters, 14, 14).

    images: float (B, 28, 28) in [0, 1].
    """
    return outputs(model, images)[hidden_layers(model)[0].name].numpy()
