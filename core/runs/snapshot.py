"""How a training job stands at one moment: what pages get to see of it. It runs nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from core.config import TrainingConfig
from core.evaluation import Evaluation
from core.runs.kept.store import Run, ValidationPoint


class JobState(StrEnum):
    PREPARING = "preparing"  # the dataset is being fetched or made
    WAITING = "waiting"  # in line behind other visitors' jobs
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    STOPPED = "stopped"  # before its last batch, by a person or by a limit
    FAILED = "failed"

    @property
    def over(self) -> bool:
        return self in (JobState.FINISHED, JobState.STOPPED, JobState.FAILED)

    @property
    def still(self) -> bool:
        """Whether nothing will change before somebody presses a button."""
        return self.over or self is JobState.PAUSED


@dataclass(frozen=True)
class JobSnapshot:
    """A job at one moment. `losses` is float32 (iteration,); nothing in it changes any more.

    Only of a job that is going on, or broke, is there more to say than a saved run tells.
    """

    id: str
    config: TrainingConfig
    state: JobState
    iteration: int
    total_iterations: int  # 0 until the dataset is there
    iterations_per_epoch: int
    losses: np.ndarray
    validation: tuple[ValidationPoint, ...]
    seconds: float  # spent on batches and exams, pauses left out
    test: Evaluation | None
    message: str = ""  # what is being prepared, why it stopped or failed
    share_prepared: float = 1.0
    place_in_line: int = 0  # 1: next; 0: not waiting
    waiting_seconds: float = 0.0  # until its turn, roughly
    iterations_per_second: float = 0.0
    error: Exception | None = None
    save_error: str = ""
    name: str = ""  # what to call it
    owner: str = ""  # the id of the browser that it was started in
    pending: str = ""  # what was asked for and has not come yet: "pausing", "stopping"

    @property
    def epoch(self) -> int:
        """The epoch of the newest iteration, from 1; 0 before the first."""
        return math.ceil(self.iteration / self.iterations_per_epoch) if self.iteration else 0

    @property
    def remaining_seconds(self) -> float | None:
        """Until the last batch, at the speed of now; None: that is not known."""
        rate = self.iterations_per_second
        return (self.total_iterations - self.iteration) / rate if rate else None

    @property
    def share(self) -> float:
        """How much of the run is done, 0 to 1."""
        return self.iteration / self.total_iterations if self.total_iterations else 0.0


def snapshot_of(run: Run) -> JobSnapshot:
    """A run from disk, in the form in which pages look at jobs."""
    return JobSnapshot(
        id=run.id,
        config=run.config,
        state=JobState.FINISHED if run.complete else JobState.STOPPED,
        iteration=len(run.losses),
        total_iterations=run.total_iterations,
        iterations_per_epoch=run.total_iterations // run.config.epochs,
        losses=run.losses,
        validation=run.validation,
        seconds=run.seconds,
        test=run.test,
        name=run.name,
        owner=run.origin.owner,
    )
