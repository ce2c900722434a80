"""How runs differ in their settings, and how they scored by one of these. No chart, no words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from core.config import TrainingConfig
from core.runs.kept.run import RunSummary


def differing(configs: Sequence[TrainingConfig]) -> Mapping[str, tuple[Any, ...]]:
    """The settings in which these differ, each with the value of every one, in their order."""
    found = {}
    for field in fields(TrainingConfig):
        values = tuple(getattr(config, field.name) for config in configs)
        if len(set(values)) > 1:
            found[field.name] = values
    return found


@dataclass(frozen=True)
class Scored:
    """A run by one of its settings: `value`, as in its configuration, and how it scored.

    low, high: the ends of the 95 % interval, where the score has one; else the score itself.
    """

    run_id: str
    value: Any
    dataset: str  # whose test images the score is of
    score: float
    low: float
    high: float


def scored_by(runs: Sequence[RunSummary], setting: str, score: str) -> list[Scored]:
    """Every run that sat an exam, by the value of a setting, values in rising order.

    score: accuracy (0 to 1, with a Wilson interval), loss (nats) or seconds (of training).
    """
    found = []
    for run in runs:
        if run.test is None:
            continue
        value = run.seconds if score == "seconds" else getattr(run.test, score)
        low, high = run.test.interval if score == "accuracy" else (value, value)
        of = getattr(run.config, setting)
        found.append(Scored(run.id, of, run.config.dataset, value, low, high))
    return sorted(found, key=lambda each: in_order(each.value))


def in_order(value: Any) -> tuple[bool, float, str]:
    """A key that sorts the values of any setting: numbers by size, all images last."""
    if isinstance(value, int | float):
        return False, float(value), ""
    if isinstance(value, tuple):  # of layers: by the weights between them, roughly
        return False, float(sum(value)), str(value)
    return value is None, 0.0, str(value)
