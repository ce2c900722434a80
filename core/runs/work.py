"""What a run does in its own thread: get the digits, train, sit the final exam, be kept."""

from __future__ import annotations

import logging
from collections.abc import Callable

import torch
from torch import nn

from core.background import Stopped, Task
from core.config import ConfigError, TrainingConfig
from core.data import (
    DatasetShelf,
    DataUnavailable,
    DigitDataset,
    fingerprint,
    training_digits,
)
from core.evaluation import Evaluation, evaluate
from core.machine.device import best_device, card_is_full, card_problem
from core.machine.queue import never
from core.machine.tuning import prepare_thread_to_train
from core.model import build_model
from core.runs.history import History
from core.runs.kept.checkpoint import packed, unpacked
from core.runs.kept.files import DAMAGE
from core.runs.kept.run import Run, RunError
from core.runs.memory import Memory
from core.runs.microscope.recording import recorded
from core.runs.snapshot import JobState
from core.runs.steering.controls import Controls
from core.runs.steering.waiting import Waiting
from core.trainer import TrainingDiverged, TrainingState, batches_per_epoch, check_finite

LONGEST_RUN = 3_600.0  # seconds of training after which a run is stopped and kept

log = logging.getLogger(__name__)


class RunWork:
    """The work of a `Task`. What it has come to may be read while `controls.changed` is held.

    going_on: a run that was cut off and its checkpoint, if this one goes on from there; without a
    checkpoint it begins again.
    """

    def __init__(
        self,
        config: TrainingConfig,
        controls: Controls,
        memory: Memory,
        going_on: tuple[Run, bytes | None] | None = None,
    ) -> None:
        self.config, self.controls, self.memory = config, controls, memory
        self._waiting = Waiting(controls)
        self.going_on = going_on
        self.data: dict[str, int | str] = {}  # images by part, and a checksum
        self.checkpoint: bytes | None = None  # of the end of the newest epoch
        self.history = History()
        self.model: nn.Module | None = None
        self.bytes_left = 0  # of the network, when the work is over
        self.test: Evaluation | None = None
        self.state = JobState.PREPARING
        self.message = ""  # what is being prepared, why it stopped or failed
        self.share_prepared = 0.0
        self.error: Exception | None = None

    def __call__(self, task: Task, shelf: DatasetShelf, keep: Callable[[], None]) -> None:
        """All of it; `keep` saves the run. Whatever goes wrong is told by state and message."""
        prepare_thread_to_train()
        self.controls.on_left = lambda: keep() if self.history.iteration else None
        try:
            dataset, state = None, JobState.FINISHED
            try:
                dataset = shelf.get(self.config.dataset, self._tell_preparing)
                self._train(dataset, task, self._set_up(dataset), keep)
            except Stopped:
                state = JobState.STOPPED
            if self.history.iteration:
                if not self.controls.cut_off:
                    self._examine(dataset, task)
                keep()
            self._end(state, self.controls.stop_reason)
        except (ConfigError, DataUnavailable, RunError, TrainingDiverged) as error:
            self._end(JobState.FAILED, str(error), error)
        except Exception as error:  # the last line of defence: the visitor has to hear of it
            log.exception("Run %s broke", task.id)
            self._end(JobState.FAILED, explain_failure(error), error)
        finally:
            self._let_go()

    @property
    def device(self) -> str:
        """Where the network lies: "cpu" or "cuda"."""
        return next(self.model.parameters()).device.type if self.model is not None else "cpu"

    def _tell_preparing(self, what: str, share: float) -> None:
        with self.controls.changed:
            self.message, self.share_prepared = what, share
        self.controls.raise_if_stopped()

    def _set_up(self, dataset: DigitDataset) -> TrainingState:
        images = len(training_digits(dataset, self.config))
        history = History(batches_per_epoch(images, self.config), self.config.epochs)
        model = build_model(self.config).to(best_device())
        if self.going_on and self.going_on[1]:
            state = self._go_on(model, images, history)
        else:
            state = TrainingState.fresh(model, self.config, images)
        data = data_of(dataset, images)
        with self.controls.changed:
            self.model, self.message, self.history, self.data = model, card_problem(), history, data
            self.memory.begin(model, history.total, history.iteration)
            self.state = JobState.RUNNING
        return state

    def _go_on(self, model: nn.Module, images: int, history: History) -> TrainingState:
        """The training as it was at the end of the last epoch that was kept."""
        run, checkpoint = self.going_on
        try:
            state = unpacked(checkpoint, model, self.config, images)
            history.go_on_from(run, state.epochs_done * history.iterations_per_epoch)
        except DAMAGE as error:
            raise RunError(
                f"This run cannot go on: its checkpoint is damaged ({error})."
            ) from error
        return state

    def _train(
        self, dataset: DigitDataset, task: Task, state: TrainingState, keep: Callable[[], None]
    ) -> None:
        self._wait_for_go(task)
        steps = recorded(self.model, dataset, self.config, lambda: self.controls.recording, state)
        for progress, record in steps:
            with self.controls.changed:
                self.history.count(progress, self.controls.batch_is_done())
                self.memory.record = record
                self.memory.look(progress.iteration, self.model)
                task.share = self.history.share
            if self.history.seconds > LONGEST_RUN:
                minutes = f"{LONGEST_RUN / 60:.0f} minutes"
                self.controls.stop(f"Stopped after {minutes}, the longest a run may take.")
            if progress.iteration < self.history.total:
                if progress.iteration % self.history.iterations_per_epoch == 0:
                    state.epochs_done = progress.epoch
                    self.checkpoint = packed(self.model, state)
                    keep()
                self._wait_for_go(task)

    def _wait_for_go(self, task: Task) -> None:
        if self._waiting.for_go(task):
            with self.controls.changed:
                self.history.rate.reset()

    def _examine(self, dataset: DigitDataset, task: Task) -> None:
        """The final exam, on images that played no part in training."""
        task.enter(give_up=never, brief=True)
        test = evaluate(self.model, dataset.test)
        check_finite(test.loss, self.history.iteration, self.config)
        self.test = test

    def _let_go(self) -> None:
        """Of what only training needed: slopes take as much memory as the weights do."""
        self.going_on = None
        if self.model is not None:
            self.model.zero_grad(set_to_none=True)
            self.bytes_left = sum(each.nbytes for each in self.model.state_dict().values())

    def _end(self, state: JobState, message: str, error: Exception | None = None) -> None:
        with self.controls.changed:
            self.state, self.message, self.error = state, message, error
            self.controls.changed.notify_all()


def data_of(dataset: DigitDataset, images: int) -> dict[str, int | str]:
    """What a run of so many training images learns from, and is examined on."""
    return {
        "learned from": images,
        "validation": len(dataset.validation),
        "test": len(dataset.test),
        "sha256 of the training part": fingerprint(dataset.train),
    }


def explain_failure(error: Exception) -> str:
    """What to tell a visitor about an error that nobody foresaw."""
    out_of_memory = isinstance(error, (MemoryError, torch.OutOfMemoryError))
    if isinstance(error, torch.OutOfMemoryError) and card_is_full():
        return "The server's graphics card is full with other work. Try again in a while."
    if out_of_memory or "allocate memory" in str(error):  # torch on a processor: a RuntimeError
        return "This network needs more memory than the server has. Make it smaller."
    return "The app made a mistake, and this run ended early. Start it again."
