"""Rooms that their presenter saved: a file each under the app's folder, read without this program.

NumPy's compressed format, without pickle: images, labels, phones, and the strokes. Whose it is
can be told from its name; nobody else is shown it.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from core.machine.storage import home, write_safely
from core.room.dataset import name_of
from core.room.drawing import RoomDigit
from core.room.room import Room, RoomError

MOST_SAVED = 100  # files, each 2 MB at most
ENDING = ".npz"


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


def load(path: Path) -> list[RoomDigit] | None:
    """The digits in a file, at least one; None where it is no room."""
    try:
        with np.load(path, allow_pickle=False) as file:
            parts = {name: file[name] for name in file.files}
        images, labels, phones = parts["images"], parts["labels"], parts["phones"]
        strokes = np.split(parts["stroke_points"], np.cumsum(parts["digit_strokes"])[:-1])
        ends = np.cumsum([each.sum() for each in strokes])
        points = np.split(parts["points"], ends[:-1])
    except (OSError, KeyError, ValueError, TypeError, EOFError, BadZipFile):
        return None
    if images.dtype != np.uint8 or images.shape != (len(labels), 28, 28) or not len(labels):
        return None
    if (
        len(phones) != len(labels)
        or len(strokes) != len(labels)
        or ends[-1] != len(parts["points"])
    ):
        return None
    return [
        RoomDigit(int(label), int(phone), *drawn)
        for label, phone, *drawn in zip(labels, phones, images, points, strokes, strict=True)
    ]


def find(name: str) -> list[RoomDigit] | None:
    """The digits that have this name as a dataset, whoever saved them; None: nobody did."""
    rooms = map(load, _files())
    return next((drawn for drawn in rooms if drawn and name_of(drawn) == name), None)


def _mark(owner: str) -> str:
    """Tells an owner's files from others'; the id itself, which is shown to nobody, is not kept."""
    return hashlib.sha256(owner.encode()).hexdigest()[:16]


def _files() -> list[Path]:
    try:
        return list(folder().glob(f"*{ENDING}"))
    except OSError:
        return []
