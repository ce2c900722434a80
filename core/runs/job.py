"""Training in the background for many visitors: a board of jobs, a thread each, a line to wait in.

A job owns its run from the first batch to the saved folder; a page only asks for snapshots and
presses its buttons. Nothing here knows a page.
"""

from __future__ import annotations

import copy
import logging
import math
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch
from torch import nn

from core.config import ConfigError, TrainingConfig
from core.data import DatasetShelf, DataUnavailable, DigitDataset, training_digits
from core.evaluation import Evaluation, evaluate
from core.model import build_model
from core.runs.cost import cost
from core.runs.moments import Moment, Moments
from core.runs.probe import Answers, Probe
from core.runs.queue import Line, Rate, default_max_jobs
from core.runs.recording import BatchRecord
from core.runs.snapshot import JobSnapshot, JobState, snapshot_of
from core.runs.store import Run, RunError, RunStore, ValidationPoint
from core.trainer import (
    Progress,
    TrainingDiverged,
    batches_per_epoch,
    check_finite,
    train,
)

__all__ = ["BoardFull", "JobBoard", "JobSnapshot", "JobState", "TrainingJob", "snapshot_of"]

ABANDONED_AFTER = 300.0  # seconds without a look after which a job is stopped and kept
KEPT_JOBS = 40  # jobs that are over and still in memory; older ones are on disk
KEPT_UNSAVED = 200  # jobs over that could not be saved: the disk may have room again
KEPT_MOMENTS = 3  # of these, so many can still be gone back in: 64 MB each at the most
OPEN_JOBS = 60  # running and waiting at most, so that nobody can fill the server
LONGEST_RUN = 3_600.0  # seconds of training after which a job is stopped and kept
QUICK = 0.05  # seconds for a batch; so quick ones can be recorded after Pause was pressed
SLOW = 50.0  # batches a second; a run held below this hardly uses the processor

log = logging.getLogger(__name__)


class BoardFull(RuntimeError):
    """The server has as many jobs as it can hold. The message says what to do."""


class _Stop(Exception):
    """Ends the job's thread from inside; never leaves this file."""


class TrainingJob:
    """One run: its thread, its controls and what it has measured so far."""

    def __init__(self, config: TrainingConfig, board: JobBoard, paused: bool = False) -> None:
        self.id = secrets.token_urlsafe(9)
        self.config = config
        self.speed: float | None = None  # batches a second at most; None: as fast as it goes
        self.model: nn.Module | None = None
        self._board = board
        self._changed = threading.Condition()  # guards everything below
        self._at_work = False  # inside a batch: the weights are changing
        self._looking = 0  # threads that want the weights to stand still
        self._paused = paused
        self._allowance = math.inf  # batches that may still run before the job pauses by itself
        self._stop_reason: str | None = None
        self._state = JobState.PREPARING
        self._message = ""
        self._share_prepared = 0.0
        self._iterations_per_epoch = 0
        self._total = 0
        self._iteration = 0
        self._losses = np.zeros(0, dtype=np.float32)
        self._validation: list[ValidationPoint] = []
        self._test: Evaluation | None = None
        self._error: Exception | None = None
        self._save_error = ""
        self._complete = False
        self._rate = Rate()
        self._last_batch = 0.0  # when it began, for runs that are slowed down
        self._seconds = 0.0
        self._expected = 0.0  # seconds that the whole run will take, as far as was estimated
        self._dataset: DigitDataset | None = None
        self._record: BatchRecord | None = None
        self._moments: Moments | None = None
        self._probe: Probe | None = None
        self._last_seen = time.monotonic()
        self._thread = threading.Thread(target=self._live, name=f"job-{self.id}", daemon=True)

    # What a page may ask

    def snapshot(self) -> JobSnapshot:
        """How the job stands now. Counts as a look: see ABANDONED_AFTER."""
        with self._changed:
            self._last_seen = time.monotonic()
            rate = self._rate.per_second()
            running = self._state is JobState.RUNNING
            left = (self._total - self._iteration) / rate if running and rate else None
            return JobSnapshot(
                id=self.id,
                config=self.config,
                state=self._state,
                message=self._message,
                share_prepared=self._share_prepared,
                place_in_line=self._board.line.place(self),
                waiting_seconds=sum(job.seconds_left() for job in self._board.line.ahead_of(self))
                / self._board.line.places,
                iteration=self._iteration,
                total_iterations=self._total,
                iterations_per_epoch=self._iterations_per_epoch,
                losses=self._losses[: self._iteration],
                validation=tuple(self._validation),
                seconds=self._seconds,
                iterations_per_second=rate if running else 0.0,
                remaining_seconds=left,
                test=self._test,
                error=self._error,
                save_error=self._save_error,
            )

    def network(self) -> nn.Module | None:
        """A copy of the network as it is now, ready to answer; None before it is built."""
        with self._weights_at_rest():
            return copy.deepcopy(self.model).cpu().eval() if self.model is not None else None

    def record(self) -> BatchRecord | None:
        """The newest batch under the microscope, if it was recorded: see `_is_recording`."""
        return self._record

    def moments(self) -> tuple[Moment, ...]:
        """The network at moments of the run, for going back; empty for very large networks."""
        return self._moments.taken() if self._moments else ()

    def answers(self) -> Answers | None:
        """What the network has said to the probe; None without one."""
        with self._changed:
            return self._probe.answers() if self._probe else None

    @contextmanager
    def _weights_at_rest(self) -> Iterator[None]:
        """Between two batches: the job's own thread waits until this is over."""
        with self._changed:
            self._looking += 1
            self._changed.wait_for(lambda: not self._at_work)
            try:
                yield
            finally:
                self._looking -= 1
                self._changed.notify_all()

    @property
    def over(self) -> bool:
        """Whether the job has come to its end, well or not."""
        return self._state.over

    @property
    def unsaved(self) -> bool:
        """Whether the run is nowhere but in memory, since it could not be saved."""
        return bool(self._save_error)

    def seconds_left(self) -> float:
        """What remains of the run at full speed, roughly."""
        done = self._iteration / self._total if self._total else 0.0
        pace = self._seconds / done if done else self._expected
        return pace * (1 - done)

    def unseen_for(self) -> float:
        """Seconds since somebody last looked."""
        return time.monotonic() - self._last_seen

    # The buttons

    def pause(self) -> None:
        """Stand still after the batch being worked on; where batches are quick, one more follows,
        which is recorded."""
        with self._changed:
            quick = self._seconds < QUICK * self._iteration
            self._allowance = min(self._allowance, 2 if self._at_work and quick else 1)
            self._paused = not self._at_work and self._record is not None
            self._changed.notify_all()

    def resume(self) -> None:
        """Go on from where the job stands."""
        with self._changed:
            self._paused = False
            self._allowance = math.inf
            self._changed.notify_all()

    def step(self, batches: int = 1) -> None:
        """Run this many batches and stand still again."""
        with self._changed:
            self._paused = False
            self._allowance = batches
            self._changed.notify_all()

    def set_speed(self, batches_per_second: float | None) -> None:
        """Slow down to this many batches a second; None: as fast as it goes."""
        with self._changed:
            self.speed = batches_per_second
            self._changed.notify_all()

    def set_probe(self, image: np.ndarray | None) -> None:
        """Show this image, float (28, 28) in [0, 1], to the network from now on; None: no more."""
        with self._weights_at_rest():
            self._probe = Probe(image) if image is not None else None
            self._ask_probe()

    def forget_moments(self) -> None:
        """Free the memory of the way back. The run's last weights stay."""
        self._moments = None

    def stop(self, reason: str = "Stopped before the end.") -> None:
        """End the run after the batch that is being worked on; what it learned is kept."""
        with self._changed:
            self._stop_reason = self._stop_reason or reason
            self._changed.notify_all()
        self._board.line.wake()

    def save(self) -> None:
        """Keep the run on disk, or try again; the next snapshot tells how it went."""
        run = self.as_run()
        try:
            self._board.store.save(run)
            error = ""
        except RunError as problem:
            error = str(problem)
        with self._changed:
            self._save_error = error

    def wait_until_still(self, timeout: float) -> None:
        """Block until the job stands still or is over, for `timeout` seconds at the most."""
        with self._changed:
            still = (JobState.PAUSED, JobState.FINISHED, JobState.STOPPED, JobState.FAILED)
            self._changed.wait_for(lambda: self._is_held() and self._state in still, timeout)

    # Its life, in its own thread

    def start(self) -> None:
        """Begin. Called once, by the board."""
        self._thread.start()

    def wait(self, timeout: float | None = None) -> None:
        """Block until the job is over. For programs and tests; a page never waits."""
        self._thread.join(timeout)

    def _live(self) -> None:
        torch.set_num_threads(1)  # small networks: two threads lose more than they gain
        # Adam's memory of weights that hardly ever change shrinks to numbers so small (below 1e-38)
        # that a processor needs a hundred times as long for each. Taken as 0, the losses stay the
        # same to the bit, and a dozen epochs take an eighth less time.
        torch.set_flush_denormal(True)
        try:
            try:
                self._train()
                self._end(JobState.FINISHED)
            except _Stop:
                self._end(JobState.STOPPED)
        except (ConfigError, DataUnavailable, TrainingDiverged) as error:
            self._fail(str(error), error)
        except Exception as error:  # the last line of defence: the visitor has to hear of it
            log.exception("Job %s broke", self.id)
            self._fail(explain_failure(error), error)
        finally:
            self._board.line.leave(self)

    def _train(self) -> None:
        dataset = self._board.shelf.get(self.config.dataset, self._report_preparing)
        self._set_up(dataset)
        self._wait_for_go()
        for progress in train(self.model, dataset, self.config, self._is_recording):
            self._keep(progress)
            if progress.iteration < self._total:
                self._wait_for_go()
            if self._seconds > LONGEST_RUN:
                self.stop(
                    f"Stopped after {LONGEST_RUN / 60:.0f} minutes, the longest a run may take."
                )

    def _report_preparing(self, what: str, share: float) -> None:
        with self._changed:
            self._message, self._share_prepared = what, share
            self._stop_if_asked()

    def _set_up(self, dataset: DigitDataset) -> None:
        per_epoch = batches_per_epoch(len(training_digits(dataset, self.config)), self.config)
        model = build_model(self.config).to(best_device())
        if self._board.line.is_full():  # others will have to wait for this one: for how long?
            self._expected = cost(self.config, per_epoch * self.config.batch_size).seconds
        with self._changed:
            self.model, self._dataset, self._message = model, dataset, ""
            self._iterations_per_epoch = per_epoch
            self._total = per_epoch * self.config.epochs
            self._losses = np.zeros(self._total, dtype=np.float32)
            self._moments = Moments(model, self._total)
            self._moments.offer(0, model)
            self._ask_probe()

    def _is_recording(self) -> bool:
        """Whether the next batch goes under the microscope: the last before the job stands still,
        and every batch of a run slow enough to look at."""
        return self._allowance <= 1 or self._pace() >= 1 / SLOW

    def _keep(self, progress: Progress) -> None:
        with self._changed:
            self._losses[progress.iteration - 1] = progress.loss
            self._iteration = progress.iteration
            self._seconds += time.monotonic() - self._last_batch
            self._allowance -= 1
            self._rate.count(progress.iteration)
            self._record = progress.record
            if self._moments:
                self._moments.offer(progress.iteration, self.model)
            self._ask_probe()
            if exam := progress.validation:
                self._validation.append(
                    ValidationPoint(progress.iteration, exam.loss, exam.accuracy, exam.images)
                )

    def _ask_probe(self) -> None:
        if self._probe and self.model is not None:
            self._probe.ask(self._iteration, self._total, self.model)

    def _wait_for_go(self) -> None:
        """Return when the next batch may be worked on. Raises _Stop when there shall be none."""
        while not self._may_go():
            self._board.line.enter(self, give_up=self._is_held)

    def _may_go(self) -> bool:
        """Wait while held or slowed down; False: first get a place in the line."""
        with self._changed:
            self._at_work = False
            self._changed.notify_all()
            while True:
                self._stop_if_asked()
                if self._is_held():
                    self._rest(JobState.PAUSED)
                elif (early := self._last_batch + self._pace() - time.monotonic()) > 0:
                    self._state = JobState.RUNNING
                    self._changed.wait(min(early, 1.0))
                elif self._looking:
                    self._changed.wait(1.0)
                elif self._is_light() or self._board.line.holds(self):
                    break
                else:
                    self._state = JobState.WAITING
                    self._rate.reset()
                    return False
            self._state = JobState.RUNNING
            self._last_batch = time.monotonic()
            self._at_work = True
        if self._is_light():
            self._board.line.leave(self)
        return True

    def _rest(self, state: JobState) -> None:
        self._state = state
        self._changed.notify_all()
        self._rate.reset()
        self._board.line.leave(self)
        self._changed.wait(1.0)

    def _is_held(self) -> bool:
        """Whether the job should stand still, or end, rather than wait for a place."""
        asked = self._paused or self._allowance <= 0 or self._stop_reason is not None
        return asked or self._is_abandoned()

    def _is_light(self) -> bool:
        """A few steps, or a slow pace, hardly use the processor: no place in the line is needed."""
        return self._allowance <= SLOW or self._pace() >= 1 / SLOW

    def _pace(self) -> float:
        """Seconds from one batch to the next at the least."""
        return 1 / self.speed if self.speed else 0.0

    def _is_abandoned(self) -> bool:
        return self.unseen_for() > ABANDONED_AFTER

    def _stop_if_asked(self) -> None:
        if self._is_abandoned() and not self._stop_reason:
            minutes = ABANDONED_AFTER / 60
            self._stop_reason = f"Stopped, because nobody looked at it for {minutes:.0f} minutes."
        if self._stop_reason:
            raise _Stop

    def _end(self, state: JobState) -> None:
        """The final exam, on images that played no part in training; then keep the run."""
        with self._changed:
            self._at_work = False
        if self._iteration:
            test = evaluate(self.model, self._dataset.test)
            check_finite(test.loss, self._iteration, self.config)
            with self._changed:
                self._test = test
        with self._changed:
            self._dataset = None
            self._message = self._stop_reason or ""
        if self._iteration:
            self._complete = state is JobState.FINISHED
            self.save()
        with self._changed:
            self._state = state
            self._changed.notify_all()

    def _fail(self, message: str, error: Exception) -> None:
        with self._changed:
            self._at_work = False
            self._dataset = None
            self._state, self._message, self._error = JobState.FAILED, message, error
            self._changed.notify_all()

    def as_run(self) -> Run:
        """The run as it is kept. Only for jobs that are over."""
        weights = {name: tensor.cpu() for name, tensor in self.model.state_dict().items()}
        return Run(
            id=self.id,
            config=self.config,
            complete=self._complete,
            total_iterations=self._total,
            seconds=self._seconds,
            losses=self._losses[: self._iteration],
            validation=tuple(self._validation),
            test=self._test,
            weights=weights,
        )


class JobBoard:
    """All jobs of the server. One board serves every visitor."""

    def __init__(
        self,
        shelf: DatasetShelf | None = None,
        store: RunStore | None = None,
        max_jobs: int | None = None,
    ) -> None:
        self.shelf = shelf or DatasetShelf()
        self.store = store or RunStore()
        self.line = Line(max_jobs or default_max_jobs())
        self._jobs: OrderedDict[str, TrainingJob] = OrderedDict()
        self._lock = threading.Lock()

    def submit(
        self,
        config: TrainingConfig,
        paused: bool = False,
        speed: float | None = None,
        probe: np.ndarray | None = None,
    ) -> TrainingJob:
        """Start a job, or put it in line. `paused`: it waits for `step` or `resume`; `speed` and
        `probe`: see `TrainingJob.set_speed` and `set_probe`.

        Raises BoardFull when the server holds as many open jobs as it can.
        """
        job = TrainingJob(config, self, paused)
        job.set_speed(speed)
        job.set_probe(probe)
        with self._lock:
            over = [each for each in self._jobs.values() if each.over]
            if len(self._jobs) - len(over) >= OPEN_JOBS:
                raise BoardFull(
                    f"{OPEN_JOBS} runs are going or waiting on this server, and it can hold no "
                    "more. Try again in a few minutes."
                )
            saved = [each for each in over if not each.unsaved]
            unsaved = [each for each in over if each.unsaved]
            for old in saved[:-KEPT_JOBS] + unsaved[:-KEPT_UNSAVED]:
                del self._jobs[old.id]
            for old in over[:-KEPT_MOMENTS]:
                old.forget_moments()
            self._jobs[job.id] = job
        job.start()
        return job

    def jobs(self) -> list[TrainingJob]:
        """All jobs in memory, oldest first."""
        with self._lock:
            return list(self._jobs.values())

    def get(self, job_id: str) -> TrainingJob | None:
        """The job with this id, if it is still in memory."""
        with self._lock:
            return self._jobs.get(job_id)


def explain_failure(error: Exception) -> str:
    """What to tell a visitor about an error that nobody foresaw."""
    out_of_memory = isinstance(error, (MemoryError, torch.OutOfMemoryError))
    if out_of_memory or "allocate memory" in str(error):  # torch on a processor: a RuntimeError
        return "This network needs more memory than the server has. Make it smaller."
    return "The app made a mistake, and this run ended early. Start it again."


def best_device() -> torch.device:
    """A CUDA device where there is one, the processor elsewhere."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")
