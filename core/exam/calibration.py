"""How sure a network is, against how often it is right.

"On Calibration of Modern Neural Networks", Guo, Pleiss, Sun and Weinberger, 2017, says why both
should agree, and how far apart they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.evaluation import Graded

BINS = 10  # of the reliability diagram: a tenth of all confidences wide each


@dataclass(frozen=True)
class Bin(Graded):
    """The answers whose confidence lies in one of the bins."""

    images: int
    correct: int
    confidence: float  # their mean


def reliability(confidences: np.ndarray, right: np.ndarray) -> list[Bin]:
    """Answers sorted by how sure the network was, float (N,), with how often it was right, bool.

    The bins are equally wide, those without any answer are left out.
    """
    edges = np.linspace(0, 1, BINS + 1)
    owner = np.searchsorted(edges[1:-1], confidences)  # (N,)
    found = []
    for number in np.unique(owner):
        inside = owner == number
        found.append(
            Bin(
                int(inside.sum()),
                int(right[inside].sum()),
                float(confidences[inside].mean()),
            )
        )
    return found


def calibration_error(bins: list[Bin]) -> float:
    """The expected calibration error: how far confidence and accuracy lie apart, over all answers.

    The mean of the differences in the bins, each counted by its images.
    """
    images = sum(each.images for each in bins)
    return sum(each.images * abs(each.accuracy - each.confidence) for each in bins) / images


def answered_when_sure(sure: np.ndarray, right: np.ndarray, at_least: float) -> tuple[int, int]:
    """How many images are answered if the network speaks only when so sure, and how many correctly.

    sure: float (N,), of each answer; right: bool (N,); at_least: a share, 0 to 1.
    """
    spoken = sure >= at_least
    return int(spoken.sum()), int((spoken & right).sum())
