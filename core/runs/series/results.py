"""The results of a series as files: of each run a table for JSON and back, of all of them a CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from core.config import TrainingConfig
from core.runs.kept.card import exam_of, exam_table, number_of
from core.runs.series.plan import Plan, plan_table
from core.runs.series.whole_run import WholeRun

Runs = Mapping[TrainingConfig, WholeRun]


def run_table(run: WholeRun) -> dict[str, Any]:
    """It as plain values; a loss has the digits that a float32 has."""
    return {
        "config": run.config.to_dict(),
        "seconds": run.seconds,
        "failure": run.failure,
        "exams": [exam_table(each) for each in run.checks],
        "losses": [float(f"{loss:.9g}") for loss in run.losses.tolist()],
    }


def run_of(table: Mapping[str, Any]) -> WholeRun:
    """It out of plain values. Raises ValueError, LookupError, TypeError or AttributeError where
    they make no sense."""
    losses = np.array(table["losses"], dtype=np.float32)
    if losses.ndim != 1 or not np.isfinite(losses).all():
        raise ValueError("a loss in it is none")
    if not isinstance(table["failure"], str) or not table["failure"].isprintable():
        raise TypeError("a word in it is none")
    return WholeRun(
        config=TrainingConfig.from_dict(table["config"]),
        losses=losses,
        checks=tuple(exam_of(each) for each in table["exams"]),
        seconds=number_of(table["seconds"]),
        failure=table["failure"],
    )


def as_json(plan: Plan, runs: Runs) -> str:
    """All of it. Whose it is stays behind."""
    table = {name: value for name, value in plan_table(plan).items() if name != "owner"}
    return json.dumps(table | {"runs": [run_table(run) for run in runs.values()]}, indent=1)


def as_csv(plan: Plan, runs: Runs) -> str:
    """A row for each run: what it was trained with, and its last exam on the images held back."""
    file = io.StringIO()
    writer = csv.writer(file)
    names = [name for name, _ in plan.values] or ["seed"]
    writer.writerow([*names, "right", "images", "accuracy", "loss", "seconds", "failure"])
    for chosen, run in _rows(plan, runs):
        score = run.score
        found = (score.correct, score.images, score.accuracy, score.loss) if score else [""] * 4
        writer.writerow([*chosen, *found, round(run.seconds, 3), run.failure])
    return file.getvalue()


def _rows(plan: Plan, runs: Runs) -> Iterator[tuple[tuple[Any, ...], WholeRun]]:
    """Every run that is over, with what tells it from the others."""
    if not plan.values:
        yield from (((config.seed,), run) for config, run in runs.items())
        return
    for chosen, config in plan.sweep.cells.items():
        if config in runs:
            yield tuple("all" if each is None else each for each in chosen), runs[config]
