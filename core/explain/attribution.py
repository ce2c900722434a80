"""Why this answer? How much each pixel of one image speaks for a digit, measured in three ways.

A score (logit) of the network is shared out among the 784 pixels, or pixels are covered to see what
it loses. Nothing is changed on the network, and dropout is left out, as in an exam.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from core.background import Refused
from core.config import IMAGE_SIDE
from core.evaluation import exam_mode
from core.explain.scores import NO_NUMBERS, answer_to, as_batch, score_of, scores
from core.model import is_linear

STEPS = 600  # of the sum that stands for the integral: it misses less than 1 % of the rise
CHUNK = 100  # images at once: bounds the memory of wide networks
PATCH = 3  # a patch of 3 x 3 pixels covers a line of MNIST, which is about 2.5 pixels wide
PATCHES_AT_ONCE = 338  # of 676
LEAST_FALL = 1e-3  # points; what is less may be rounding
CLEAR = 0.2  # of the largest fall; what costs less alone looks grey in a picture
MOST_SPOTS = 8  # are covered before an answer counts as one that stays


@dataclass(frozen=True)
class Spot:
    """A place that a patch covers: its upper left pixel, (0, 0) to (25, 25), and how many pixels
    wide and high it is; what the image is read as with this one and those before it covered, and
    with what probability."""

    row: int
    column: int
    side: int
    reads: int
    share: float


@dataclass(frozen=True, eq=False)
class Attribution:
    """How much each pixel speaks for `digit` (rather than for `rival`, where there is one).

    pixels: float32 (28, 28), in points of the score; above zero speaks for it. empty, full: the
    score of the empty, black picture and of this image. With a rival all are differences of scores.
    """

    pixels: np.ndarray
    digit: int
    rival: int | None
    empty: float
    full: float

    @property
    def total(self) -> float:
        """What all pixels add up to; shares of the score, to `full - empty` (completeness)."""
        return float(self.pixels.sum(dtype=np.float64))

    @property
    def strongest(self) -> float:
        """The largest amount of a pixel, above or below zero, without its sign."""
        return float(np.abs(self.pixels).max())


def exact(model: nn.Module, image: np.ndarray, digit: int, rival: int | None = None) -> Attribution:
    """Weight times brightness of every pixel: the score itself, in 784 parts, of a linear network.

    image: float (28, 28) in [0, 1]. The weight is the slope of the score, everywhere the same; the
    score of the empty picture is what is left, the bias. Raises ValueError if it is not linear, and
    as `scores` does.
    """
    if not is_linear(model):
        raise ValueError("Only a network whose layers are all linear has exact contributions.")
    black = torch.zeros(1, IMAGE_SIDE, IMAGE_SIDE, requires_grad=True)
    with exam_mode(model):
        (weights,) = torch.autograd.grad(score_of(model, digit, rival)(black).sum(), black)
    return _attribution(model, image, weights * as_batch(image), digit, rival)


def integrated_gradients(
    model: nn.Module, image: np.ndarray, digit: int, rival: int | None = None
) -> Attribution:
    """The slopes of the score on the way from the empty picture to this one, added up by pixel.

    image: float (28, 28) in [0, 1]. Sundararajan, Taly and Yan, "Axiomatic Attribution for Deep
    Networks", 2017, as Captum computes it. The middle of each step is used: networks with ReLU have
    kinks, at which finer rules gain nothing. Raises as `scores` does.
    """
    from captum.attr import IntegratedGradients  # brings matplotlib: 30 MB, needed here alone

    with exam_mode(model):
        explainer = IntegratedGradients(score_of(model, digit, rival))
        amounts = explainer.attribute(
            as_batch(image), n_steps=STEPS, method="riemann_middle", internal_batch_size=CHUNK
        )
    return _attribution(model, image, amounts, digit, rival)


def occlusion(
    model: nn.Module, image: np.ndarray, digit: int, rival: int | None = None
) -> Attribution:
    """How far the score falls when a black patch covers the pixel: the mean over all such patches.

    image: float (28, 28) in [0, 1]. Zeiler and Fergus, "Visualizing and Understanding Convolutional
    Networks", 2014. Raises as `scores` does.
    """
    patches = all_patches()  # (P, 28, 28)
    falls = falls_of(model, image, digit, rival, patches)
    amounts = (falls[:, None, None] * patches).sum(0, keepdim=True) / patches.sum(0)
    return _attribution(model, image, amounts, digit, rival)


def falls_of(
    model: nn.Module, image: np.ndarray, digit: int, rival: int | None, patches: Tensor
) -> Tensor:
    """How far the score falls, (P,), with each of the patches, bool (P, 28, 28), laid on it."""
    score, whole = score_of(model, digit, rival), as_batch(image)
    with exam_mode(model), torch.no_grad():
        parts = [score(whole * ~some) for some in patches.split(PATCHES_AT_ONCE)]
        return score(whole) - torch.cat(parts)


def spots_that_decide(
    model: nn.Module, image: np.ndarray, digit: int, rival: int | None = None
) -> list[Spot]:
    """The places to cover before it reads the rival, or else another digit than this one.

    Of those that clearly cost something alone, each is the one that costs the most with those
    before it in place, and lies over none of them. image: float (28, 28) in [0, 1]. At most
    MOST_SPOTS; none where no patch takes anything. Raises as `scores` does.
    """
    patches = all_patches()
    falls = falls_of(model, image, digit, rival, patches)
    free = falls >= CLEAR * falls.max()
    spots: list[Spot] = []
    for _ in range(MOST_SPOTS):
        if spots:
            falls = falls_of(model, image, digit, rival, patches)
        falls = falls.masked_fill(~free, 0)
        place = int(falls.argmax())
        if falls[place] < LEAST_FALL:
            break
        image = image * ~patches[place].numpy()
        reads, share = answer_to(model, image)
        spots.append(Spot(*divmod(place, IMAGE_SIDE - PATCH + 1), PATCH, reads, share))
        if reads == rival or (rival is None and reads != digit):
            return spots
        free &= ~(patches & patches[place]).flatten(1).any(dim=1)
    turned = [number for number, spot in enumerate(spots, 1) if spot.reads != digit]
    return spots[: turned[0]] if turned else spots


def covered(image: np.ndarray, spots: Iterable[Spot]) -> np.ndarray:
    """A copy of an image (28, 28) with a black patch on each of the spots."""
    copy = image.copy()
    for spot in spots:
        copy[spot.row : spot.row + spot.side, spot.column : spot.column + spot.side] = 0
    return copy


def all_patches() -> Tensor:
    """Every place of a patch: bool (P, 28, 28), true where it covers."""
    pixel = torch.arange(IMAGE_SIDE)
    start = torch.arange(IMAGE_SIDE - PATCH + 1)[:, None]
    covers = (pixel >= start) & (pixel < start + PATCH)  # (26, 28), of one row or one column
    return (covers[:, None, :, None] & covers[None, :, None, :]).flatten(0, 1)


METHODS = {"exact": exact, "occlusion": occlusion, "gradients": integrated_gradients}


def methods_for(model: nn.Module) -> list[str]:
    """The keys of METHODS that this network allows, the best first."""
    return [name for name in METHODS if name != "exact" or is_linear(model)]


def _attribution(
    model: nn.Module, image: np.ndarray, amounts: Tensor, digit: int, rival: int | None
) -> Attribution:
    """With the scores before and after, measured by running the network. amounts: (1, 28, 28)."""
    if not amounts.isfinite().all():
        raise Refused(NO_NUMBERS)
    pixels = amounts[0].detach().float().numpy()
    empty, full = (
        float(found[digit] - (found[rival] if rival is not None else 0))
        for found in (scores(model, np.zeros_like(image)), scores(model, image))
    )
    return Attribution(pixels, digit, rival, empty, full)
