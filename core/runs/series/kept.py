"""Repeats and sweeps on disk: what is trained of them outlives the server and the browser's tab.

A folder for each visitor, in it one for each series: `series.json` says what is trained, and every
run that is over has a file of its own, written whole or not at all. No network is kept.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from core.machine.storage import home, way_out, write_safely
from core.runs.kept import places
from core.runs.kept.files import DAMAGE
from core.runs.kept.quota import size_of
from core.runs.kept.run import RunError
from core.runs.series.compute import Runs
from core.runs.series.plan import Plan, plan_of, plan_table
from core.runs.series.results import run_of, run_table
from core.runs.series.whole_run import WholeRun

PLAN = "series.json"
NAMES = "[!.]*-*"  # of their folders; what was deleted begins with a dot
MOST_OF_ONE = 40  # series of one visitor; the oldest goes when one more begins
MOST_OF_ALL = 1_000  # of all visitors
MOST_BYTES = 500_000_000  # of all their files; five repeats of the tutorial network take 100,000


class DamagedSeries(RunError):
    """The files of this series make no sense. The message says in what way."""

    def __init__(self, series_id: str, reason: object) -> None:
        super().__init__(f"{series_id} cannot be read: its files are damaged ({reason}).")
        self.id = series_id


class SeriesStore:
    """The series under one folder (default: `series` in the app's folder)."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or home() / "series"
        self.problems: dict[str, str] = {}  # by the id of a series: why it is not on disk
        with suppress(OSError):
            for visitors in self.folder.glob("*"):
                places.tidy(visitors)

    def begin(self, plan: Plan) -> None:
        """Keep what will be trained; the oldest series make room. What cannot be written is told by
        `problems`, and nothing else: results are in memory too."""
        content = json.dumps(plan_table(plan), indent=1).encode()
        self._write(plan, self._place(plan) / PLAN, content)
        self._make_room(plan)

    def keep(self, plan: Plan, run: WholeRun) -> None:
        """Keep a run of it that is over; not where the series was deleted meanwhile."""
        if (self._place(plan) / PLAN).exists():
            content = json.dumps(run_table(run)).encode()
            self._write(plan, self._file(plan, plan.configs.index(run.config)), content)

    def runs(self, plan: Plan) -> Runs:
        """Those that are over, in the order of the series. Raises DamagedSeries."""
        found: Runs = {}
        for number, config in enumerate(plan.configs):
            file = self._file(plan, number)
            if not file.exists():
                continue
            try:
                found[config] = run_of(json.loads(file.read_bytes()))
                if found[config].config != config:
                    raise ValueError(f"{file.name} has other settings")
            except DAMAGE as error:
                raise DamagedSeries(plan.id, error) from error
        return found

    def stamp(self, plan: Plan) -> int:
        """Tells whether there are other files than before; 0 without any."""
        with suppress(OSError):
            return self._place(plan).stat().st_mtime_ns
        return 0

    def of(self, owners: Iterable[str]) -> list[Plan | DamagedSeries]:
        """All series of a visitor, the newest first, those that are damaged at the end."""
        plans, damaged = [], []
        for place in [each for owner in owners for each in self._folder_of(owner).glob(NAMES)]:
            try:
                plans.append(plan_of(json.loads((place / PLAN).read_bytes())))
            except DAMAGE as error:
                damaged.append(DamagedSeries(place.name, error))
        return [*sorted(plans, key=lambda plan: plan.begun, reverse=True), *damaged]

    def delete(self, plan: Plan) -> None:
        """Take a series away; for an hour `restore` brings it back. Raises RunError."""
        try:
            places.tidy(self._folder_of(plan.owner))
            places.delete(self._place(plan))
        except FileNotFoundError:
            pass  # it was in memory alone
        except OSError as error:
            raise RunError(f"{plan.name} could not be deleted: {error.strerror}.") from error

    def restore(self, plan: Plan) -> None:
        """Bring back a series that was deleted. Raises RunError where it is gone for good."""
        try:
            places.restore(self._place(plan))
        except OSError as error:
            raise RunError(f"{plan.name} is gone: it was deleted too long ago.") from error

    def _folder_of(self, owner: str) -> Path:
        return self.folder / hashlib.sha256(owner.encode()).hexdigest()[:16]

    def _place(self, plan: Plan) -> Path:
        return self._folder_of(plan.owner) / plan.id

    def _file(self, plan: Plan, number: int) -> Path:
        return self._place(plan) / f"run-{number + 1:02d}.json"

    def _write(self, plan: Plan, file: Path, content: bytes) -> None:
        try:
            write_safely(file, content, sync=True)
            self.problems.pop(plan.id, None)
        except OSError as error:
            self.problems[plan.id] = (
                f"This could not be kept in {self.folder}: {error.strerror or error}. It is lost "
                f"when the server is stopped. {way_out(error)}"
            )

    def _make_room(self, new: Plan) -> None:
        """Take away the oldest series, where they are too many or too large."""
        kept = sorted(self.folder.glob(f"*/{NAMES}"), key=_age)
        mine = [each for each in kept if each.parent == self._folder_of(new.owner)]
        going = [*mine[: max(0, len(mine) - MOST_OF_ONE)], *kept]
        sizes = {each: size_of(each) for each in kept}
        for place in going:
            left = [each for each in mine if each in sizes]
            if len(left) <= MOST_OF_ONE and not _too_much(sizes):
                break
            if place in sizes and place != self._place(new):
                shutil.rmtree(place, ignore_errors=True)
                del sizes[place]


def _too_much(sizes: dict[Path, int]) -> bool:
    return len(sizes) > MOST_OF_ALL or sum(sizes.values()) > MOST_BYTES


def _age(place: Path) -> float:
    with suppress(OSError):
        return (place / PLAN).stat().st_mtime
    return 0.0
