"""`run.json`, what a run says of itself: written from a run, and read with every value checked.

A card may have been edited by hand or cut short. What cannot be what was once written is an error
here, so that no page has to reckon with it. The other files of a run are the business of files.py.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import torch

from core.config import CLASSES, TrainingConfig
from core.evaluation import Evaluation
from core.runs.kept.run import Label, Origin, RunSummary, ValidationPoint

FORMAT = 2  # 1 had no label, no origin, no iterations, and no validation in history.csv
LARGEST = 1e38  # what a number of float32 can be
MOST = 2**53  # what a whole number can be that survives JSON in every language


def card_of(run: RunSummary) -> dict[str, Any]:
    """`run.json` as plain values."""
    return {
        "format": FORMAT,
        "id": run.id,
        "name": run.name,
        "label": vars(run.label),
        "origin": {**vars(run.origin), "data": dict(run.origin.data)},
        "config": run.config.to_dict(),
        "complete": run.complete,
        "iterations": run.iterations,
        "total_iterations": run.total_iterations,
        "seconds": run.seconds,
        "validation": [vars(point) for point in run.validation],
        "test": run.test and exam_table(run.test),
    }


def exam_table(exam: Evaluation) -> dict[str, Any]:
    """A whole exam as plain values. The accuracy is written out for human readers."""
    return {
        "accuracy": round(exam.accuracy, 4),
        "images": exam.images,
        "loss": exam.loss,
        "confusion": exam.confusion.tolist(),
    }


def summary_of(run_id: str, card: Mapping[str, Any], iterations: int) -> RunSummary:
    """What a card says of the run with this id, which has done so many iterations.

    Raises ValueError, LookupError, TypeError, AttributeError or RunError where it makes no sense.
    """
    version = card.get("format", 1)
    if version not in (1, FORMAT):
        raise ValueError(f"it has format {version!r}, and this version of the app knows {FORMAT}")
    config = TrainingConfig.from_dict(card["config"])
    total = _whole(card["total_iterations"])
    if not isinstance(card["complete"], bool):
        raise TypeError("a word in them is none")
    if total or not card["complete"]:  # else it is a network alone
        if not 1 <= _whole(iterations) <= total:
            raise ValueError("the losses of some iterations are missing")
        if total < config.epochs:
            raise ValueError("it has epochs of no iteration")
    elif iterations:
        raise ValueError("it has losses of no iteration")
    return RunSummary(
        id=run_id,
        config=config,
        complete=card["complete"],
        iterations=iterations,
        total_iterations=total,
        seconds=number_of(card["seconds"]),
        validation=_exams(card["validation"], iterations),
        test=exam_of(card["test"]) if card["test"] else None,
        label=Label(**card.get("label", {})),
        origin=_origin(card.get("origin", {})),
    )


def _exams(points: list[Mapping[str, Any]], iterations: int) -> tuple[ValidationPoint, ...]:
    found = []
    for point in points:
        exam = ValidationPoint(
            iteration=_whole(point["iteration"], low=1),
            loss=number_of(point["loss"]),
            accuracy=number_of(point["accuracy"], high=1.0),
            images=_whole(point["images"], low=1),
        )
        if not (found[-1].iteration if found else 0) < exam.iteration <= iterations:
            raise ValueError("an exam is of no iteration")
        found.append(exam)
    return tuple(found)


def exam_of(test: Mapping[str, Any]) -> Evaluation:
    """A whole exam out of plain values. Raises ValueError, LookupError or TypeError."""
    rows = [[_whole(count) for count in row] for row in test["confusion"]]
    if [len(row) for row in rows] != [CLASSES] * CLASSES or not 1 <= sum(map(sum, rows)) <= MOST:
        raise ValueError("the result of the exam makes no sense")
    return Evaluation(number_of(test["loss"]), torch.tensor(rows, dtype=torch.int64))


def _origin(said: Mapping[str, Any]) -> Origin:
    origin = Origin(**said)
    words = [origin.owner, origin.begun, origin.device, *origin.data, *origin.versions]
    words += origin.versions.values()
    words += [each for each in origin.data.values() if not isinstance(each, int)]
    if not all(isinstance(each, str) for each in words):
        raise TypeError("a word in them is none")
    return origin


def _whole(value: Any, low: int = 0) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= MOST:
        raise ValueError("a whole number in them is none")
    return value


def number_of(value: Any, high: float = LARGEST) -> float:
    """A number from 0. Raises ValueError for anything else."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value) or not 0 <= value <= high:
        raise ValueError("a number in them is none")
    return float(value)
