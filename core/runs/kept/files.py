"""The files of one run, written and read: they can be read without Python, and without pickle.

`run.json` says what was trained and how it did, `history.csv` holds the loss of every iteration and
the exams between, `weights.safetensors` the network, and `checkpoint.safetensors` what a run that
did not come to its end needs to go on. Which folders there are is the business of store.py.
"""

from __future__ import annotations

import csv
import io
import json
import os
import zipfile
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import safetensors
import safetensors.torch
from torch import Tensor, nn

from core.config import TrainingConfig
from core.runs.kept.card import FORMAT, card_of, summary_of
from core.runs.kept.run import Label, Run, RunError, RunSummary, ValidationPoint, with_weights

CARD, HISTORY, WEIGHTS = "run.json", "history.csv", "weights.safetensors"
CHECKPOINT = "checkpoint.safetensors"
# what reading a file can raise whose content is not what was once written
DAMAGE = (
    *(OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError),
    *(RecursionError, safetensors.SafetensorError, RunError),
)


def write(run: Run, folder: Path, checkpoint: bytes | None = None) -> None:
    """All files of a run into a folder that is there and empty, and through to the disk."""
    whole = contents(run) | ({CHECKPOINT: checkpoint} if checkpoint is not None else {})
    with ExitStack() as until_synced:
        files = [until_synced.enter_context((folder / name).open("wb")) for name in whole]
        for file, content in zip(files, whole.values(), strict=True):
            _write(file, content)
        for file in files:  # only now: the wait for the first one brings most of the others along
            os.fsync(file.fileno())
    sync_folder(folder)


def contents(run: Run) -> dict[str, bytes]:
    """The files of a run by their names."""
    return {
        CARD: json.dumps(card_of(run), indent=2).encode(),
        HISTORY: history(run).encode(),
        WEIGHTS: weights(run),
    }


def weights(run: Run) -> bytes:
    """The network as safetensors, by the names that core/model.py has for its weights; settings and
    name as metadata, so that it is of use alone."""
    tensors = {name: tensor.contiguous() for name, tensor in run.weights.items()}
    said = {"config": json.dumps(run.config.to_dict()), "name": run.name}
    return safetensors.torch.save(tensors, said)


def read(folder: Path | zipfile.Path) -> Run:
    """The run in this folder. Raises one of DAMAGE where it is none."""
    summary = read_summary(folder)
    told = {name: value for name, value in vars(summary).items() if name != "iterations"}
    run = Run(
        **told,
        losses=_losses(folder, summary.iterations),
        weights=safetensors.torch.load((folder / WEIGHTS).read_bytes()),
    )
    if len(run.losses) != summary.iterations:
        raise ValueError("the losses of some iterations are missing")
    if not np.isfinite(run.losses).all():
        raise ValueError("a number in them is none")
    _network(run.config, run.weights)
    return run


def read_network(folder: Path) -> nn.Module:
    """The network in this folder, ready to answer, without the curve, which may be long. Raises one
    of DAMAGE."""
    config = read_summary(folder).config
    return _network(config, safetensors.torch.load_file(folder / WEIGHTS))


def read_summary(folder: Path | zipfile.Path) -> RunSummary:
    """What `run.json` says. Raises one of DAMAGE where that makes no sense."""
    card = json.loads((folder / CARD).read_text(encoding="utf-8"))
    known = "iterations" in card
    return summary_of(folder.name, card, card["iterations"] if known else _count_losses(folder))


def stamp_of(folder: Path) -> tuple[int, int]:
    """Tells whether `run.json` is another than before. Raises OSError where there is none."""
    seen = os.stat(f"{folder}/{CARD}")  # of hundreds of runs, one after the other: no Path is made
    return seen.st_mtime_ns, seen.st_ino  # it is always written as a new file


def owner_of(folder: Path) -> str:
    """Whose a run is whose `run.json` may make no sense otherwise; "" where that is not told."""
    with suppress(*DAMAGE):
        owner = json.loads((folder / CARD).read_text(encoding="utf-8"))["origin"]["owner"]
        return owner if isinstance(owner, str) else ""
    return ""


def write_label(folder: Path, label: Label, write_file: Any) -> None:
    """Change what is said of a run, and nothing else; `write_file(path, content)` writes."""
    saved = json.loads((folder / CARD).read_text(encoding="utf-8"))
    saved |= {"format": FORMAT, "label": vars(label)}
    write_file(folder / CARD, json.dumps(saved, indent=2).encode())


def sync_folder(folder: Path) -> None:
    """Have the names in a folder outlive a power cut, where the system can do that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def history(run: Run) -> str:
    """`history.csv`: a row for each iteration, from 1; exams stand in the row of theirs."""
    exams: Mapping[int, ValidationPoint] = {each.iteration: each for each in run.validation}
    rows = io.StringIO()
    writer = csv.writer(rows)
    writer.writerow(("iteration", "loss", "validation_loss", "validation_accuracy"))
    for iteration, loss in enumerate(run.losses.tolist(), start=1):
        exam = exams.get(iteration)
        writer.writerow((iteration, loss, exam.loss if exam else "", exam.accuracy if exam else ""))
    return rows.getvalue()


def _losses(folder: Path | zipfile.Path, expected: int) -> np.ndarray:
    """The curve, float32 (iterations,); a million and a half of them in a second."""
    with (folder / HISTORY).open(encoding="utf-8") as file:
        if not expected:
            return np.empty(0, np.float32)
        names, first = file.readline().strip().split(","), file.readline()
        if "loss" not in names or not first.strip():  # of no row at all NumPy would only warn
            raise ValueError(f"no loss stands in {HISTORY}")
        rows = chain([first], file)
        return np.loadtxt(
            rows, np.float32, delimiter=",", usecols=names.index("loss"), ndmin=1, comments=None
        )


def _network(config: TrainingConfig, weights: Mapping[str, Tensor]) -> nn.Module:
    try:
        return with_weights(config, weights)
    except RuntimeError as error:  # torch names the layers that do not fit
        raise ValueError("the weights do not fit the network") from error


def _count_losses(folder: Path) -> int:
    """For runs kept before `run.json` said it."""
    return len((folder / HISTORY).read_text(encoding="utf-8").splitlines()) - 1


def _write(file: BinaryIO, content: bytes) -> None:
    file.write(content)
    file.flush()
