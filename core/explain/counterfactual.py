"""The smallest change of an image, within its ink, after which a network answers otherwise.

A counterfactual explanation (Wachter, Mittelstadt and Russell, 2017): what would have to be
different? core/explain/flip_search.py finds it; nothing is changed on the network.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from torch import nn

from core.background import OnShare, Refused
from core.config import CLASSES
from core.evaluation import exam_mode, probabilities
from core.explain.flip_search import Search
from core.explain.scores import scores

INK = 0.1  # a pixel brighter than this, of full brightness, is ink
SEEN = 0.1  # a change of more than this is counted: smaller ones are hard to see


@dataclass(frozen=True, eq=False)
class Flip:
    """A change that turns the answer into `target`.

    before, after: float32 (28, 28) in [0, 1]; chances_before, chances_after: float32 (10,), what
    the network says to both; ink: bool (28, 28), the pixels that were allowed to change.
    """

    before: np.ndarray
    after: np.ndarray
    chances_before: np.ndarray
    chances_after: np.ndarray
    ink: np.ndarray
    target: int

    @cached_property
    def change(self) -> np.ndarray:
        """float32 (28, 28) in [-1, 1]: brighter above zero, darker below."""
        return self.after - self.before

    @property
    def ink_pixels(self) -> int:
        """How many pixels were allowed to change."""
        return int(self.ink.sum())

    @property
    def size(self) -> float:
        """The Euclidean length of the change: what the search makes small."""
        return float(np.linalg.norm(self.change))

    @property
    def changed_pixels(self) -> int:
        """How many pixels change by more than SEEN."""
        return int((np.abs(self.change) > SEEN).sum())

    @property
    def strongest(self) -> float:
        """The largest change of a pixel, 0 to 1."""
        return float(np.abs(self.change).max())

    def at(self, share: float) -> np.ndarray:
        """The image after this share of the change: 0 is before, 1 after, more is beyond."""
        return (self.before + share * self.change).clip(0, 1).astype(np.float32)


def smallest_flips(
    model: nn.Module, image: np.ndarray, on_share: OnShare = lambda share: None
) -> dict[int, Flip | None]:
    """For every other digit than the answer the smallest change found, or None.

    image: float (28, 28) in [0, 1]. None says that the search found nothing, not that there is
    nothing. Raises Refused where there is no ink and where the scores are no numbers.
    """
    image = np.asarray(image, dtype=np.float32)
    ink = image > INK
    answer = int(scores(model, image).argmax())
    targets = [digit for digit in range(CLASSES) if digit != answer]
    if not ink.any():
        raise Refused("There is no ink in this picture that could be changed.")
    with exam_mode(model):
        found = Search(model, image, ink, answer, targets, on_share).run()  # (T, 28, 28)
    return {
        target: _flip(model, image, after, ink, target)
        for target, after in zip(targets, found.numpy(), strict=True)
    }


def nearest(flips: Mapping[int, Flip | None]) -> Flip | None:
    """The smallest of the flips; None where none was found."""
    return min(filter(None, flips.values()), key=lambda flip: flip.size, default=None)


def _flip(
    model: nn.Module,
    before: np.ndarray,
    after: np.ndarray,
    ink: np.ndarray,
    target: int,
) -> Flip | None:
    """The change with what the network itself says to it; None if that is not the target."""
    chances = [probabilities(model, image[None])[0].numpy() for image in (before, after)]
    if int(chances[1].argmax()) != target:
        return None
    return Flip(before, after, *chances, ink, target)
