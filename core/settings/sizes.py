"""How many numbers a network learns, counted from its settings alone: no network is built for it.

core/layers/counts.py counts the same, layer by layer, on a network that is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from core.settings.choices import CHANNELS, CLASSES, IMAGE_SIDE

WINDOW = 3 * 3  # weights with which a filter looks at each picture of the layer before
LAST_MAP = 3 * 3  # what is left of 28x28 pixels after the convolutions


def count_weights(architecture: str, hidden_sizes: Sequence[int]) -> int:
    """Weights, biases, and the two numbers with which each filter is normalised."""
    inputs, learned = IMAGE_SIDE**2, 0
    if architecture == "conv":
        learned = sum((WINDOW * few + 1 + 2) * many for few, many in pairwise((1, *CHANNELS)))
        inputs = CHANNELS[-1] * LAST_MAP
    sizes = (inputs, *hidden_sizes, CLASSES)
    return learned + sum((few + 1) * many for few, many in pairwise(sizes))
