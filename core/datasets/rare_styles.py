"""Ways of writing that the writers of the strokes hardly have, sketched and then varied as theirs.

A 1 with a long arm, a 1 on a foot and a 0 with a slash: read wrongly where nobody showed them.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from core.datasets.no_digits.shapes import Strokes, arc, line
from core.datasets.pens.collection import pens_of
from core.datasets.pens.varied import USUAL, inked

Random = np.random.Generator
STEADY = replace(USUAL, turn=0.04)  # a 1 whose arm is turned to the level is a 7


def one_with_arm(random: Random, shortest: float = 0.3, longest: float = 0.7) -> Strokes:
    """The arm falls by 33 to 65 degrees: one flatter than 25 would be the bar of a 7."""
    angle, length = math.radians(random.uniform(33, 65)), random.uniform(shortest, longest)
    arm = -length * math.cos(angle), length * math.sin(angle)
    return [line(arm, (0, 0), (random.uniform(-0.05, 0.05), 1))]


def one_on_foot(random: Random) -> Strokes:
    """A stem, with a short arm or none, on a line."""
    stem = one_with_arm(random, 0.05, 0.4)
    left, right = random.uniform(0.15, 0.4, 2)
    return [*stem, line((-left, 1), (right, 1))]


def slashed_zero(random: Random) -> Strokes:
    """An oval, and a line from the upper right to the lower left of it, or a little beyond."""
    width, begin, reach = (
        random.uniform(0.25, 0.45),
        random.uniform(-140, -40),
        random.uniform(0.6, 1.4),
    )
    high, low = random.uniform(0.25, 0.5, 2)
    oval = arc(0, 0, width, 0.5, begin, begin + random.uniform(345, 375))
    return [oval, line((reach * width, -high * reach), (-reach * width, low * reach))]


STYLES = {  # the digit, and how it is sketched
    "1 with a long arm": (1, one_with_arm),
    "1 on a foot": (1, one_on_foot),
    "0 with a slash": (0, slashed_zero),
}


def rare_digits(name: str, count: int, seed: int) -> tuple[Tensor, Tensor]:
    """`count` digits in the style of this name: images uint8 (N, 28, 28), labels int64 (N,).

    The same seed gives the same images.
    """
    digit, sketch = STYLES[name]
    random = np.random.default_rng(seed)
    pens = pens_of([sketch(random) for _ in range(count)])
    images = inked(pens, torch.arange(count), seed, STEADY)
    return images, torch.full((count,), digit)
