"""A run that comes back: from an upload, of which nothing is believed, to a run of a visitor.

Nothing is unpickled and nothing written; who keeps the run is the business of core/runs/kept. Sizes
are checked before anything is read, and the weights' header before the weights.
"""

from __future__ import annotations

import json
import secrets
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import torch

from core.config import LIMITS, ConfigError, TrainingConfig
from core.model import NETWORKS
from core.runs.kept import files
from core.runs.kept.run import Label, Origin, Run, RunError, RunSummary
from core.runs.taken_home.archive import ID
from core.runs.taken_home.safe_zip import MEGABYTE, UnsafeZip, opened

LARGEST = 100 * MEGABYTE  # of an upload: the widest network that there may be has 91
MOST = {files.CARD: MEGABYTE, files.HISTORY: 16 * MEGABYTE, files.WEIGHTS: LARGEST}
LONGEST_HEADER = 64 * 1_024  # bytes, of weights; that of a network has some 3,000
LONGEST_WORD = 80  # letters of what is told of a run's origin
KINDS = {torch.float32: "F32", torch.int64: "I64"}  # as safetensors calls them
PICKLE = "it is a pickle, which could run a program on this server, so it is never opened"
NONSENSE = "what it holds makes no sense"
UNREADABLE = (*files.DAMAGE, RuntimeError, zipfile.BadZipFile, zlib.error, EOFError)


def brought_back(content: bytes, owner: str) -> Run:
    """The run in a zip that core.runs.taken_home.archive made, as a new run of `owner`.

    It has a new id, and keeps its name, its note and when it began. Raises RunError, with one
    sentence for the visitor, for everything else that is handed in.
    """
    try:
        return _read(content, owner)
    except UNREADABLE as error:
        known = type(error) in (ValueError, UnsafeZip, ConfigError, RunError)
        reason = str(error).rstrip(".")[:200] if known else NONSENSE
        raise RunError(
            f"This file cannot be brought back: {reason}. The .zip of a run can, as it was taken "
            "home."
        ) from error


def _read(content: bytes, owner: str) -> Run:
    if len(content) > LARGEST:
        raise UnsafeZip(f"it has more than {LARGEST // MEGABYTE} MB")
    if reason := _other_kind(content):
        raise UnsafeZip(reason)
    with opened(content, MOST) as archive:
        archive.filename = ID  # whoever reads a run may ask for its folder's name
        folder = zipfile.Path(archive)
        summary = files.read_summary(folder)
        _check_numbers(summary)
        _check_header(archive, summary.config)
        run = files.read(folder)
    if not all(bool(weights.isfinite().all()) for weights in run.weights.values()):
        raise ValueError("a weight in it is not a number")
    return replace(
        run,
        id=secrets.token_urlsafe(9),  # one that nobody can guess
        label=Label(run.label.name, run.label.note),
        origin=_origin(run.origin, owner),
    )


def _other_kind(content: bytes) -> str:
    """Why it is no zip, where one can tell what it is instead; else nothing."""
    if content[:1] == b"\x80" or b"/data.pkl" in content[:256]:  # pickled; torch.save pickles too
        return PICKLE
    if content[8:10] == b'{"':
        return "these are weights alone, without the settings and the curve of their run"
    if content.lstrip()[:1] in (b"{", b"["):
        return "it is JSON, which is one part of a run"
    return ""


def _check_numbers(run: RunSummary) -> None:
    """Raise ValueError or TypeError where a number cannot be, before anything is counted by it."""
    whole = [run.iterations, run.total_iterations]
    for point in run.validation:
        whole += [point.iteration, point.images]
    if not all(type(number) is int and number > 0 for number in whole):
        raise ValueError("it counts something that cannot be counted")
    most = run.config.epochs * LIMITS["training_images"].high
    if run.total_iterations % run.config.epochs or run.total_iterations > most:
        raise ValueError("its batches do not go into its epochs")
    if run.complete != (run.iterations == run.total_iterations):
        raise ValueError("it is not clear whether it came to its end")
    results = [(point.accuracy, point.loss) for point in run.validation]
    if run.test:
        if run.test.confusion.min() < 0:
            raise ValueError("a result of an exam in it cannot be")
        results.append((run.test.accuracy, run.test.loss))
    if not all(0 <= accuracy <= 1 and loss >= 0 for accuracy, loss in results):
        raise ValueError("a result of an exam in it cannot be")
    if not 0 <= run.seconds < 1e9:
        raise ValueError("the time that it took cannot be")


def _check_header(archive: zipfile.ZipFile, config: TrainingConfig) -> None:
    """Raise ValueError unless the weights are those of this network, told by their header alone.

    Its layout: https://github.com/huggingface/safetensors#format.
    """
    with archive.open(files.WEIGHTS) as file:
        length = int.from_bytes(file.read(8), "little")
        if length > LONGEST_HEADER:
            raise ValueError("the list of its weights is too long")
        header = json.loads(file.read(length))
    header.pop("__metadata__", None)
    found = {name: (each["dtype"], tuple(each["shape"])) for name, each in header.items()}
    with torch.device("meta"):
        network = NETWORKS[config.architecture](
            config.hidden_sizes, config.activation, config.dropout
        )
    weights = network.state_dict()
    size = 8 + length + sum(each.numel() * each.element_size() for each in weights.values())
    expected = {name: (KINDS[each.dtype], tuple(each.shape)) for name, each in weights.items()}
    if found != expected or archive.getinfo(files.WEIGHTS).file_size != size:
        raise ValueError("the weights are not those of the network that run.json describes")


def _origin(told: Origin, owner: str) -> Origin:
    """What is told of its origin, as far as it can be shown; it is `owner`'s from now on."""
    try:
        begun = datetime.fromisoformat(told.begun).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        begun = datetime.now(UTC)
    return Origin(
        owner=owner,
        begun=begun.isoformat(timespec="seconds"),
        device=told.device if _is_word(told.device) else "",
        data=_words(told.data),
        versions=_words(told.versions),
    )


def _words(told: Any) -> dict[str, int | str]:
    """The entries of a table that are words and whole numbers; of others none."""
    if not isinstance(told, Mapping):
        return {}
    return {
        name: value
        for name, value in told.items()
        if _is_word(name) and (_is_word(value) or type(value) is int)
    }


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_WORD and value.isprintable()
