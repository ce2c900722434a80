"""What a run has measured so far: its losses, its validation, its time, and how fast it goes."""

from __future__ import annotations

import time
from collections import deque

import numpy as np

from core.runs.kept.run import Run, ValidationPoint
from core.trainer import Progress


class Rate:
    """Iterations a second over the last few seconds of uninterrupted work."""

    WINDOW = 3.0  # seconds
    GAP = 0.1  # seconds between two marks at the least

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()

    def count(self, iteration: int) -> None:
        now = time.monotonic()
        if not self._marks or now - self._marks[-1][0] >= self.GAP:
            self._marks.append((now, iteration))
        while len(self._marks) > 2 and now - self._marks[0][0] > self.WINDOW:
            self._marks.popleft()

    def reset(self) -> None:
        """The work was interrupted: what comes counts from here."""
        self._marks.clear()

    def per_second(self) -> float:
        if len(self._marks) < 2:
            return 0.0
        (first, start), (last, end) = self._marks[0], self._marks[-1]
        return (end - start) / (last - first)


class History:
    """Grows with every batch. Empty until it is known how many there will be."""

    def __init__(self, iterations_per_epoch: int = 0, epochs: int = 0) -> None:
        self.iterations_per_epoch = iterations_per_epoch
        self.total = iterations_per_epoch * epochs
        self.iteration = 0
        self.validation: list[ValidationPoint] = []
        self.seconds = 0.0  # spent on batches and exams, pauses left out
        self.rate = Rate()
        self._losses = np.zeros(self.total, dtype=np.float32)

    def go_on_from(self, run: Run, iteration: int) -> None:
        """Take over what `run` had measured up to this iteration; its time is shared out evenly."""
        self._losses[:iteration] = run.losses[:iteration]
        self.iteration = iteration
        self.validation = [each for each in run.validation if each.iteration <= iteration]
        self.seconds = run.seconds * iteration / len(run.losses)

    @property
    def losses(self) -> np.ndarray:
        """float32 (iteration,); what stands in it does not change any more."""
        return self._losses[: self.iteration]

    @property
    def share(self) -> float:
        """Of the batches, 0 to 1."""
        return self.iteration / self.total if self.total else 0.0

    def count(self, progress: Progress, seconds: float) -> None:
        """Take in a batch and the seconds that it took."""
        self._losses[progress.iteration - 1] = progress.loss
        self.iteration = progress.iteration
        self.seconds += seconds
        self.rate.count(progress.iteration)
        if exam := progress.validation:
            self.validation.append(
                ValidationPoint(progress.iteration, exam.loss, exam.accuracy, exam.images)
            )
