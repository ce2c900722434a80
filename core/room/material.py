"""What a network learns from when it goes on with digits of a room, or of one person.

Half of the digits teach, the other half judge. Those that teach are written anew in many ways: as
strokes where these are known (core/datasets/pens/varied.py), else as images, which
core/datasets/augment.py changes. A small, balanced memory of old digits goes with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from core.background import Refused
from core.config import CLASSES
from core.data import Digits, scaled
from core.datasets.augment import harder
from core.datasets.pens.collection import pens_of
from core.datasets.pens.varied import USUAL, choose, inked
from core.room.drawing import RoomDigit
from core.room.limits import LEAST_TAUGHT
from core.settings.choices import ROOM_IMAGES

VARIED = ROOM_IMAGES  # images made of the digits that teach
REMEMBERED = 400  # old images of each digit
SEED = 0  # decides which digits are varied, and how


@dataclass(frozen=True)
class Material:
    """`varied`: the digits that teach, in many ways; `teachers`: the same as they were written,
    `judges`: the others."""

    varied: Digits
    teachers: Digits
    judges: Digits


def room_material(drawn: Sequence[RoomDigit]) -> Material:
    """What there is to learn from a room's digits. Raises Refused where they are too few."""
    teach, judge = halves(torch.tensor([digit.label for digit in drawn], dtype=torch.int64))
    written = as_written(drawn)
    chosen = written[teach]
    pens = pens_of([drawn[number].strokes for number in teach.tolist()])
    pens = replace(pens, labels=chosen.labels.numpy())
    picked = choose(pens, VARIED, torch.Generator().manual_seed(SEED))
    varied = Digits(inked(pens, picked, SEED, USUAL), chosen.labels[picked], chosen.writers[picked])
    return Material(varied, chosen, written[judge])


def images_material(digits: Digits) -> Material:
    """The same from digits of which only images are kept. Raises Refused."""
    teach, judge = halves(digits.labels)
    chosen, random = digits[teach], torch.Generator().manual_seed(SEED)
    counts = torch.bincount(chosen.labels, minlength=CLASSES)
    picked = torch.multinomial(1 / counts[chosen.labels], VARIED, True, generator=random)
    images = harder(scaled(chosen.images[picked]), random).mul(255).round().byte()
    return Material(Digits(images, chosen.labels[picked]), chosen, digits[judge])


def halves(labels: Tensor) -> tuple[Tensor, Tensor]:
    """Which of N digits teach and which judge: int64 both. Every other one of each digit judges."""
    if len(labels) < LEAST_TAUGHT:
        raise Refused(
            f"There are {len(labels)} digits, and {LEAST_TAUGHT} are needed: draw some more."
        )
    place = torch.zeros_like(labels)  # of each among those of its digit
    for digit in range(CLASSES):
        mine = labels == digit
        place[mine] = torch.arange(int(mine.sum()))
    judges = place % 2 == 1
    if not judges.any():
        raise Refused("No digit is there twice, so that none could judge: draw some more.")
    return (~judges).nonzero().flatten(), judges.nonzero().flatten()


def as_written(drawn: Sequence[RoomDigit]) -> Digits:
    """The digits of a room as any others; at least one. Their writers are the phones."""
    return Digits(
        torch.from_numpy(np.stack([digit.image for digit in drawn])),
        torch.tensor([digit.label for digit in drawn]),
        torch.tensor([digit.phone for digit in drawn]),
    )


def memory(old: Digits, each: int = REMEMBERED) -> Digits:
    """The first `each` of every digit, or all there are."""
    places = [(old.labels == digit).nonzero().flatten()[:each] for digit in range(CLASSES)]
    return old[torch.cat(places)]
