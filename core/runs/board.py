"""All runs of the server: who may start one, and which are still in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection

import numpy as np

from core.background import Queue, Refused, default_max_jobs
from core.config import TrainingConfig
from core.data import DatasetShelf
from core.runs.budget import make_room
from core.runs.job import TrainingJob
from core.runs.kept.run import Label, RunError
from core.runs.kept.store import RunStore
from core.runs.steering.controls import Controls

KEPT_JOBS = 40  # jobs that are over and still in memory; older ones are on disk
KEPT_UNSAVED = 200  # jobs over that could not be saved: the disk may have room again
OPEN_JOBS = 60  # running and waiting at most, so that nobody can fill the server
CUT_OFF_FOR_ROOM = "Cut off, because nobody looked at it and the server was full."


class BoardFull(Refused):
    """The server has as many jobs as it can hold. The message says what to do."""


class JobBoard:
    """All jobs of the server. One board serves every visitor."""

    def __init__(
        self,
        shelf: DatasetShelf | None = None,
        store: RunStore | None = None,
        queue: Queue | None = None,
    ) -> None:
        self.shelf = shelf or DatasetShelf()
        self.store = store or RunStore()
        self.queue = queue or Queue(default_max_jobs())
        self._jobs: OrderedDict[str, TrainingJob] = OrderedDict()
        self._lock = threading.Lock()
        self._starting = threading.Lock()  # so that two clicks at once are not two starts

    def submit(
        self,
        config: TrainingConfig,
        paused: bool = False,
        speed: float | None = None,
        probe: np.ndarray | None = None,
        owner: str = "",
        once: bool = False,
    ) -> TrainingJob:
        """Start a job. `paused`: it waits for `step` or `resume`; `speed` and `probe`: see
        `Controls.set_speed` and `TrainingJob.set_probe`; `owner`: the id of a visitor's browser.

        once: an owner who asks for the same again before it has begun gets the same job, for an
        impatient click is no second run. Raises BoardFull when the server holds as many open jobs
        as it can.
        """
        with self._starting:
            if once and (waiting := self._not_begun(config, owner)):
                return waiting
            controls = Controls(paused, speed)
            return self._begin(
                TrainingJob(config, self.shelf, self.store, self.queue, controls, probe, owner)
            )

    def go_on(self, run_id: str) -> TrainingJob:
        """Go on with a run that was cut off, from the end of its last whole epoch; one that came to
        none begins again, to the same losses.

        One that is still going is left alone. Raises RunError where it cannot go on, and BoardFull.
        """
        with self._starting:
            known = self.get(run_id)
            if known and not known.over:
                return known
            run, checkpoint = self.store.load(run_id), self.store.checkpoint(run_id)
            if run.complete:
                raise RunError("This run is complete.")
            going_on = run, checkpoint
            return self._begin(
                TrainingJob(run.config, self.shelf, self.store, self.queue, going_on=going_on)
            )

    def seen_by(self, owners: Collection[str], runs: Collection[str]) -> None:
        """A visitor is there, on whatever page: their runs, and those they follow, are not left."""
        for job in self.jobs():
            if job.id in runs or job.keeping.origin.owner in owners:
                job.controls.presence.seen()

    def drop(self, run_id: str) -> None:
        """Stop a run and remember nothing of it. What was kept on disk stays there."""
        with self._lock:
            job = self._jobs.pop(run_id, None)
        if job:
            job.stop()

    def relabel(self, run_id: str, label: Label) -> None:
        """Change what is said of a kept run, which may still be going. Raises RunError."""
        job = self.get(run_id)
        before = job.keeping.label if job else None
        if job:
            job.keeping.label = label  # first: it may be saved in this moment
        try:
            self.store.relabel(run_id, label)
        except RunError:
            if job and not job.over and not self.store.holds(run_id):
                return  # it is kept with its label at the end of its first epoch
            if job:
                job.keeping.label = before
            raise

    def _begin(self, job: TrainingJob) -> TrainingJob:
        with self._lock:
            going = [each for each in self._jobs.values() if not each.over]
            if len(going) >= OPEN_JOBS and not cut_off_left(going):
                raise BoardFull(
                    f"{OPEN_JOBS} runs are going or waiting on this server, and it can hold no "
                    "more. Try again in a few minutes."
                )
            self._forget([each for each in self._jobs.values() if each.over])
            self._jobs[job.id] = job
        job.memory.grown = self.make_room
        self.make_room()
        job.task.start()
        return job

    def make_room(self) -> None:
        """Keep to what all runs together may remember, see core/runs/budget.py."""
        for job in make_room(self.jobs()):
            with self._lock:
                self._jobs.pop(job.id, None)

    def jobs(self) -> list[TrainingJob]:
        """All jobs in memory, oldest first."""
        with self._lock:
            return list(self._jobs.values())

    def get(self, job_id: str) -> TrainingJob | None:
        """The job with this id, if it is still in memory."""
        with self._lock:
            return self._jobs.get(job_id)

    def _not_begun(self, config: TrainingConfig, owner: str) -> TrainingJob | None:
        """A job of theirs with these settings that has not done a batch yet."""
        return next(
            (
                each
                for each in self.jobs()
                if (each.config, each.keeping.origin.owner) == (config, owner) and each.untouched
            ),
            None,
        )

    def _forget(self, over: list[TrainingJob]) -> None:
        """Make room among the jobs that are over, oldest first."""
        saved = [each for each in over if each.can_be_forgotten]
        unsaved = [each for each in over if not each.can_be_forgotten]
        for old in saved[:-KEPT_JOBS] + unsaved[:-KEPT_UNSAVED]:
            del self._jobs[old.id]


def cut_off_left(going: list[TrainingJob]) -> int:
    """End the runs that were left alone, to be gone on with later; how many there were."""
    left = [each for each in going if each.controls.left]
    for each in left:
        each.controls.stop(CUT_OFF_FOR_ROOM, cut_off=True)
    return len(left)
