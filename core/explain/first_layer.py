"""All that is measured of a network's first layer: its weights, what excites each unit, what for.

What the two measurements are is in core/explain/importance.py.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from torch import nn

from core.background import OnShare
from core.data import Digits
from core.explain.importance import Excitement, Importance, excitement, importance
from core.model import first_weights, hidden_layers

FULL = 99.5  # per cent of all weights are below the one that has the full colour


@dataclass(frozen=True, eq=False)
class FirstLayer:
    """The first layer of a network, measured. Without a hidden layer, its units are the outputs.

    weights: float32 (units, H, W); importance: None where there is nothing to switch off; noun:
    what a unit is called.
    """

    weights: np.ndarray
    excitement: Excitement
    importance: Importance | None
    noun: str

    @cached_property
    def order(self) -> np.ndarray:
        """int64 (units,): the most important first; outputs stay in their order."""
        return np.arange(len(self.weights)) if self.importance is None else self.importance.order

    def rank(self, unit: int) -> int:
        """Its place in that order, from 1."""
        return self.order.tolist().index(unit) + 1

    @cached_property
    def full_colour(self) -> float:
        """From this size on a weight has the full colour; by the few largest, all would be pale."""
        return float(np.percentile(np.abs(self.weights), FULL)) or 1.0

    @cached_property
    def decimals(self) -> int:
        """In so many the largest rise of the loss has two digits; 3 to 6."""
        rises = self.importance.rises
        largest = np.abs(rises[np.isfinite(rises)]).max(initial=0)
        return min(6, max(3, 1 - math.floor(math.log10(largest)))) if largest else 3


def study_first_layer(
    model: nn.Module, digits: Digits, on_share: OnShare = lambda share: None
) -> FirstLayer:
    """Measure the first layer on digits, at least one."""
    layers = hidden_layers(model)
    matters = importance(model, digits, on_share) if layers else None
    noun = layers[0].noun if layers else "answer"
    return FirstLayer(first_weights(model), excitement(model, digits), matters, noun)
