"""The search for the smallest change of an image that a network reads as another digit.

It goes uphill with the network's own slopes until the answer flips, then makes the change smaller.
"""

from __future__ import annotations

import math
from collections.abc import Collection

import numpy as np
import torch
from torch import Tensor, nn

from core.background import OnShare
from core.config import IMAGE_SIDE
from core.explain.scores import scores

LEAD = 0.01  # of what the target was behind: so far it leads, so that no rounding undoes the flip
STRIDES, STRIDE = 25, 0.1  # the way to any flip: so many steps, so large for each pixel
REFINEMENTS = 40  # on the conv network a tenth of a second; ten times more gain about 3 %
PLACES = 16  # on the straight way back at which a flip is looked for
SECOND_CLIMB, CLIMBED = 0.25, 0.5  # shares of the search that are done by then
HALVINGS = 7  # and then between two of them: down to 1/2048 of the way


class Search:
    """All targets side by side, one row each; all images are float32 (T, 784)."""

    def __init__(
        self,
        model: nn.Module,
        image: np.ndarray,
        ink: np.ndarray,
        answer: int,
        targets: Collection[int],
        on_share: OnShare,
    ) -> None:
        self.model = model
        self.on_share = on_share  # hears the share done at every slope; may end the search
        self.targets = torch.tensor(targets)
        self.origin = torch.tensor(image).flatten().expand(len(targets), -1)
        self.ink = torch.tensor(ink).flatten().float()  # (784,)
        logits = scores(model, image)
        self.needed = (LEAD * (logits[answer] - logits[self.targets])).clamp(min=1e-6)  # (T,)

    def run(self) -> Tensor:
        """The nearest images found, float32 (T, 28, 28); not all of them need be flips."""
        images, found = self.climb(self.origin, 0.0)
        if not found.all():  # no slope, or a dead end: once more, from ink of random brightness
            dice = torch.Generator().manual_seed(0)
            noise = torch.rand(self.origin.shape, generator=dice)
            others, _ = self.climb(self.origin + self.ink * (noise - self.origin), SECOND_CLIMB)
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

    def climb(self, images: Tensor, done: float) -> tuple[Tensor, Tensor]:
        """Uphill until the answer flips (Madry and others, 2018): the images, and which flipped.

        done: the share of the search that lies behind.
        """
        for number in range(STRIDES):
            self.on_share(done + SECOND_CLIMB * number / STRIDES)
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
            self.on_share(CLIMBED + (1 - CLIMBED) * number / REFINEMENTS)
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

        Looked for at PLACES, then between two of them by HALVINGS.
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
        for _ in range(HALVINGS):
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
