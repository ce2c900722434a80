"""The folder of all runs that are kept: saved whole or not at all, listed, named, cleared away.

What the files of one run hold is in core/runs/kept/files.py. Damaged folders are told, and never
deleted unasked. Runs still going are the business of core/runs/job.py.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import safetensors
from torch import nn

from core.machine.storage import home, is_left_over, scratch_name, way_out, write_safely
from core.runs.kept import files
from core.runs.kept.files import DAMAGE
from core.runs.kept.run import Label, Run, RunError, RunSummary, ValidationPoint

__all__ = ["Damaged", "Run", "RunError", "RunStore", "RunSummary", "ValidationPoint", "is_run_id"]

RUN_ID = re.compile(r"[A-Za-z0-9_-]{6,40}")
SCRATCH, REPLACED, DELETED = ".saving-", ".replaced-", ".deleted-"
DELETED_FOR = 3_600.0  # seconds in which what was deleted can be brought back
MOST_OF_ONE = 100  # runs of one visitor; the oldest that is not pinned goes when one more is saved
MOST_OF_ALL = 2_000  # runs of all visitors
MOST_BYTES = 5_000_000_000  # of all their files; a run of the tutorial network takes 1.5 million


class Damaged(RunError):
    """The files of this run make no sense. The message says in what way."""

    def __init__(self, run_id: str, reason: object, owner: str = "") -> None:
        super().__init__(
            f"The saved run {run_id} cannot be read: its files are damaged ({reason})."
        )
        self.id, self.owner = run_id, owner  # "": nobody's, or that cannot be read either


def is_run_id(name: object) -> bool:
    """Whether a run may be called so."""
    return isinstance(name, str) and bool(RUN_ID.fullmatch(name))


def size_of(folder: Path) -> int:
    """Bytes of the files in a folder; 0 where it cannot be looked into."""
    with suppress(OSError):
        return sum(each.stat().st_size for each in folder.iterdir())
    return 0


class RunStore:
    """The runs under one folder (default: `runs` in the app's folder)."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or home() / "runs"
        self._read: dict[str, tuple[tuple[int, int], RunSummary]] = {}  # by id: file as it was, run
        with suppress(OSError):
            self._tidy()

    def save(self, run: Run, checkpoint: bytes | None = None) -> None:
        """Keep a run, whole or not at all, and clear away what is too many. Raises RunError.

        checkpoint: what it needs to go on later, if it is not complete; one kept before stays.
        """
        if not is_run_id(run.id):
            raise RunError(f"{run.id!r} is no name for a run.")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if checkpoint is None and not run.complete:
                checkpoint = self.checkpoint(run.id)
            new = not (self.folder / run.id).exists()
            scratch = self.folder / scratch_name(f"{SCRATCH}{run.id}.")
            scratch.mkdir()
            try:
                files.write(run, scratch, checkpoint)
                self._put(scratch, run.id)
            except BaseException:
                shutil.rmtree(scratch, ignore_errors=True)
                raise
        except (OSError, safetensors.SafetensorError) as error:
            reason = getattr(error, "strerror", None) or error
            help_out = way_out(error)
            raise RunError(
                f"This run could not be saved in {self.folder}: {reason}. It stays in memory for "
                f"now. {help_out} Then save it again."
            ) from error
        if new:
            self._make_room(run)

    def load(self, run_id: str) -> Run:
        """The run with this id. Raises RunError when there is none or its files are damaged."""
        folder = self._folder(run_id)
        try:
            return files.read(folder)
        except DAMAGE as error:
            raise Damaged(run_id, error) from error

    def network(self, run_id: str) -> nn.Module:
        """The network of this run, ready to answer, without its curve. Raises RunError."""
        folder = self._folder(run_id)
        try:
            return files.read_network(folder)
        except DAMAGE as error:
            raise Damaged(run_id, error) from error

    def summary(self, run_id: str) -> RunSummary:
        """The same without its curve and its weights. Raises RunError."""
        folder = self._folder(run_id)
        try:
            stamp = files.stamp_of(folder)
            read, found = self._read.get(run_id, (None, None))
            if read != stamp:  # a list of hundreds is asked for again and again
                found = files.read_summary(folder)
                self._read[run_id] = stamp, found
            return found
        except DAMAGE as error:
            raise Damaged(run_id, error, files.owner_of(folder)) from error

    def runs(self) -> list[RunSummary | Damaged]:
        """All runs that are kept, the newest first."""
        found: list[RunSummary | Damaged] = []
        for run_id in self._ids():
            try:
                found.append(self.summary(run_id))
            except Damaged as problem:
                found.append(problem)
            except RunError:  # gone in this moment
                continue
        return found

    def checkpoint(self, run_id: str) -> bytes | None:
        """What an unfinished run needs to go on; None where nothing was kept for that."""
        with suppress(OSError):
            return (self.folder / run_id / files.CHECKPOINT).read_bytes()
        return None

    def can_go_on(self, run_id: str) -> bool:
        """Whether it has not come to its end."""
        with suppress(RunError):
            return not self.summary(run_id).complete
        return False

    def holds(self, run_id: str) -> bool:
        """Whether a run of this name is kept, damaged or not."""
        return is_run_id(run_id) and (self.folder / run_id).is_dir()

    def relabel(self, run_id: str, label: Label) -> None:
        """Change what is said of a run. Raises RunError."""
        folder = self._folder(run_id)
        try:
            files.write_label(folder, label, write_safely)
        except DAMAGE as error:
            raise RunError(f"The name of run {run_id} could not be changed: {error}.") from error

    def delete(self, run_id: str) -> None:
        """Take a run away; for an hour `restore` brings it back. Raises RunError."""
        folder = self._folder(run_id)
        try:
            shutil.rmtree(self.folder / f"{DELETED}{run_id}", ignore_errors=True)
            os.replace(folder, self.folder / f"{DELETED}{run_id}")
            os.utime(self.folder / f"{DELETED}{run_id}")
        except OSError as error:
            raise RunError(f"Run {run_id} could not be deleted: {error.strerror}.") from error

    def restore(self, run_id: str) -> None:
        """Bring back a run that was deleted. Raises RunError where it is gone for good."""
        if not is_run_id(run_id):
            raise RunError(f"There is no run named {run_id!r} to bring back.")
        try:
            os.replace(self.folder / f"{DELETED}{run_id}", self.folder / run_id)
        except OSError as error:
            raise RunError(f"Run {run_id} is gone: it was deleted too long ago.") from error

    def _folder(self, run_id: str) -> Path:
        folder = self.folder / run_id if is_run_id(run_id) else None
        try:
            if folder and folder.is_dir():
                return folder
        except OSError as error:
            raise Damaged(run_id, error) from error
        raise RunError(f"There is no saved run named {run_id!r} here.")

    def _ids(self) -> list[str]:
        """The ids of all folders, the one written last first."""
        try:
            with os.scandir(self.folder) as entries:
                found = [
                    (each.stat().st_mtime, each.name)
                    for each in entries
                    if is_run_id(each.name) and each.is_dir()
                ]
        except OSError:
            return []
        return [name for _, name in sorted(found, reverse=True)]

    def _put(self, scratch: Path, run_id: str) -> None:
        """Put a folder in the place of the run's old one; at every moment one of them is there."""
        place, old = self.folder / run_id, self.folder / f"{REPLACED}{run_id}"
        if place.exists():
            shutil.rmtree(old, ignore_errors=True)
            os.replace(place, old)
        os.replace(scratch, place)
        files.sync_folder(self.folder)
        shutil.rmtree(old, ignore_errors=True)

    def _make_room(self, new: Run) -> None:
        """Take away the oldest runs that nobody pinned, where they are too many or too large."""
        ids = self._ids()
        sizes = {run_id: size_of(self.folder / run_id) for run_id in ids}
        if len(ids) <= min(MOST_OF_ONE, MOST_OF_ALL) and sum(sizes.values()) <= MOST_BYTES:
            return
        known = [each for each in self.runs() if isinstance(each, RunSummary)]
        mine = [each for each in known if each.origin.owner == new.origin.owner]
        loose = [each for each in known[::-1] if not each.label.pinned and each.id != new.id]
        for group, most in ((mine, MOST_OF_ONE), (known, MOST_OF_ALL)):
            of_group = [each for each in loose if each in group and each.id in sizes]
            for each in of_group[: max(0, len(group) - most)]:
                self._take_away(each.id, sizes)
        for each in loose:
            if sum(sizes.values()) <= MOST_BYTES:
                break
            if each.id in sizes:
                self._take_away(each.id, sizes)

    def _take_away(self, run_id: str, sizes: dict[str, int]) -> None:
        """For good: nobody deleted it, so nobody will want to undo that, and its room is needed."""
        with suppress(RunError):
            self.delete(run_id)
            del sizes[run_id]
            shutil.rmtree(self.folder / f"{DELETED}{run_id}", ignore_errors=True)

    def _tidy(self) -> None:
        """Bring back what a crash left between two places; clear away what is half done or old."""
        for left in self._left_over(REPLACED):
            place = self.folder / left.name.removeprefix(REPLACED)
            if not place.exists():
                os.replace(left, place)
            else:
                shutil.rmtree(left, ignore_errors=True)
        for left in self._left_over(SCRATCH):
            if is_left_over(left):
                shutil.rmtree(left, ignore_errors=True)
        for left in self._left_over(DELETED):
            if time.time() - left.stat().st_mtime > DELETED_FOR:
                shutil.rmtree(left, ignore_errors=True)

    def _left_over(self, prefix: str) -> Iterator[Path]:
        return self.folder.glob(f"{prefix}*")
