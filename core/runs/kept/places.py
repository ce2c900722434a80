"""Where the folder of a run lies: written aside, put in its place, deleted, and brought back.

At every moment one whole folder of a run is there; `tidy` mends what a crash left in between. What
is in a folder is the business of core/runs/kept/files.py.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.machine.storage import is_left_over, scratch_name
from core.runs.kept.files import sync_folder

RUN_ID = re.compile(r"[A-Za-z0-9_-]{6,40}")
SCRATCH, REPLACED, DELETED = ".saving-", ".replaced-", ".deleted-"
DELETED_FOR = 3_600.0  # seconds in which what was deleted can be brought back


def is_run_id(name: object) -> bool:
    """Whether a run may be called so."""
    return isinstance(name, str) and bool(RUN_ID.fullmatch(name))


def ids(folder: Path) -> list[str]:
    """The ids of all runs in a folder, the one written last first."""
    try:
        with os.scandir(folder) as entries:
            found = [
                (each.stat().st_mtime, each.name)
                for each in entries
                if is_run_id(each.name) and each.is_dir()
            ]
    except OSError:
        return []
    return [name for _, name in sorted(found, reverse=True)]


def foreign(folder: Path) -> list[str]:
    """The names of folders that lie here and cannot be runs: no run is called so."""
    try:
        with os.scandir(folder) as entries:
            return [
                each.name
                for each in entries
                if not each.name.startswith(".") and not is_run_id(each.name) and each.is_dir()
            ]
    except OSError:
        return []


@contextmanager
def written_aside(place: Path) -> Iterator[Path]:
    """A new folder to write in, which then takes the place of the old one, if nothing goes wrong.
    Raises OSError."""
    scratch = place.with_name(scratch_name(f"{SCRATCH}{place.name}."))
    scratch.mkdir(parents=True)
    try:
        yield scratch
        _put(scratch, place)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise


def _put(scratch: Path, place: Path) -> None:
    old = place.with_name(f"{REPLACED}{place.name}")
    if place.exists():
        shutil.rmtree(old, ignore_errors=True)
        os.replace(place, old)
    os.replace(scratch, place)
    sync_folder(place.parent)
    shutil.rmtree(old, ignore_errors=True)


def delete(place: Path) -> None:
    """Take a folder away; for an hour `restore` brings it back. Raises OSError."""
    deleted = _deleted(place)
    shutil.rmtree(deleted, ignore_errors=True)
    os.replace(place, deleted)
    os.utime(deleted)


def restore(place: Path) -> None:
    """Bring back what was deleted. Raises OSError where it is gone for good."""
    os.replace(_deleted(place), place)


def delete_for_good(place: Path) -> None:
    """Take a folder away that nobody will want back. Raises OSError."""
    delete(place)
    shutil.rmtree(_deleted(place), ignore_errors=True)


def tidy(folder: Path) -> None:
    """Bring back what a crash left between two places; clear away what is half done or old."""
    for left in folder.glob(f"{REPLACED}*"):
        place = folder / left.name.removeprefix(REPLACED)
        if not place.exists():
            os.replace(left, place)
        else:
            shutil.rmtree(left, ignore_errors=True)
    for left in folder.glob(f"{SCRATCH}*"):
        if is_left_over(left):
            shutil.rmtree(left, ignore_errors=True)
    for left in folder.glob(f"{DELETED}*"):
        if time.time() - left.stat().st_mtime > DELETED_FOR:
            shutil.rmtree(left, ignore_errors=True)


def _deleted(place: Path) -> Path:
    return place.with_name(f"{DELETED}{place.name}")
