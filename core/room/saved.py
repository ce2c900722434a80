"""Rooms that their presenter saved: a file each under the app's folder, read without this program.

NumPy's compressed format, without pickle: images, labels, phones, and the strokes. Whose it is
can be told from its name; nobody else is shown it.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from core.machine.storage import home, write_safely
from core.room.room import Room, RoomError

MOST_SAVED = 100  # files, each 2 MB at most
ENDING = ".npz"


@dataclass(frozen=True, eq=False)
class SavedRoom:
    """The digits of a saved room: images uint8 (N, 28, 28); labels, phones int64 (N,)."""

    images: np.ndarray
    labels: np.ndarray
    phones: np.ndarray

    @property
    def phone_count(self) -> int:
        """How many phones drew them."""
        return len(np.unique(self.phones))


def folder() -> Path:
    """Where the files lie."""
    return home() / "rooms"


def save(room: Room, owner: str) -> int:
    """Write the digits that are not hidden; how many. A room that is saved again is written anew.

    Raises RoomError where there is none, and where MOST_SAVED are kept; OSError from the disk.
    """
    digits = room.digits()
    if not digits:
        raise RoomError("nothing is drawn yet.")
    path = folder() / f"{_mark(owner)}-{room.id}{ENDING}"
    if not path.exists() and len(_files()) >= MOST_SAVED:
        raise RoomError(f"{MOST_SAVED} rooms are saved on this server, and that is the most.")
    content = io.BytesIO()
    np.savez_compressed(
        content,
        images=np.stack([each.image for each in digits]),
        labels=np.array([each.label for each in digits]),
        phones=np.array([each.phone for each in digits]),
        points=np.concatenate([each.points for each in digits]),  # of all strokes
        stroke_points=np.concatenate([each.lengths for each in digits]),
        digit_strokes=np.array([len(each.lengths) for each in digits]),
    )
    write_safely(path, content.getvalue())
    return len(digits)


def files_of(owners: Sequence[str]) -> list[Path]:
    """The rooms that one of these ids saved, the newest first. Looks at names only."""
    mine = [path for path in _files() if path.name.split("-")[0] in map(_mark, owners)]
    return sorted(mine, key=lambda path: path.stat().st_mtime, reverse=True)


def load(path: Path) -> SavedRoom | None:
    """The room in a file; None where it is none."""
    try:
        with np.load(path, allow_pickle=False) as file:
            images, labels, phones = (file[name] for name in ("images", "labels", "phones"))
    except (OSError, KeyError, ValueError, EOFError, BadZipFile):
        return None
    if images.dtype != np.uint8 or images.shape != (len(labels), 28, 28) or not len(labels):
        return None
    return SavedRoom(images, labels.astype(np.int64), phones.astype(np.int64))


def _mark(owner: str) -> str:
    """Tells an owner's files from others'; the id itself, which is shown to nobody, is not kept."""
    return hashlib.sha256(owner.encode()).hexdigest()[:16]


def _files() -> list[Path]:
    try:
        return list(folder().glob(f"*{ENDING}"))
    except OSError:
        return []
