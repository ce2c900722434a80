"""How far the scores of the same settings lie apart, and whether two settings truly differ.

With few runs the mean is uncertain: its interval is Student's. Two settings are compared by Welch's
test, which needs no equal spread. ("Student", "The probable error of a mean", Biometrika 6, 1908;
B. L. Welch, "The generalization of 'Student's' problem", Biometrika 34, 1947.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.runs.comparison.verdict import SURE


@dataclass(frozen=True)
class Spread:
    """Of some scores, 0 to 1. `deviation`: the standard deviation, that of a sample (n - 1)."""

    mean: float
    low: float  # the lowest and the highest of them
    high: float
    deviation: float
    interval: tuple[float, float]  # 95 %, of the mean


@dataclass(frozen=True)
class Difference:
    """The first mean less the second, its 95 % interval, and the chance of one at least as large if
    the settings were equally good."""

    mean: float
    interval: tuple[float, float]
    chance: float

    @property
    def better(self) -> int | None:
        """0: the first, 1: the second; None: too close to call."""
        if self.chance >= SURE:
            return None
        return 0 if self.mean > 0 else 1


def spread_of(scores: Sequence[float]) -> Spread | None:
    """The spread of scores; None for fewer than two, of which nothing can be said."""
    from scipy import stats  # a large library, needed here alone

    if len(scores) < 2:
        return None
    values = np.asarray(scores, dtype=np.float64)
    mean, deviation = float(values.mean()), float(values.std(ddof=1))
    reach = float(stats.t.ppf(0.975, len(values) - 1)) * deviation / len(values) ** 0.5
    low, high = float(values.min()), float(values.max())
    return Spread(mean, low, high, deviation, (mean - reach, mean + reach))


def difference(first: Sequence[float], second: Sequence[float]) -> Difference | None:
    """Of two settings, each repeated; None where one has fewer than two scores."""
    from scipy import stats

    if min(len(first), len(second)) < 2:
        return None
    between = float(np.mean(first) - np.mean(second))
    if np.ptp(first) == np.ptp(second) == 0:  # no spread at all: the test would divide by zero
        return Difference(between, (between, between), 0.0 if between else 1.0)
    found = stats.ttest_ind(first, second, equal_var=False)
    low, high = found.confidence_interval(0.95)
    return Difference(between, (float(low), float(high)), float(found.pvalue))
