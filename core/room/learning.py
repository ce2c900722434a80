"""A network goes on learning from new hands, and how much of the old it forgets: measured.

It learns twice, from the same weights: with a small memory of old digits (rehearsal: A. Robins,
"Catastrophic Forgetting, Rehearsal and Pseudorehearsal", Connection Science 7, 1995), which is the
network that comes out; and without, to show what the memory is good for. The network that it began
with stays as it is.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass

from torch import nn

from core.background import OnShare, Task
from core.config import TrainingConfig
from core.data import DatasetShelf, DigitDataset, Digits
from core.evaluation import Evaluation, evaluate
from core.networks.card import Doubt
from core.networks.doubt import TenOrNone, earliest, with_no_digits
from core.networks.recipes import together
from core.room.material import Material, memory
from core.trainer import batches_per_epoch, train

# Three times through 2,000 varied and 4,000 old images, with Adam's usual steps: measured with the
# tutorial network, 84 digits of others read 89 to 96 %, and MNIST's 95.9 to 95.0 %; without the
# memory 91.9 %. With ten times smaller steps it hardly learned.
SETTINGS = TrainingConfig(learning_rate=1e-3, batch_size=64, epochs=3)
NO_DIGITS = 400  # drawings that are none, remembered by a network that can doubt


@dataclass(frozen=True)
class Learned:
    """A network after it went on learning, and three exams, each before and after.

    Attributes:
        model: in evaluation mode; doubt: when it doubts, None where it never did.
        others: on the digits of the same hands that it did not learn from.
        old: on the test part of `old_name`, a key of config.DATASETS.
        forgetful: the same for the network that learned without the memory, after.
    """

    model: nn.Module
    doubt: Doubt | None
    others: tuple[Evaluation, Evaluation]
    old: tuple[Evaluation, Evaluation]
    forgetful: Evaluation
    old_name: str


def learn(
    model: nn.Module,
    doubts: bool,
    get_material: Callable[[], Material],
    shelf: DatasetShelf,
    task: Task,
) -> Learned:
    """Let a copy of `model` go on learning; the work of a task.

    doubts: whether it learned that some drawings are no digit. Nothing is downloaded: old digits
    are MNIST's where they are at hand, else the built-in handwriting. Raises Refused where there
    are too few new ones.
    """
    material = get_material()
    old = shelf.at_hand(part_of(task, 0.0, 0.1))
    remembered = memory(old.train)
    if doubts:
        remembered = with_no_digits(remembered, NO_DIGITS)
    before = evaluate(model, material.judges), evaluate(model, old.test)
    learned = go_on(
        model, together([material.varied, remembered]), doubts, part_of(task, 0.15, 0.65)
    )
    after = evaluate(learned, material.judges), evaluate(learned, old.test)
    forgetful = go_on(model, material.varied, doubts, part_of(task, 0.7, 0.95))
    return Learned(
        learned,
        Doubt(earliest(learned, old.validation), {}) if doubts else None,
        (before[0], after[0]),
        (before[1], after[1]),
        evaluate(forgetful, old.test),
        old.name,
    )


def go_on(model: nn.Module, digits: Digits, doubts: bool, on_share: OnShare) -> nn.Module:
    """A copy of `model` that has learned from `digits` as well."""
    learned = copy.deepcopy(model)
    lesson = DigitDataset("new hands", digits, digits[:0], digits[:0])
    total = SETTINGS.epochs * batches_per_epoch(len(digits), SETTINGS)
    for progress in train(learned, lesson, SETTINGS, TenOrNone() if doubts else None):
        on_share(progress.iteration / total)
    return learned.eval()


def part_of(task: Task, start: float, end: float) -> OnShare:
    """Tells a task of its part between two shares of the whole."""
    return lambda share: task.tell(start + (end - start) * share)
