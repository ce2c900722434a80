"""Runs that are over, kept on disk: a folder each, readable without Python.

`run.json` says what was trained and how it did, `history.csv` holds the loss of every iteration,
`weights.safetensors` the network. Runs still going are the business of core/runs/job.py.
"""

from __future__ import annotations

import csv
import io
import json
import math
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import safetensors
import safetensors.torch
import torch
from torch import Tensor, nn

from core.config import CLASSES, TrainingConfig
from core.evaluation import Evaluation
from core.machine.storage import home
from core.model import build_model

RUN_ID = re.compile(r"[A-Za-z0-9_-]{6,40}")
# what reading a file can raise whose content is not what was once written
DAMAGE = (
    *(OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError),
    *(RecursionError, csv.Error, safetensors.SafetensorError),
)


class RunError(RuntimeError):
    """A run cannot be saved or read. The message says why and what would work."""


@dataclass(frozen=True)
class ValidationPoint:
    """The exam on the held-out images after an iteration; `loss` in nats, `accuracy` 0 to 1."""

    iteration: int
    loss: float
    accuracy: float
    images: int


@dataclass(frozen=True)
class Run:
    """A run that is over. losses: float32 (iterations,); weights: the network's state, by name."""

    id: str
    config: TrainingConfig
    complete: bool  # False: somebody stopped it before its last epoch
    total_iterations: int  # as planned
    seconds: float  # of training, pauses left out
    losses: np.ndarray
    validation: tuple[ValidationPoint, ...]
    test: Evaluation | None
    weights: Mapping[str, Tensor]

    def model(self) -> nn.Module:
        """The trained network, ready to answer."""
        model = build_model(self.config)
        model.load_state_dict(self.weights)
        return model.eval()


def is_run_id(name: object) -> bool:
    """Whether a run may be called so."""
    return isinstance(name, str) and bool(RUN_ID.fullmatch(name))


class RunStore:
    """The runs under one folder (default: `runs` in the app's folder)."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or home() / "runs"

    def save(self, run: Run) -> None:
        """Keep a run, whole or not at all. Raises RunError."""
        if not is_run_id(run.id):
            raise RunError(f"{run.id!r} is no name for a run.")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            scratch = Path(tempfile.mkdtemp(dir=self.folder, prefix=".saving-"))
            try:
                _write(run, scratch)
                shutil.rmtree(self.folder / run.id, ignore_errors=True)
                os.replace(scratch, self.folder / run.id)
            except BaseException:
                shutil.rmtree(scratch, ignore_errors=True)
                raise
        except (OSError, safetensors.SafetensorError) as error:
            reason = getattr(error, "strerror", None) or error
            raise RunError(
                f"This run could not be saved in {self.folder}: {reason}. It stays in memory for "
                "now. Free some space there, then save it again."
            ) from error

    def load(self, run_id: str) -> Run:
        """The run with this id. Raises RunError when there is none or its files are damaged."""
        if not is_run_id(run_id):
            raise RunError(f"There is no saved run named {run_id!r} here.")
        folder = self.folder / run_id
        try:
            if not folder.is_dir():
                raise RunError(f"There is no saved run named {run_id!r} here.")
            return _read(folder)
        except DAMAGE as error:
            raise RunError(
                f"The saved run {run_id} cannot be read: its files are damaged ({error})."
            ) from error


def _write(run: Run, folder: Path) -> None:
    (folder / "run.json").write_text(json.dumps(_to_json(run), indent=2), encoding="utf-8")
    rows = io.StringIO()
    csv.writer(rows).writerows([("iteration", "loss"), *enumerate(run.losses.tolist(), start=1)])
    (folder / "history.csv").write_text(rows.getvalue(), encoding="utf-8")
    weights = {name: tensor.contiguous() for name, tensor in run.weights.items()}
    (folder / "weights.safetensors").write_bytes(safetensors.torch.save(weights))


def _to_json(run: Run) -> dict[str, Any]:
    test = run.test and {"loss": run.test.loss, "confusion": run.test.confusion.tolist()}
    return {
        "id": run.id,
        "config": run.config.to_dict(),
        "complete": run.complete,
        "total_iterations": run.total_iterations,
        "seconds": run.seconds,
        "iterations": len(run.losses),
        "validation": [vars(point) for point in run.validation],
        "test": test,
    }


def _read(folder: Path) -> Run:
    saved = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    rows = csv.DictReader(io.StringIO((folder / "history.csv").read_text(encoding="utf-8")))
    test = saved["test"]
    run = Run(
        id=saved["id"],
        config=TrainingConfig.from_dict(saved["config"]),
        complete=saved["complete"],
        total_iterations=saved["total_iterations"],
        seconds=saved["seconds"],
        losses=np.array([float(row["loss"]) for row in rows], dtype=np.float32),
        validation=tuple(ValidationPoint(**point) for point in saved["validation"]),
        test=test and Evaluation(test["loss"], torch.tensor(test["confusion"], dtype=torch.int64)),
        weights=safetensors.torch.load_file(folder / "weights.safetensors"),
    )
    _check(run, saved.get("iterations", len(run.losses)))
    return run


def _check(run: Run, iterations: int) -> None:
    """Raise ValueError where what was read cannot be what was written."""
    if not 1 <= len(run.losses) == iterations <= run.total_iterations:
        raise ValueError("the losses of some iterations are missing")
    numbers = [run.seconds, *run.losses.tolist(), *([run.test.loss] if run.test else [])]
    numbers += [each for point in run.validation for each in (point.loss, point.accuracy)]
    if not all(math.isfinite(number) for number in numbers):
        raise ValueError("a number in them is none")
    if run.test and (run.test.confusion.shape != (CLASSES, CLASSES) or run.test.images < 1):
        raise ValueError("the result of the exam makes no sense")
    try:
        run.model()
    except RuntimeError as error:  # torch names the layers that do not fit
        raise ValueError("the weights do not fit the network") from error
