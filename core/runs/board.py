"""All runs of the server: who may start one, and which are still in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict

import numpy as np

from core.background import Queue, Refused, default_max_jobs
from core.config import TrainingConfig
from core.data import DatasetShelf
from core.runs.controls import Controls
from core.runs.job import TrainingJob
from core.runs.kept.run import Label, RunError
from core.runs.kept.store import RunStore

KEPT_JOBS = 40  # jobs that are over and still in memory; older ones are on disk
KEPT_UNSAVED = 200  # jobs over that could not be saved: the disk may have room again
KEPT_MOMENTS = 3  # of these, so many can still be gone back in: 64 MB each at the most
OPEN_JOBS = 60  # running and waiting at most, so that nobody can fill the server
NO_CHECKPOINT = "This run was stopped before its first epoch was over, so it has to begin anew."


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

    def submit(
        self,
        config: TrainingConfig,
        paused: bool = False,
        speed: float | None = None,
        probe: np.ndarray | None = None,
        owner: str = "",
    ) -> TrainingJob:
        """Start a job. `paused`: it waits for `step` or `resume`; `speed` and `probe`: see
        `Controls.set_speed` and `TrainingJob.set_probe`; `owner`: the id of a visitor's browser.

        Raises BoardFull when the server holds as many open jobs as it can.
        """
        controls = Controls(paused, speed)
        return self._begin(
            TrainingJob(config, self.shelf, self.store, self.queue, controls, probe, owner)
        )

    def go_on(self, run_id: str) -> TrainingJob:
        """Go on with a run that was cut off, from the end of its last whole epoch.

        One that is still going is left alone. Raises RunError where it cannot go on, and BoardFull.
        """
        known = self.get(run_id)
        if known and not known.over:
            return known
        run, checkpoint = self.store.load(run_id), self.store.checkpoint(run_id)
        if run.complete or checkpoint is None:
            raise RunError("This run is complete." if run.complete else NO_CHECKPOINT)
        going_on = run, checkpoint
        return self._begin(
            TrainingJob(run.config, self.shelf, self.store, self.queue, going_on=going_on)
        )

    def drop(self, run_id: str) -> None:
        """Stop a run and remember nothing of it. What was kept on disk stays there."""
        with self._lock:
            job = self._jobs.pop(run_id, None)
        if job:
            job.stop()

    def relabel(self, run_id: str, label: Label) -> None:
        """Change what is said of a kept run, which may still be going. Raises RunError."""
        job = self.get(run_id)
        before = job.label if job else None
        if job:
            job.label = label  # first: it may be saved in this moment
        try:
            self.store.relabel(run_id, label)
        except RunError:
            if job and not job.over and not self.store.holds(run_id):
                return  # it is kept with its label at the end of its first epoch
            if job:
                job.label = before
            raise

    def _begin(self, job: TrainingJob) -> TrainingJob:
        with self._lock:
            over = [each for each in self._jobs.values() if each.over]
            if len(self._jobs) - len(over) >= OPEN_JOBS:
                raise BoardFull(
                    f"{OPEN_JOBS} runs are going or waiting on this server, and it can hold no "
                    "more. Try again in a few minutes."
                )
            self._forget(over)
            self._jobs[job.id] = job
        job.task.start()
        return job

    def jobs(self) -> list[TrainingJob]:
        """All jobs in memory, oldest first."""
        with self._lock:
            return list(self._jobs.values())

    def get(self, job_id: str) -> TrainingJob | None:
        """The job with this id, if it is still in memory."""
        with self._lock:
            return self._jobs.get(job_id)

    def _forget(self, over: list[TrainingJob]) -> None:
        """Make room among the jobs that are over, oldest first."""
        saved = [each for each in over if not each.unsaved]
        unsaved = [each for each in over if each.unsaved]
        for old in saved[:-KEPT_JOBS] + unsaved[:-KEPT_UNSAVED]:
            del self._jobs[old.id]
        for old in over[:-KEPT_MOMENTS]:
            old.memory.forget_moments()
