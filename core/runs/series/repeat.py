"""The same settings with other seeds: how much of a score is chance, and the curves as a band.

It plans and sums up. The training is in compute.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count, islice

import numpy as np

from core.config import Limit, TrainingConfig
from core.runs.series.whole_run import WholeRun

SEEDS = Limit(2, 20, "seeds")


@dataclass(frozen=True, eq=False)
class Band:
    """Losses of several runs, batch by batch: float64 (iterations,) each."""

    low: np.ndarray
    mean: np.ndarray
    high: np.ndarray


def repeats(config: TrainingConfig, seeds: int) -> list[TrainingConfig]:
    """The settings with the first so many seeds, from 0, that are not their own."""
    others = (seed for seed in count() if seed != config.seed)
    return [config.changed(seed=seed) for seed in islice(others, seeds)]


def scores_of(runs: Iterable[WholeRun]) -> list[float]:
    """The accuracies on the validation images, 0 to 1, of those that came to their end."""
    return [run.score.accuracy for run in runs if run.score]


def band_of(losses: Sequence[np.ndarray]) -> Band | None:
    """Where all curves lie, each already smoothed; None without any. A run that ended early counts
    as far as it came."""
    if not losses:
        return None
    table = np.full((len(losses), max(map(len, losses))), np.nan)
    for row, values in zip(table, losses, strict=True):
        row[: len(values)] = values
    return Band(np.nanmin(table, axis=0), np.nanmean(table, axis=0), np.nanmax(table, axis=0))
