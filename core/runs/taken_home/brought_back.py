"""What comes back from home: an upload of which nothing is believed becomes a run, or settings.

Nothing is unpickled and nothing written; who keeps the run is the business of core/runs/kept. Sizes
are checked before anything is read, and the weights' header before the weights.
"""

from __future__ import annotations

import secrets
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np

from core.config import LIMITS, ConfigError, TrainingConfig
from core.machine.storage import MEGABYTE, size_and_most
from core.runs.kept import files
from core.runs.kept.run import Label, Origin, Run, RunError, RunSummary
from core.runs.taken_home.archive import ID
from core.runs.taken_home.network_file import check_weights, is_network_file, network_in
from core.runs.taken_home.safe_zip import UnsafeZip, opened
from core.runs.taken_home.settings_file import is_json, settings_in

LARGEST = 100 * MEGABYTE  # of an upload: the widest network that there may be has 91
MOST = {files.CARD: MEGABYTE, files.HISTORY: 16 * MEGABYTE, files.WEIGHTS: LARGEST}
LONGEST_WORD = 80  # letters of what is told of a run's origin
PICKLE = "it is a pickle, which could run a program on this server, so it is never opened"
NONSENSE = "what it holds makes no sense"
UNREADABLE = (*files.DAMAGE, RuntimeError, zipfile.BadZipFile, zlib.error, EOFError)


def brought_back(content: bytes, owner: str) -> Run | TrainingConfig:
    """What this app wrote, as `owner` brings it back: of a run's .zip the run; of a .safetensors
    its network, as a run without a curve; of JSON the settings.

    A run has a new id, and keeps its name, its note and when it began. Raises RunError, with one
    sentence for the visitor, for everything else that is handed in.
    """
    try:
        return _read(content, owner)
    except UNREADABLE as error:
        known = type(error) in (ValueError, UnsafeZip, ConfigError, RunError)
        reason = str(error).rstrip(".")[:250] if known else NONSENSE
        raise RunError(
            f"This file cannot be brought back: {reason}. A run’s .zip, a network’s .safetensors "
            "and settings as .json can, as they were taken home."
        ) from error


def _read(content: bytes, owner: str) -> Run | TrainingConfig:
    if len(content) > LARGEST:
        raise UnsafeZip(f"it has {size_and_most(len(content), LARGEST)}")
    if is_network_file(content):
        return _network_alone(content, owner)
    if content[:1] == b"\x80" or b"/data.pkl" in content[:256]:  # torch.save pickles too
        raise UnsafeZip(PICKLE)
    if is_json(content):
        return settings_in(content)
    return _whole_run(content, owner)


def _network_alone(content: bytes, owner: str) -> Run:
    """A network of which nobody says how it came about: no curve, no time, no exam."""
    config, name, weights = network_in(content)
    begun = datetime.now(UTC).isoformat(timespec="seconds")
    return Run(
        id=_new_id(),
        config=config,
        complete=True,
        total_iterations=0,
        seconds=0.0,
        losses=np.empty(0, np.float32),
        validation=(),
        test=None,
        weights=weights,
        label=Label(name),
        origin=Origin(owner=owner, begun=begun),
    )


def _whole_run(content: bytes, owner: str) -> Run:
    with opened(content, MOST) as archive:
        archive.filename = ID  # whoever reads a run may ask for its folder's name
        folder = zipfile.Path(archive)
        summary = files.read_summary(folder)
        _check_numbers(summary)
        check_weights(archive.read(files.WEIGHTS), summary.config)
        run = files.read(folder)
    return replace(
        run,
        id=_new_id(),
        label=Label(run.label.name, run.label.note),
        origin=_origin(run.origin, owner),
    )


def _new_id() -> str:
    return secrets.token_urlsafe(9)  # one that nobody can guess


def _check_numbers(run: RunSummary) -> None:
    """Raise ValueError where numbers do not go together, each of which can be (kept/card.py)."""
    most = run.config.epochs * LIMITS["training_images"].high
    if run.total_iterations % run.config.epochs or run.total_iterations > most:
        raise ValueError("its batches do not go into its epochs")
    if run.complete != (run.iterations == run.total_iterations):
        raise ValueError("it is not clear whether it came to its end")
    if run.seconds >= 1e9:
        raise ValueError("the time that it took cannot be")


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


def _words(told: Mapping[str, Any]) -> dict[str, int | str]:
    """The entries of a table that are words and whole numbers, as far as they can be shown."""
    return {
        name: value
        for name, value in told.items()
        if _is_word(name) and (_is_word(value) or type(value) is int)
    }


def _is_word(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_WORD and value.isprintable()
