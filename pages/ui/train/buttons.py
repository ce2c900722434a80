"""The bar of buttons over a run: start, pause, stop, step by step, clear away, and how fast.

All of them are always there, in the same places: what cannot be pressed now is disabled.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from core.background import Refused
from core.config import ConfigError, TrainingConfig
from core.machine.tuning import spare_collector
from core.runs.controls import Controls
from pages.ui.state import owner, server, speed
from pages.ui.state.address import current_run_id, follow_run, leave_run, settings
from pages.ui.state.networks import current_job
from pages.ui.state.visit import visit
from pages.ui.train.at_work import last_drawing
from pages.ui.widgets.dropdown import dropdown
from pages.ui.words.glossary import tip

if TYPE_CHECKING:
    from core.runs.job import TrainingJob

SOON = 0.5  # seconds in which a press of a button is mostly heard, so that the page shows it


def transport_bar(job: TrainingJob | None) -> None:
    """Every button, whatever the run is doing. job: the one that goes on, if any."""
    paused = job is not None and job.state == "paused"
    with st.container(key="transport", horizontal=True, gap="xsmall", vertical_alignment="center"):
        start_button(job, paused)
        pause_and_stop(job, paused)
        one_step_button(job, paused)
        more_steps(job, paused)
        st.button(
            "Reset",
            icon=":material/restart_alt:",
            on_click=reset,
            help=tip("reset"),
            key="reset",
            disabled=not current_run_id(),
        )
        choose_speed(job)
        speed.remember()
        owner.remember()


def start_button(job: TrainingJob | None, paused: bool) -> None:
    """Begin a run; in a pause the same button goes on with it. Its width is that of both words."""
    st.button(
        "Resume" if paused else "Start training",
        type="primary",
        icon=":material/play_arrow:",
        on_click=job.controls.resume if paused else want,
        args=() if paused else ("run",),
        key="start",
        shortcut="P" if paused else "T",
        width=160,
        disabled=job is not None and not paused,
    )


def pause_and_stop(job: TrainingJob | None, paused: bool) -> None:
    """For a run that goes on."""
    st.button(
        "Pause",
        icon=":material/pause:",
        on_click=press,
        args=(job, Controls.pause),
        key="pause",
        shortcut=None if paused else "P",
        width=104,
        disabled=job is None or paused,
    )
    st.button(
        "Stop",
        icon=":material/stop:",
        on_click=stop,
        args=(job,),
        help=tip("stop"),
        key="stop",
        disabled=job is None,
    )


def one_step_button(job: TrainingJob | None, paused: bool) -> None:
    """A single batch, with which a run may begin too."""
    st.button(
        "One step",
        help=tip("one step"),
        icon=":material/skip_next:",
        on_click=press if paused else want,
        args=(job, Controls.step, 1) if paused else ("step",),
        key="one-step",
        shortcut="S",
        disabled=job is not None and not paused,
    )


def more_steps(job: TrainingJob | None, paused: bool) -> None:
    """In a pause: some batches further."""
    per_epoch = max(job.snapshot().iterations_per_epoch, 1) if job else 1
    for label, batches in (("10 batches", 10), ("1 epoch", per_epoch)):
        st.button(label, on_click=press, args=(job, Controls.step, batches), disabled=not paused)


def want(what: str) -> None:
    """Note that a run is to begin. A press may come together with other choices, such as another
    dataset, and be heard before them."""
    visit().train.wanted = what


def begin_what_is_wanted() -> None:
    """Begin the run whose button was pressed, with all that is chosen by now."""
    wanted, visit().train.wanted = visit().train.wanted, ""
    if wanted:
        {"run": start, "step": start_with_a_step}[wanted](settings())


def start(config: TrainingConfig, paused: bool = False) -> None:
    """Begin a run and make it the one that this visitor follows."""
    here = visit().train
    probe = last_drawing() if here.probe is None else here.probe
    limit = speed.batches_a_second(speed.chosen(), config)
    try:
        job = server.board().submit(config, paused, limit, probe, owner.in_use())
    except (Refused, ConfigError) as problem:
        visit().notice = str(problem)
        return
    spare_collector()  # before the page begins to look at the run several times a second
    follow_run(job.id)
    here.build_open = False  # when the run is over, its result should be in sight


def start_with_a_step(config: TrainingConfig) -> None:
    """Begin a run that stands still after its first batch."""
    start(config, paused=True)
    if job := current_job():
        job.controls.step(1)
        job.wait_until_still(2.0)


def choose_speed(job: TrainingJob | None) -> None:
    """How fast a run goes, and the fastest beside it. Takes effect at once on one that goes on."""
    now = speed.name_of(job.controls.speed, job.config) if job else speed.chosen()

    def take(name: str) -> None:
        speed.choose(name)
        if job:
            job.controls.set_speed(speed.batches_a_second(name, job.config))

    dropdown("Speed", list(speed.SPEEDS), now, take, "speed", term="speed")
    st.button(
        "As fast as it goes",
        on_click=take,
        args=(speed.FULL,),
        key="full-speed",
        disabled=now == speed.FULL,
    )


def press(job: TrainingJob, button: Callable[..., None], *batches: int) -> None:
    """Let the run do it; a pause or a few batches are done before the page looks again."""
    button(job.controls, *batches)
    job.wait_until_still(SOON)


def stop(job: TrainingJob) -> None:
    """End the run; what it did is mostly there when the page looks again."""
    job.stop()
    job.wait_until_still(SOON)


def reset() -> None:
    """Back to the beginning; the run is stopped and kept."""
    if job := current_job():
        job.stop()
    leave_run()
