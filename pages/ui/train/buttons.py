"""The buttons of a run: start, how fast, pause, step by step, stop, reset."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from core.background import Refused
from core.config import ConfigError, TrainingConfig
from core.machine.tuning import spare_collector
from pages.ui.state import server
from pages.ui.state.address import current_run_id, follow_run, leave_run
from pages.ui.state.networks import current_job
from pages.ui.state.visit import visit
from pages.ui.widgets.dropdown import dropdown
from pages.ui.words.glossary import tip

if TYPE_CHECKING:
    from core.runs.job import TrainingJob
    from core.runs.snapshot import JobSnapshot

SOON = 0.5  # seconds in which a press of a button is mostly heard, so that the page shows it

SPEEDS: dict[str, float | None] = {  # batches a second; None: no limit
    "1 batch a second": 1,
    "5 batches a second": 5,
    "20 batches a second": 20,
    "100 batches a second": 100,
    "as fast as it goes": None,
}


def start_buttons(config: TrainingConfig) -> None:
    """Start, or begin with a single step, or clear away the run that is over; and how fast."""
    with st.container(horizontal=True, gap="small"):
        buttons = st.container(horizontal=True, gap="small", width="content")  # need the speed
        speed = choose_speed(None)
    with buttons:
        st.button(
            "Start training",
            type="primary",
            icon=":material/play_arrow:",
            on_click=start,
            args=(config, speed),
            key="start",
            shortcut="T",
        )
        st.button(
            "One step",
            help=tip("one step"),
            icon=":material/skip_next:",
            on_click=start_with_a_step,
            args=(config, speed),
        )
        if current_run_id():
            reset_button()


def start(config: TrainingConfig, speed: float | None, paused: bool = False) -> None:
    """Begin a run and make it the one that this visitor follows."""
    try:
        job = server.board().submit(config, paused, speed, visit().train.probe)
    except (Refused, ConfigError) as problem:
        visit().notice = str(problem)
        return
    spare_collector()  # before the page begins to look at the run several times a second
    follow_run(job.id)
    visit().train.build_open = False  # when the run is over, its result should be in sight


def start_with_a_step(config: TrainingConfig, speed: float | None) -> None:
    """Begin a run that stands still after its first batch."""
    start(config, speed, paused=True)
    if job := current_job():
        job.controls.step(1)
        job.wait_until_still(2.0)


def choose_speed(job: TrainingJob | None) -> float | None:
    """Batches a second; None: no limit. Takes effect at once on a run that goes on."""
    now = job.controls.speed if job else SPEEDS[visit().train.speed]

    def take(name: str) -> None:
        visit().train.speed = name
        if job:
            job.controls.set_speed(SPEEDS[name])

    dropdown(
        "Speed",
        list(SPEEDS),
        next(name for name, speed in SPEEDS.items() if speed == now),
        take,
        "speed",
        term="speed",
    )
    return now


def run_buttons(job: TrainingJob, seen: JobSnapshot) -> None:
    """What can be pressed while a run goes on or pauses, in one row."""
    with st.container(horizontal=True, gap="small"):
        if seen.state == "paused":
            buttons_of_a_pause(job, max(seen.iterations_per_epoch, 1))
        else:
            st.button(
                "Pause",
                icon=":material/pause:",
                on_click=press,
                args=(job, job.controls.pause),
                shortcut="P",
            )
        st.button("Stop", icon=":material/stop:", on_click=job.stop, key="stop")
        reset_button()


def buttons_of_a_pause(job: TrainingJob, per_epoch: int) -> None:
    """Go on, or some batches further. per_epoch: so many batches make an epoch."""
    st.button(
        "Resume",
        icon=":material/play_arrow:",
        type="primary",
        on_click=job.controls.resume,
        shortcut="P",
    )
    steps = (("Step", 1, "S"), ("10 batches", 10, None), ("1 epoch", per_epoch, None))
    for label, batches, shortcut in steps:
        st.button(label, on_click=press, args=(job, job.controls.step, batches), shortcut=shortcut)


def press(job: TrainingJob, button: Callable[..., None], *batches: int) -> None:
    """Let the run do it; a pause or a few batches are done before the page looks again."""
    button(*batches)
    job.wait_until_still(SOON)


def reset_button() -> None:
    """Clears the page for a new run."""
    st.button("Reset", icon=":material/restart_alt:", on_click=reset, help=tip("reset"))


def reset() -> None:
    """Back to the beginning; the run is stopped and kept."""
    if job := current_job():
        job.stop()
    leave_run()
