"""An exam image by image: what a network said to each, and which it mistook.

core/evaluation.py gives an exam's total; this keeps every answer, so that scores, calibration and
the game beside this file can learn from it. It changes no network and draws nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from core.background import OnShare
from core.config import CLASSES
from core.data import Digits, scaled
from core.evaluation import CHUNK, Evaluation, confusion_of, doubts_of, predict_logits

SEARCHED = 2_000  # images, for a first mistake


@dataclass(frozen=True, eq=False)
class Exam:
    """What a network said to each of N images.

    labels: int64 (N,), the digits shown; answers: int64 (N,); probabilities: float64 (N, 10), each
    row sums to 1; doubts: float64 (N,), as core.evaluation.doubts gives them; total: the same exam
    as core.evaluation.evaluate gives it.
    """

    labels: np.ndarray
    answers: np.ndarray
    probabilities: np.ndarray
    doubts: np.ndarray
    total: Evaluation

    @cached_property
    def right(self) -> np.ndarray:
        """bool (N,)"""
        return self.answers == self.labels

    @cached_property
    def confidences(self) -> np.ndarray:
        """float64 (N,): the probability that the network gave its own answer."""
        return self.probabilities.max(axis=1)

    @property
    def mean_confidence(self) -> float:
        """How sure it is on average, 0 to 1."""
        return float(self.confidences.mean())

    @cached_property
    def mistakes(self) -> np.ndarray:
        """int64 (M,): the images read wrongly, the worst first: wrong and most sure of it."""
        return self._surest_first(~self.right)

    def in_cell(self, label: int | None, answer: int | None) -> np.ndarray:
        """int64 (M,): the images of this digit with this answer (None: any), the surest first."""
        chosen = np.ones(len(self.labels), dtype=bool)
        if label is not None:
            chosen &= self.labels == label
        if answer is not None:
            chosen &= self.answers == answer
        return self._surest_first(chosen)

    def typical(self) -> np.ndarray:
        """int64 (10, 10): for each digit and answer an image, the middle one by how sure the
        network was of it; -1 where there is none.
        """
        found = np.full((CLASSES, CLASSES), -1)
        for label, answer in np.ndindex(found.shape):
            images = self.in_cell(label, answer)
            if len(images):
                found[label, answer] = images[len(images) // 2]
        return found

    def _surest_first(self, chosen: np.ndarray) -> np.ndarray:
        found = np.flatnonzero(chosen)
        return found[np.argsort(-self.confidences[found], kind="stable")]


def sit_exam(model: nn.Module, digits: Digits, on_share: OnShare = lambda share: None) -> Exam:
    """Let the network answer every image once. Raises ValueError when there is none."""
    if len(digits) == 0:
        raise ValueError("There is no image to examine the network on.")
    logits = []
    for start in range(0, len(digits), CHUNK):
        logits.append(predict_logits(model, scaled(digits.images[start : start + CHUNK])))
        on_share(min(1.0, (start + CHUNK) / len(digits)))
    return marked(torch.cat(logits), digits.labels)


def marked(logits: Tensor, labels: Tensor) -> Exam:
    """The exam in which the network gave these scores: float32 (N, 10), int64 (N,)."""
    answers = logits.argmax(dim=1)
    loss = functional.cross_entropy(logits, labels).item()
    total = Evaluation(loss, confusion_of(labels, answers))
    # Doubles: in float32 all very sure answers would be 1 exactly, and none the surest.
    logits = logits.double()
    probabilities, doubts = logits.softmax(dim=1), doubts_of(logits)
    return Exam(labels.numpy(), answers.numpy(), probabilities.numpy(), doubts.numpy(), total)


def find_mistake(model: nn.Module, digits: Digits) -> tuple[int, int] | None:
    """The first image that the network misreads and its answer; None where it reads the first
    SEARCHED rightly. Quicker than an exam.
    """
    for start in range(0, min(SEARCHED, len(digits)), CHUNK):
        part = digits[start : start + CHUNK]
        answers = predict_logits(model, scaled(part.images)).argmax(dim=1)
        wrong = (answers != part.labels).nonzero()
        if len(wrong):
            place = int(wrong[0])
            return start + place, int(answers[place])
    return None


def guess(labels: np.ndarray) -> tuple[int, float]:
    """The best answer for somebody who does not look, and the share of images it is right for."""
    counts = np.bincount(labels, minlength=CLASSES)
    return int(counts.argmax()), float(counts.max() / counts.sum())
