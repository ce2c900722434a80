"""The smallest change of an image, within its ink, after which a network answers otherwise.

A counterfactual explanation (Wachter, Mittelstadt and Russell, 2017): what would have to be
different? It is searched for with the network's own slopes; nothing is changed on the network.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import Tensor, nn

from core.config import CLASSES, IMAGE_SIDE
from core.evaluation import exam_mode, probabilities
from core.explain.attribution import scores

INK = 0.1  # a pixel brighter than this, of full brightness, is ink
SEEN = 0.1  # a change of more than this is counted: smaller ones are hard to see
LEAD = 0.01  # of what the target was behind: so far it leads, so that no rounding undoes the flip
STRIDES, STRIDE = 25, 0.1  # the way to any flip: so many steps, so large for each pixel
REFINEMENTS = 40  # on the conv network a tenth of a second; ten times more gain about 3 %
PLACES = 16  # on the straight way back at which a flip is looked for


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
    answer: int
    target: int

    @cached_property
    def change(self) -> np.ndarray:
        """float32 (28, 28) in [-1, 1]: brighter above zero, darker below."""
        return self.after - self.before

    @property
    def size(self) -> float:
        """The Euclidean length of the change: what the search makes small."""
        return float(np.linalg.norm(self.change))

    @property
    def changed_pixels(self) -> int:
        """How many pixels change by more than SEEN."""
        return int((np.abs(self.change) > SEEN).sum())

    @property
    def mean_change(self) -> float:
        """The mean over all ink pixels, without signs, 0 to 1."""
        return float(np.abs(self.change[self.ink]).mean())

    @property
    def strongest(self) -> float:
        """The largest change of a pixel, 0 to 1."""
        return float(np.abs(self.change).max())

    def at(self, share: float) -> np.ndarray:
        """The image after this share of the change: 0 is before, 1 after, more is beyond."""
        return (self.before + share * self.change).clip(0, 1).astype(np.float32)


def smallest_flips(
    model: nn.Module, image: np.ndarray, targets: Collection[int] | None = None
) -> dict[int, Flip | None]:
    """For each target (default: every other digit) the smallest change found, or None.

    image: float (28, 28) in [0, 1]. None says that the search found nothing, not that there is
    nothing. Raises ValueError where there is no ink, where a target is the answer already or no
    digit, and where the scores are no numbers.
    """
    image = np.asarray(image, dtype=np.float32)
    ink = image > INK
    answer = int(scores(model, image).argmax())
    targets = sorted({*range(CLASSES)} - {answer} if targets is None else targets)
    if not ink.any():
        raise ValueError("There is no ink in this picture that could be changed.")
    if answer in targets:
        raise ValueError(f"The network reads this as {answer} already.")
    if not {*targets} <= {*range(CLASSES)}:
        raise ValueError(f"A digit is one of 0 to {CLASSES - 1}.")
    with exam_mode(model):
        found = Search(model, image, ink, answer, targets).run()  # (T, 28, 28)
    return {
        target: _flip(model, image, after, ink, answer, target)
        for target, after in zip(targets, found.numpy(), strict=True)
    }


def nearest(flips: Mapping[int, Flip | None]) -> Flip | None:
    """The smallest of the flips; None where none was found."""
    return min(filter(None, flips.values()), key=lambda flip: flip.size, default=None)


class Search:
    """All targets side by side, one row each; all images are float32 (T, 784)."""

    def __init__(
        self,
        model: nn.Module,
        image: np.ndarray,
        ink: np.ndarray,
        answer: int,
        targets: Collection[int],
    ) -> None:
        self.model = model
        self.targets = torch.tensor(targets)
        self.origin = torch.tensor(image).flatten().expand(len(targets), -1)
        self.ink = torch.tensor(ink).flatten().float()  # (784,)
        logits = scores(model, image)
        self.needed = (LEAD * (logits[answer] - logits[self.targets])).clamp(min=1e-6)  # (T,)

    def run(self) -> Tensor:
        """The nearest images found, float32 (T, 28, 28); not all of them need be flips."""
        images, found = self.climb(self.origin)
        if not found.all():  # no slope, or a dead end: once more, from ink of random brightness
            dice = torch.Generator().manual_seed(0)
            noise = torch.rand(self.origin.shape, generator=dice)
            others, _ = self.climb(self.origin + self.ink * (noise - self.origin))
            images = torch.where(found[:, None], images, others)
        images = self.back(self.refine(self.back(images)))
        return images.reshape(-1, IMAGE_SIDE, IMAGE_SIDE)

    def lead(self, images: Tensor, targets: Tensor | None = None) -> Tensor:
        """How far the target's score is ahead of the best other, (B,); a flip needs `needed`."""
        targets = self.targets if targets is None else targets
        logits = self.model(images.reshape(-1, IMAGE_SIDE, IMAGE_SIDE))  # (B, 10)
        others = logits.scatter(1, targets[:, None], -torch.inf).amax(dim=1)
        return logits.gather(1, targets[:, None])[:, 0] - others

    def slope(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Whether each image is a flip, (T,), and how its lead rises with each ink pixel."""
        images = images.detach().requires_grad_()
        lead = self.lead(images)
        (slope,) = torch.autograd.grad(lead.sum(), images)
        return lead.detach() >= self.needed, slope.nan_to_num() * self.ink

    def climb(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Uphill until the answer flips (Madry and others, 2018): the images, and which flipped."""
        for _ in range(STRIDES):
            flipped, slope = self.slope(images)
            if flipped.all():
                break
            step = STRIDE * slope.sign() * ~flipped[:, None]
            images = (images + step).clamp(0, 1)
        return images, self.flips(images)

    def refine(self, images: Tensor) -> Tensor:
        """Ever smaller changes: the nearest flips met on the way, else the images as they were.

        As J. Rony and others, "Decoupling Direction and Norm", 2019: the slope turns the change,
        and its length shrinks after a flip and grows otherwise, by ever less.
        """
        best, change = images, images - self.origin
        shortest = length = change.norm(dim=1, keepdim=True)  # (T, 1)
        for number in range(REFINEMENTS):
            cooling = (1 + math.cos(math.pi * number / REFINEMENTS)) / 2  # from 1 to 0
            flipped, slope = self.slope(self.origin + change)
            size = change.norm(dim=1, keepdim=True)
            better = flipped[:, None] & (size < shortest)
            best = torch.where(better, self.origin + change, best)
            shortest = torch.where(better, size, shortest)
            rate = 0.005 + 0.05 * cooling
            shorter, longer = (1 - rate) * torch.minimum(length, size), (1 + rate) * length
            length = torch.where(flipped[:, None], shorter, longer).minimum(shortest)
            change = change + (0.05 + 0.95 * cooling) * unit(slope)
            change = (self.origin + length * unit(change)).clamp(0, 1) - self.origin
        return best

    def back(self, images: Tensor) -> Tensor:
        """The first flip on the straight way from the image as it was; without one as given.

        Looked for at PLACES, then between two of them by halving, down to 1/2048 of the way.
        """
        way = images - self.origin
        shares = torch.linspace(0, 1, PLACES + 1)[1:]
        places = self.origin[:, None] + shares[:, None] * way[:, None]  # (T, PLACES, 784)
        with torch.no_grad():
            lead = self.lead(places.flatten(0, 1), self.targets.repeat_interleave(PLACES))
        flipped = lead.reshape(-1, PLACES) >= self.needed[:, None]
        flipped[:, -1] = True
        high = shares[flipped.int().argmax(dim=1)][:, None]  # (T, 1)
        low = high - 1 / PLACES
        for _ in range(7):
            middle = (low + high) / 2
            there = self.flips(self.origin + middle * way)[:, None]
            low, high = torch.where(there, low, middle), torch.where(there, middle, high)
        return (self.origin + high * way).clamp(0, 1)

    def flips(self, images: Tensor) -> Tensor:
        """Which of the images the network reads as their targets, bool (T,)."""
        with torch.no_grad():
            return self.lead(images) >= self.needed


def unit(rows: Tensor) -> Tensor:
    """Every row scaled to length 1; zeros stay zeros, and no slope is too small."""
    largest = rows.abs().amax(dim=1, keepdim=True)
    rows = rows / torch.where(largest > 0, largest, 1)
    return rows / rows.norm(dim=1, keepdim=True).clamp(min=1)


def _flip(
    model: nn.Module,
    before: np.ndarray,
    after: np.ndarray,
    ink: np.ndarray,
    answer: int,
    target: int,
) -> Flip | None:
    """The change with what the network itself says to it; None if that is not the target."""
    chances = [probabilities(model, image[None])[0].numpy() for image in (before, after)]
    if int(chances[1].argmax()) != target:
        return None
    return Flip(before, after, *chances, ink, answer, target)
