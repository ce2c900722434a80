"""What a visitor does to a run: begin it, press its buttons, end it, go on with it.

Nothing of it happens to a run that is not theirs, whatever the browser asks for. What the buttons
look like is in pages/ui/train/buttons.py; what they mean for a run, in core/runs/steering.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from core.background import Refused
from core.config import ConfigError, TrainingConfig
from core.runs.steering.controls import Controls
from pages.ui.state import owner, server, speed
from pages.ui.state.address import follow_run, leave_run
from pages.ui.state.networks import current_job
from pages.ui.state.visit import visit

if TYPE_CHECKING:
    import numpy as np

    from core.runs.job import TrainingJob

SOON = 0.5  # seconds in which a press of a button is mostly heard, so that the page shows it
FIRST_STEP = 2.0  # the same for a first batch, before which the network has to be built


def is_mine(job: TrainingJob) -> bool:
    """Whether this visitor may steer it."""
    return owner.is_mine(job.keeping.origin.owner)


def going_of_mine() -> TrainingJob | None:
    """The visitor's own run, if it is the one that they follow and is not over."""
    job = current_job()
    return job if job and not job.over and is_mine(job) else None


def start(config: TrainingConfig, probe: np.ndarray | None, paused: bool = False) -> bool:
    """Begin a run and make it the one that this visitor follows; whether it has begun.

    probe: see `JobBoard.submit`. A second click, on its way before the page has changed, begins no
    second run.
    """
    if going_of_mine():
        return False
    limit = speed.batches_a_second(speed.chosen(), config)
    try:
        job = server.board().submit(config, paused, limit, probe, owner.in_use(), once=True)
    except (Refused, ConfigError) as problem:
        visit().notice = str(problem)
        return False
    follow_run(job.id)
    return True


def step_once(config: TrainingConfig, probe: np.ndarray | None) -> None:
    """Begin a run that stands still after its first batch; a second click is a second step."""
    begun = start(config, probe, paused=True)
    if (job := going_of_mine()) and (begun or job.state == "paused"):
        job.controls.step(1)
        job.wait_until_still(FIRST_STEP)


def press(job: TrainingJob, button: Callable[..., None], *batches: int) -> None:
    """Let the run do it; a pause or a few batches are done before the page looks again."""
    if not is_mine(job):
        return
    button(job.controls, *batches)
    job.task.wake()  # it may wait for a place that it no longer needs
    if button is not Controls.resume:
        job.wait_until_still(SOON)


def stop(job: TrainingJob) -> None:
    """End the run; what it did is mostly there when the page looks again."""
    if is_mine(job):
        job.stop()
        job.wait_until_still(SOON)


def reset() -> None:
    """Back to the beginning; the run is stopped and kept."""
    if job := going_of_mine():
        job.stop()
    leave_run()


def go_on(run_id: str) -> None:
    """Go on with a run that was cut off, as fast as the visitor's runs go."""
    from core.runs.kept.store import RunError

    try:
        if owner.is_mine(server.snapshot(run_id).owner):
            job = server.go_on(run_id)
            job.controls.set_speed(speed.batches_a_second(speed.chosen(), job.config))
            follow_run(run_id)
    except (Refused, RunError) as problem:
        visit().notice = str(problem)
