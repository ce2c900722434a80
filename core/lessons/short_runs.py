"""Short training runs, real ones, on a small share of the images: what is kept of each.

Which ones the lessons compare is in core/lessons/comparisons.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from torch import nn

from core.background import OnShare
from core.config import TrainingConfig
from core.data import DigitDataset
from core.evaluation import Evaluation, evaluate
from core.model import build_model
from core.runs.series.whole_run import Tally, WholeRun, train_whole


@dataclass(frozen=True, eq=False)
class ShortRun(WholeRun):
    """A run that was trained for a lesson. test: its exam at the end; None where it ended early."""

    test: Evaluation | None = None

    @property
    def epoch_losses(self) -> list[float]:
        """The mean of the batches' losses, epoch by epoch."""
        parts = np.array_split(self.losses.astype(np.float64), self.config.epochs)
        return [float(part.mean()) for part in parts]

    @property
    def best_epoch(self) -> int:
        """The epoch, from 1, at whose end the loss on the validation images was lowest."""
        checks = [check.loss for check in self.checks]
        return checks.index(min(checks)) + 1

    @property
    def mistakes(self) -> list[float]:
        """The share of validation images read wrongly at the end of each epoch, 0 to 1."""
        return [1 - check.accuracy for check in self.checks]


def short_runs(
    dataset: DigitDataset, configs: dict, on_share: OnShare = lambda share: None
) -> dict:
    """A short run for each config, by the same names. What `on_share` raises ends the work."""
    tally = Tally(dataset, configs.values(), on_share)
    return {name: run_with_network(dataset, config, tally)[0] for name, config in configs.items()}


def run_with_network(
    dataset: DigitDataset, config: TrainingConfig, after_batch: Callable[[], None]
) -> tuple[ShortRun, nn.Module]:
    """A short run and the network that it trained; `after_batch` is called after each batch."""
    model = build_model(config)
    run = train_whole(model, dataset, config, after_batch)
    test = None if run.failure else evaluate(model, dataset.test)
    return ShortRun(**vars(run), test=test), model
