"""An exam image by image: who was mistaken, how badly, and how sure the network was.

core/evaluation.py gives an exam's total; this keeps what the network said to every image and works
out what can be learned from it. It changes no network and draws nothing.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from core.config import CLASSES
from core.data import Digits, scaled
from core.evaluation import CHUNK, Evaluation, predict_logits, wilson_interval

BINS = 10  # of the reliability diagram: a tenth of all confidences wide each
KEPT_RESULTS = 60  # an exam on 10,000 images is 1 MB

OnShare = Callable[[float], None]  # hears the share done, 0 to 1


@dataclass(frozen=True, eq=False)
class Exam:
    """What a network said to each of N images.

    labels: int64 (N,), the digits shown; answers: int64 (N,); probabilities: float64 (N, 10), each
    row sums to 1; total: the same exam as core.evaluation.evaluate gives it.
    """

    labels: np.ndarray
    answers: np.ndarray
    probabilities: np.ndarray
    total: Evaluation

    @cached_property
    def right(self) -> np.ndarray:
        """bool (N,)"""
        return self.answers == self.labels

    @cached_property
    def confidences(self) -> np.ndarray:
        """float64 (N,): the probability that the network gave its own answer."""
        return self.probabilities.max(axis=1)

    @cached_property
    def mistakes(self) -> np.ndarray:
        """int64 (M,): the images read wrongly, the worst first: wrong and most sure of it."""
        wrong = np.flatnonzero(~self.right)
        return wrong[np.argsort(-self.confidences[wrong], kind="stable")]

    def in_cell(self, label: int | None, answer: int | None) -> np.ndarray:
        """int64 (M,): the images of this digit with this answer (None: any), the surest first."""
        chosen = np.ones(len(self.labels), dtype=bool)
        if label is not None:
            chosen &= self.labels == label
        if answer is not None:
            chosen &= self.answers == answer
        found = np.flatnonzero(chosen)
        return found[np.argsort(-self.confidences[found], kind="stable")]


def sit_exam(model: nn.Module, digits: Digits, on_progress: OnShare = lambda share: None) -> Exam:
    """Let the network answer every image once. Raises ValueError when there is none."""
    if len(digits) == 0:
        raise ValueError("There is no image to examine the network on.")
    logits = []
    for start in range(0, len(digits), CHUNK):
        logits.append(predict_logits(model, scaled(digits.images[start : start + CHUNK])))
        on_progress(min(1.0, (start + CHUNK) / len(digits)))
    return marked(torch.cat(logits), digits.labels)


def marked(logits: Tensor, labels: Tensor) -> Exam:
    """The exam in which the network gave these scores: float32 (N, 10), int64 (N,)."""
    answers = logits.argmax(dim=1)
    cells = torch.bincount(labels * CLASSES + answers, minlength=CLASSES * CLASSES)
    loss = functional.cross_entropy(logits, labels).item()
    total = Evaluation(loss, cells.reshape(CLASSES, CLASSES))
    # Doubles: in float32 all very sure answers would be 1 exactly, and none the surest.
    probabilities = logits.double().softmax(dim=1)
    return Exam(labels.numpy(), answers.numpy(), probabilities.numpy(), total)


def guess(labels: np.ndarray) -> tuple[int, float]:
    """The best answer for somebody who does not look, and the share of images it is right for."""
    counts = np.bincount(labels, minlength=CLASSES)
    return int(counts.argmax()), float(counts.max() / counts.sum())


@dataclass(frozen=True)
class DigitScore:
    """How one digit did: `shown` images of it, `answered` answers with it, `right` both at once."""

    digit: int
    shown: int
    answered: int
    right: int

    @property
    def recall(self) -> float | None:
        """Of the images that show the digit, the share it found; None where there is none."""
        return self.right / self.shown if self.shown else None

    @property
    def precision(self) -> float | None:
        """Of the answers with the digit, the share that was right; None where there is none."""
        return self.right / self.answered if self.answered else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where neither can be told."""
        both = self.shown + self.answered
        return 2 * self.right / both if both else None


def digit_score(confusion: Tensor, digit: int) -> DigitScore:
    """The score of a digit from a confusion matrix, (10, 10), rows the true digit."""
    return DigitScore(
        digit,
        int(confusion[digit].sum()),
        int(confusion[:, digit].sum()),
        int(confusion[digit, digit]),
    )


def worst_cell(confusion: Tensor) -> tuple[int, int] | None:
    """The most frequent mistake as (true digit, answer); None where there is no mistake."""
    wrong = confusion.clone().fill_diagonal_(0)
    if not wrong.any():
        return None
    label, answer = divmod(int(wrong.argmax()), CLASSES)
    return label, answer


@dataclass(frozen=True)
class Bin:
    """The answers whose confidence lies above `low` and up to `high`."""

    low: float
    high: float
    images: int
    right: int
    confidence: float  # their mean

    @property
    def accuracy(self) -> float:
        return self.right / self.images

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval of the accuracy."""
        return wilson_interval(self.right, self.images)


def reliability(confidences: np.ndarray, right: np.ndarray, bins: int = BINS) -> list[Bin]:
    """Answers sorted by how sure the network was, float (N,), with how often it was right, bool.

    The bins are equally wide, those without any answer are left out (Guo, Pleiss, Sun and
    Weinberger, "On Calibration of Modern Neural Networks", 2017).
    """
    edges = np.linspace(0, 1, bins + 1)
    owner = np.searchsorted(edges[1:-1], confidences)  # (N,)
    found = []
    for number in np.unique(owner):
        inside = owner == number
        found.append(
            Bin(
                float(edges[number]),
                float(edges[number + 1]),
                int(inside.sum()),
                int(right[inside].sum()),
                float(confidences[inside].mean()),
            )
        )
    return found


def calibration_error(bins: list[Bin]) -> float:
    """The expected calibration error: how far confidence and accuracy lie apart, over all answers.

    The mean of the differences in the bins, each counted by its images (Guo and others, 2017).
    """
    images = sum(each.images for each in bins)
    return sum(each.images * abs(each.accuracy - each.confidence) for each in bins) / images


def answered_when_sure(exam: Exam, at_least: float) -> tuple[int, int]:
    """How many images are answered if the network speaks only when so sure, and how many correctly.

    at_least: a share, 0 to 1.
    """
    spoken = exam.confidences >= at_least
    return int(spoken.sum()), int((spoken & exam.right).sum())


def hardest(exam: Exam, count: int) -> np.ndarray:
    """int64 (count,): the images over which the network wavered most, right or wrong.

    That is where its first and its second choice lie closest together. Taking its mistakes instead
    would decide the network's own score before the game begins.
    """
    ranked = np.sort(exam.probabilities, axis=1)
    return np.argsort(ranked[:, -1] - ranked[:, -2], kind="stable")[:count]


def draw_game(exam: Exam, count: int, pool: int, seed: int) -> np.ndarray:
    """int64 (count,): images drawn by chance from the `pool` hardest."""
    candidates = hardest(exam, pool)
    return np.random.default_rng(seed).permutation(candidates)[:count]


def fingerprint(model: nn.Module) -> str:
    """The same for the same layers with the same weights, and for no others."""
    checksum = hashlib.sha256(repr(model).encode())
    for name, tensor in model.state_dict().items():
        checksum.update(name.encode())
        checksum.update(tensor.detach().cpu().contiguous().numpy().tobytes())
    return checksum.hexdigest()


class Results:
    """Results that took time, kept for whoever asks again; the longest unused are forgotten."""

    def __init__(self, most: int = KEPT_RESULTS) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Any | None:
        """What was kept under the key, or None."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: Hashable, value: Any) -> None:
        """Keep a result."""
        with self._lock:
            self._kept[key] = value
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
