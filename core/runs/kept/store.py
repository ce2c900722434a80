"""All runs that are kept: saved whole or not at all, listed, named, deleted.

What the files of one run hold is in core/runs/kept/files.py, how they take their place in
core/runs/kept/places.py, how many there may be in core/runs/kept/quota.py. Damaged folders are
told, and never deleted unasked. Runs still going are the business of core/runs/job.py.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import safetensors
from torch import nn

from core.machine.storage import home, way_out, write_safely
from core.runs.kept import files, places, quota
from core.runs.kept.files import DAMAGE
from core.runs.kept.places import is_run_id
from core.runs.kept.run import Label, Run, RunError, RunSummary, ValidationPoint

__all__ = ["Damaged", "Run", "RunError", "RunStore", "RunSummary", "ValidationPoint"]


class Damaged(RunError):
    """The files of this run make no sense. The message says in what way."""

    def __init__(self, run_id: str, reason: object, owner: str = "") -> None:
        super().__init__(
            f"The saved run {run_id} cannot be read: its files are damaged ({reason})."
        )
        self.id, self.owner = run_id, owner  # "": nobody's, or that cannot be read either


class RunStore:
    """The runs under one folder (default: `runs` in the app's folder)."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or home() / "runs"
        self._read: dict[str, tuple[tuple[int, int], RunSummary]] = {}  # by id: file as it was, run
        with suppress(OSError):
            places.tidy(self.folder)

    def save(self, run: Run, checkpoint: bytes | None = None) -> None:
        """Keep a run, whole or not at all, and clear away what is too many. Raises RunError.

        checkpoint: what it needs to go on later, if it is not complete; one kept before stays.
        """
        if not is_run_id(run.id):
            raise RunError(f"{run.id!r} is no name for a run.")
        try:
            if checkpoint is None and not run.complete:
                checkpoint = self.checkpoint(run.id)
            new = not (self.folder / run.id).exists()
            with places.written_aside(self.folder / run.id) as scratch:
                files.write(run, scratch, checkpoint)
        except (OSError, safetensors.SafetensorError) as error:
            reason = getattr(error, "strerror", None) or error
            help_out = way_out(error)
            raise RunError(
                f"This run could not be saved in {self.folder}: {reason}. It stays in memory for "
                f"now. {help_out} Then save it again."
            ) from error
        if new and quota.is_full(sizes := quota.sizes_in(self.folder)):
            known = [each for each in self.runs() if isinstance(each, RunSummary)]
            quota.clear(self.folder, sizes, known, run)

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
        return self._summary(run_id, self._folder(run_id))

    def _summary(self, run_id: str, folder: Path) -> RunSummary:
        """The same of a folder that is there."""
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
        for run_id in places.ids(self.folder):
            try:
                found.append(self._summary(run_id, self.folder / run_id))
            except Damaged as problem:
                if self.holds(run_id):  # else it went in this moment
                    found.append(problem)
        strangers = places.foreign(self.folder)
        return [*found, *(Damaged(each, "no run is called so") for each in strangers)]

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
            places.delete(folder)
        except OSError as error:
            raise RunError(f"Run {run_id} could not be deleted: {error.strerror}.") from error

    def restore(self, run_id: str) -> None:
        """Bring back a run that was deleted. Raises RunError where it is gone for good."""
        if not is_run_id(run_id):
            raise RunError(f"There is no run named {run_id!r} to bring back.")
        try:
            places.restore(self.folder / run_id)
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
