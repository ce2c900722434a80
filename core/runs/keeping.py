"""How one run under way is kept: what is said of it, where it goes on disk, whether that worked.

The disk itself is the business of core/runs/kept/store.py.
"""

from __future__ import annotations

from dataclasses import replace

from core.runs.kept.names import spoken_name
from core.runs.kept.run import Label, Run, RunError, origin_now
from core.runs.kept.store import RunStore
from core.runs.work import RunWork


class Keeping:
    """The label and the origin of a run, and its way to the store.

    before: the run as it was kept, if this one goes on with it; else it belongs to `owner`, the id
    of a visitor's browser.
    """

    def __init__(self, run_id: str, store: RunStore, owner: str, before: Run | None) -> None:
        self.label = before.label if before else Label()
        self.origin = before.origin if before else origin_now(owner)
        self.problem = ""  # why it lies nowhere but in memory, if so
        self._id, self._store = run_id, store

    @property
    def name(self) -> str:
        """What to call it."""
        return self.label.name or spoken_name(self._id)

    def save(self, work: RunWork) -> None:
        """Keep the run on disk, or try again; `problem` tells how it went."""
        try:
            self._store.save(self._as_run(work), work.checkpoint)
            work.checkpoint, problem = None, ""  # it lies on disk now
        except RunError as error:
            problem = str(error)
        with work.controls.changed:
            self.problem = problem

    def _as_run(self, work: RunWork) -> Run:
        """The run as it is kept. Only for its own thread, or when it trains no more."""
        history, weights = work.history, work.model.state_dict()
        return Run(
            id=self._id,
            config=work.config,
            complete=history.iteration == history.total,
            total_iterations=history.total,
            seconds=history.seconds,
            losses=history.losses,
            validation=tuple(history.validation),
            test=work.test,
            weights={name: tensor.cpu() for name, tensor in weights.items()},
            label=self.label,
            origin=replace(self.origin, device=work.device, data=work.data),
        )
