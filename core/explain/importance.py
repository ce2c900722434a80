"""What the units of a network's first layer look for, and how much each of them matters.

Both are measured on real images: which ones excite a unit, and how they are read without it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from core.background import OnShare
from core.config import CLASSES, IMAGE_SIDE
from core.data import Digits, scaled
from core.evaluation import CHUNK, exam_mode
from core.model import Dropout, Steps, as_maps, hidden_layers, outputs, run_steps, steps

TOP = 12  # images that excite a unit most
# On how many images each unit is tried, and the work that this may be, in multiplications: about
# three seconds on one core. A network that is too large even for the fewest images takes longer.
IMAGE_COUNTS = (2_000, 1_000, 500, 200, 100)
WORK = 80e9
HANDING_ON = 200  # to hand on a number takes as long as so many multiplications of a large layer


@dataclass(frozen=True, eq=False)
class Excitement:
    """What each first unit hands on for N images; of a filter, the mean of its map.

    top: for each unit the numbers of the images with the largest values, int64 (at most TOP,),
    the largest first, none of which has the unit's least value. by_digit: float32 (units, 10), the
    mean for each digit, NaN where there is no image of it.
    """

    images: int
    top: list[np.ndarray]
    by_digit: np.ndarray

    def extremes(self, unit: int) -> tuple[int, int] | None:
        """The digits that excite the unit most and least; None where all excite it alike."""
        means = self.by_digit[unit]
        known = np.flatnonzero(np.isfinite(means))
        if not len(known) or np.ptp(means[known]) == 0:
            return None
        return int(known[means[known].argmax()]), int(known[means[known].argmin()])


@dataclass(frozen=True, eq=False)
class Importance:
    """How N images are read when one unit of the first layer is switched off.

    loss, correct: with all units on: mean cross-entropy in nats, right answers. losses: float64
    (units,) and rights: int64 (units,): the same without each unit. added: float32 (units, 10),
    by how much the unit raises each answer's score (logit), on average over all images.
    """

    images: int
    loss: float
    correct: int
    losses: np.ndarray
    rights: np.ndarray
    added: np.ndarray

    @property
    def order(self) -> np.ndarray:
        """int64 (units,): the units, first the one without which the loss rises most."""
        return np.argsort(-self.losses, kind="stable")

    @property
    def rises(self) -> np.ndarray:
        """float64 (units,): by how much the loss rises without each unit."""
        return self.losses - self.loss

    def for_and_against(self, unit: int) -> tuple[int, int] | None:
        """The answers for which and against which it speaks most; None where that is no number."""
        added = self.added[unit]
        if not np.isfinite(added).all() or not added.any():
            return None
        return int(added.argmax()), int(added.argmin())


def excitement(model: nn.Module, digits: Digits) -> Excitement:
    """Which images excite each unit of the first layer; of a network without one, each output."""
    head, _ = _halves(model)
    values = torch.cat([_pooled(each) for each in _chunks(model, head, digits)]).numpy()  # (N, U)
    ranked = np.argsort(-values, axis=0, kind="stable")[:TOP]
    least = values.min(axis=0)
    top = [ranked[values[ranked[:, unit], unit] > least[unit], unit] for unit in range(len(least))]
    labels = digits.labels.numpy()
    by_digit = np.full((len(least), CLASSES), np.nan, dtype=np.float32)
    for digit in np.unique(labels):
        by_digit[:, digit] = values[labels == digit].mean(axis=0)
    return Excitement(len(digits), top, by_digit)


def importance(
    model: nn.Module, digits: Digits, on_share: OnShare = lambda share: None
) -> Importance:
    """Switch off each unit of the first layer in turn, and let the network answer without it.

    The next layer adds up what the units hand on. So a unit is switched off by taking its share
    out of that sum, and only what comes after has to be worked out again. Of a large network only
    the first images are used, see IMAGE_COUNTS. Raises ValueError for a network without a hidden
    layer, and without an image.
    """
    if not hidden_layers(model) or not len(digits):
        raise ValueError("It takes an image, and a layer of units that can be switched off.")
    head, ((_, reader), *rest) = _halves(model)
    digits = digits[: image_count(model)]
    values = torch.cat(list(_chunks(model, head, digits)))
    with exam_mode(model), torch.no_grad():
        summed = reader(values)
        whole = run_steps(rest, summed)
        results = []
        for unit in range(values.shape[1]):
            logits = run_steps(rest, summed - _share(reader, values, unit))
            results.append((*_marks(logits, digits.labels), (whole - logits).mean(dim=0).numpy()))
            on_share(unit / values.shape[1])
    losses, rights, added = (np.array(column) for column in zip(*results, strict=True))
    return Importance(len(digits), *_marks(whole, digits.labels), losses, rights, added)


def image_count(model: nn.Module) -> int:
    """On how many images `importance` tries each unit: the larger the network, the fewer."""
    handed_on = outputs(model, torch.zeros(1, IMAGE_SIDE, IMAGE_SIDE))
    _, (reader, *rest) = _halves(model)
    per_image = 0
    for name, step in (reader, *rest):
        if not isinstance(step, nn.Flatten):  # that moves nothing
            per_image += HANDING_ON * handed_on[name].numel()
        if step is not reader[1] and isinstance(step, (nn.Linear, nn.Conv2d)):
            per_image += step.weight.numel() * handed_on[name][0, 0].numel()
    work = hidden_layers(model)[0].units * per_image
    return next((count for count in IMAGE_COUNTS if count * work <= WORK), IMAGE_COUNTS[-1])


def _halves(model: nn.Module) -> tuple[Steps, Steps]:
    """The steps up to the first activation, or all where there is none, and the rest.

    Without dropout, which does nothing in an exam.
    """
    found = [(name, step) for name, step in steps(model) if not isinstance(step, Dropout)]
    first = [layer.name for layer in hidden_layers(model)[:1]]
    end = [name for name, _ in found].index(*first) + 1 if first else len(found)
    return found[:end], found[end:]


def _chunks(model: nn.Module, head: Steps, digits: Digits) -> Iterable[Tensor]:
    """What the first steps make of the images, a part after the other."""
    with exam_mode(model), torch.no_grad():
        for start in range(0, len(digits), CHUNK):
            yield run_steps(head, as_maps(scaled(digits.images[start : start + CHUNK])))


def _pooled(values: Tensor) -> Tensor:
    """One number for each unit: (B, units) as it is, maps (B, filters, h, w) by their mean."""
    return values if values.dim() == 2 else values.mean(dim=(2, 3))


def _share(reader: nn.Module, values: Tensor, unit: int) -> Tensor:
    """What one unit adds to the sums of the layer that listens to it."""
    if isinstance(reader, nn.Linear):
        return values[:, unit, None] * reader.weight[:, unit]
    weights = reader.weight[:, unit, None]
    return functional.conv2d(values[:, unit, None], weights, padding=reader.padding)


def _marks(logits: Tensor, labels: Tensor) -> tuple[float, int]:
    """The mean loss, and how many answers are right."""
    right = (logits.argmax(dim=1) == labels).sum()
    return functional.cross_entropy(logits, labels).item(), int(right)
