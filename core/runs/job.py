"""One run, as the rest of the app knows it: asked for snapshots, steered by its `controls`.

What it does in its thread is in core/runs/work.py, what it looks like at a moment in
core/runs/snapshot.py, who may start one in core/runs/board.py.
"""

from __future__ import annotations

import copy

import numpy as np
from torch import nn

from core.background import Queue, Task
from core.config import TrainingConfig
from core.data import DatasetShelf
from core.runs.keeping import Keeping
from core.runs.kept.run import Run
from core.runs.kept.store import RunStore
from core.runs.memory import Answers, Memory
from core.runs.snapshot import JobSnapshot, JobState
from core.runs.steering import presence
from core.runs.steering.controls import Controls
from core.runs.work import RunWork

SERVER_ENDED = "Cut off, because the server was stopped."


class TrainingJob:
    """A run: its controls, its work, what is remembered of it, and how it is kept."""

    def __init__(
        self,
        config: TrainingConfig,
        shelf: DatasetShelf,
        store: RunStore,
        queue: Queue,
        controls: Controls | None = None,
        probe: np.ndarray | None = None,
        owner: str = "",
        going_on: tuple[Run, bytes | None] | None = None,
    ) -> None:
        self.config = config
        self.controls = controls or Controls()
        self.memory = Memory(probe)
        self._work = RunWork(config, self.controls, self.memory, going_on)
        self.task = Task(
            lambda task: self._work(task, shelf, self.save),
            queue,
            waits_by_itself=True,
            name=going_on[0].id if going_on else None,
            on_stop=lambda: self.controls.stop(SERVER_ENDED, cut_off=True),
        )
        self.id = self.task.id
        self.keeping = Keeping(self.id, store, owner, going_on[0] if going_on else None)

    def snapshot(self) -> JobSnapshot:
        """How the job stands now. Counts as a sign of life, see core/runs/steering/presence.py."""
        self.controls.presence.seen()
        with self.controls.changed:
            work, history, state = self._work, self._work.history, self.state
            running = state is JobState.RUNNING
            return JobSnapshot(
                id=self.id,
                config=self.config,
                state=state,
                message=self._message,
                share_prepared=work.share_prepared,
                place_in_line=self.task.place_in_line,
                waiting_seconds=self.task.seconds_to_wait,
                iteration=history.iteration,
                total_iterations=history.total,
                iterations_per_epoch=history.iterations_per_epoch,
                losses=history.losses,
                validation=tuple(history.validation),
                seconds=history.seconds,
                iterations_per_second=history.rate.per_second() if running else 0.0,
                test=work.test,
                error=work.error,
                save_error=self.keeping.problem,
                name=self.name,
                owner=self.keeping.origin.owner,
                pending="" if state.over else self.controls.pending,
            )

    @property
    def _message(self) -> str:
        if self.controls.left and not self.over:
            return f"Paused, because nobody looked for {presence.LEFT_AFTER / 60:.0f} minutes."
        return self._work.message

    @property
    def name(self) -> str:
        """What to call it."""
        return self.keeping.name

    @property
    def state(self) -> JobState:
        """As the work says it; a run under way may also stand still, or wait for its turn."""
        if self._work.state is not JobState.RUNNING:
            return self._work.state
        if self.controls.standing:
            return JobState.PAUSED
        return JobState.WAITING if self.task.place_in_line else JobState.RUNNING

    @property
    def over(self) -> bool:
        """Whether the job has come to its end, well or not."""
        return self._work.state.over

    @property
    def untouched(self) -> bool:
        """Whether it waits for its first batch, and nobody has asked it to end."""
        return not (self.over or self._work.history.iteration or self.controls.stop_reason)

    @property
    def training_seconds(self) -> float:
        """Spent on batches and exams so far. Takes no lock."""
        return self._work.history.seconds

    # What the budget of all runs asks

    @property
    def can_be_forgotten(self) -> bool:
        """Whether it can be had from disk as it is."""
        return self.over and not self.keeping.problem

    @property
    def on_disk(self) -> int:
        """Bytes of its way back."""
        return self.memory.on_disk

    @property
    def in_memory(self) -> int:
        """Bytes that are free when a run that is over is forgotten."""
        return self.memory.in_memory + self._work.bytes_left

    def clear_way_back(self) -> int:
        """Give up the moments that could be gone back to; the bytes that they took."""
        return self.memory.clear_moments()

    def unseen_for(self) -> float:
        """Seconds since somebody looked at it."""
        return self.controls.presence.unseen_for()

    # What a page looks at

    def network(self) -> nn.Module | None:
        """A copy of the network as it is now, ready to answer; None before it is built."""
        with self.controls.at_rest():
            model = self._work.model
            return copy.deepcopy(model).cpu().eval() if model is not None else None

    def look(self) -> tuple[JobSnapshot, nn.Module | None, Answers | None]:
        """`snapshot`, `network` and `answers` of the same moment."""
        with self.controls.at_rest():
            return self.snapshot(), self.network(), self.answers()

    def set_probe(self, image: np.ndarray | None) -> None:
        """Show this image, float (28, 28) in [0, 1], to the network from now on; None: no more."""
        with self.controls.at_rest():
            self.memory.set_probe(image, self._work.history.iteration, self._work.model)

    def answers(self) -> Answers | None:
        """What the network has said to the probe; None without one."""
        with self.controls.changed:
            return self.memory.answers()

    def stop(self) -> None:
        """End the run after the batch that is being worked on; what it learned is kept."""
        self.controls.stop()
        self.task.wake()

    def wait_until_still(self, timeout: float) -> None:
        """Block until the job stands still or is over, for `timeout` seconds at the most."""
        with self.controls.changed:
            self.controls.changed.wait_for(lambda: self.controls.standing or self.over, timeout)

    def save(self) -> None:
        """Keep the run on disk, or try again; the next snapshot tells how it went."""
        self.keeping.save(self._work)
