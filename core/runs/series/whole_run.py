"""One configuration, trained from its first batch to its last: what is left of it.

For series, for the workers of a cluster and for the lessons, in which nobody watches a single run.
A run that can be watched, paused and kept is the business of core/runs/job.py.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
from torch import nn

from core.background import OnShare
from core.config import ConfigError, TrainingConfig
from core.data import DigitDataset, training_digits
from core.evaluation import Evaluation
from core.trainer import TrainingDiverged, batches_per_epoch, train

TELL_EVERY = 10  # batches between two words about how far runs are, where nobody waits to stop them


@dataclass(frozen=True, eq=False)
class WholeRun:
    """losses: float32 (iterations,), in nats; checks: on the validation images, after each epoch.

    `seconds` is what training and checks took. `failure` says why it ended early, if it did.
    """

    config: TrainingConfig
    losses: np.ndarray
    checks: tuple[Evaluation, ...]
    seconds: float
    failure: str = ""

    @property
    def score(self) -> Evaluation | None:
        """Its last exam on the validation images; None for a run that did not come to its end."""
        return self.checks[-1] if self.checks and not self.failure else None

    def without_losses(self) -> WholeRun:
        """The same for those who ask for its score alone: it takes far less memory."""
        return replace(self, losses=self.losses[:0])


def train_whole(
    model: nn.Module,
    dataset: DigitDataset,
    config: TrainingConfig,
    after_batch: Callable[[], None] = lambda: None,
) -> WholeRun:
    """Train `model`, which lies where it shall train, in place. `after_batch` may wait, which does
    not count as training, or end it all by raising."""
    losses: list[float] = []
    checks: list[Evaluation] = []
    failure, seconds, began = "", 0.0, time.perf_counter()
    try:
        for progress in train(model, dataset, config):
            seconds += time.perf_counter() - began
            losses.append(progress.loss)
            if progress.validation:
                checks.append(progress.validation)
            after_batch()
            began = time.perf_counter()
    except (TrainingDiverged, ConfigError) as problem:
        failure = str(problem)
    return WholeRun(config, np.array(losses, np.float32), tuple(checks), seconds, failure)


class Tally:
    """Counts the batches of several runs, one call for each, and tells the share that is done."""

    def __init__(
        self,
        dataset: DigitDataset,
        configs: Iterable[TrainingConfig],
        on_share: OnShare,
        every: int = TELL_EVERY,
    ) -> None:
        self._total = sum(planned_batches(dataset, config) for config in configs)
        self._done, self._on_share, self._every = 0, on_share, every

    def __call__(self) -> None:
        self._done += 1
        if self._done % self._every == 0:
            self._on_share(min(1.0, self._done / self._total))

    def skip(self, batches: int) -> None:
        """So many will not come, since their run ended early."""
        self._done += batches


def planned_batches(dataset: DigitDataset, config: TrainingConfig) -> int:
    """How many batches a run has in all; 0 where its settings leave no image to learn from."""
    try:
        images = len(training_digits(dataset, config))
    except ConfigError:
        return 0
    return config.epochs * batches_per_epoch(images, config)
