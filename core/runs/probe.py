"""One image that is shown to the network again and again while it learns, and its answers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from core.evaluation import probabilities

MOST_ANSWERS = 1_000  # more points than a chart has pixels would show nothing new


@dataclass(frozen=True)
class Answers:
    """image: float32 (28, 28) in [0, 1]; iterations: int64 (N,); probabilities: float32 (N, 10)."""

    image: np.ndarray
    iterations: np.ndarray
    probabilities: np.ndarray


class Probe:
    """Asks at evenly spread iterations: before a run, and at most MOST_ANSWERS times in it."""

    def __init__(self, image: np.ndarray) -> None:
        self._image = np.asarray(image, dtype=np.float32)
        self._iterations: list[int] = []
        self._answers: list[torch.Tensor] = []

    def ask(self, iteration: int, total: int, model: nn.Module) -> None:
        """Let the network answer, if it is time to in a run of `total` iterations."""
        every = math.ceil(total / MOST_ANSWERS)
        if not self._iterations or iteration >= self._iterations[-1] + every:
            self._answers.append(probabilities(model, self._image[None])[0])
            self._iterations.append(iteration)

    def answers(self) -> Answers:
        """All answers so far."""
        shares = torch.stack(self._answers).numpy() if self._answers else np.zeros((0, 10))
        iterations = np.array(self._iterations, dtype=np.int64)
        return Answers(self._image, iterations, shares.astype(np.float32))
