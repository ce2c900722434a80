"""The bar of buttons over a run: start, pause, stop, one step, how fast; the others in a menu.

All of them are always there, in the same places: what cannot be pressed now is disabled. Only the
visitor whose run it is has them; others are told so, and can start a run of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.runs.steering.controls import Controls
from pages.ui.state import owner, speed
from pages.ui.state.address import current_run_id, leave_run
from pages.ui.state.steering import is_mine, press, reset, stop
from pages.ui.train.begin import want
from pages.ui.widgets.choosing.dropdown import dropdown
from pages.ui.widgets.shortcut_keys import shortcut_keys
from pages.ui.words.glossary import tip
from pages.ui.words.numbers import unmarked

if TYPE_CHECKING:
    from core.runs.job import TrainingJob


def transport_bar(job: TrainingJob | None) -> None:
    """Every button, whatever the run is doing. job: the one that goes on, if any."""
    watching = job is not None and not is_mine(job)
    with st.container(key="transport", horizontal=True, gap="xsmall", vertical_alignment="center"):
        if watching and owner.has_answered():
            say_who_steers(job)
        else:  # a browser may still have to say that the run is its own: nothing can be pressed yet
            show_buttons(job, locked=watching)
        speed.remember()
        owner.remember(ask=watching)


def say_who_steers(job: TrainingJob) -> None:
    """For whoever follows the run of somebody else."""
    st.markdown(
        f"You are watching **{unmarked(job.name)}**. Only its owner steers it.", width="content"
    )
    st.button("Train your own", type="primary", icon=":material/add:", on_click=leave_run)


def show_buttons(job: TrainingJob | None, locked: bool) -> None:
    """All of them. locked: none can be pressed."""
    paused = job is not None and job.state == "paused"
    start_button(job, paused, locked)
    pause_and_stop(job, paused, locked)
    one_step_button(job, paused, locked)
    choose_speed(job, locked)
    other_buttons(job, paused, locked)


def start_button(job: TrainingJob | None, paused: bool, locked: bool) -> None:
    """Begin a run; in a pause the same button goes on with it. Its width is that of all words."""
    words = "Train a new one" if current_run_id() and not job else "Start training"
    st.button(
        "Resume" if paused else words,
        type="primary",
        icon=":material/play_arrow:",
        on_click=press if paused else want,
        args=(job, Controls.resume) if paused else ("run",),
        key="start",
        shortcut="P" if paused else "T",
        width=184,
        disabled=locked or (job is not None and not paused),
    )


def pause_and_stop(job: TrainingJob | None, paused: bool, locked: bool) -> None:
    """For a run that goes on, unless it has heard of it already."""
    pending = job.controls.pending if job else ""
    st.button(
        "Pause",
        icon=":material/pause:",
        on_click=press,
        args=(job, Controls.pause),
        key="pause",
        shortcut=None if paused else "P",
        width=104,
        disabled=locked or job is None or paused or bool(pending),
    )
    st.button(
        "Stop",
        icon=":material/stop:",
        on_click=stop,
        args=(job,),
        help=tip("stop"),
        key="stop",
        disabled=locked or job is None or pending == "stopping",
    )


def one_step_button(job: TrainingJob | None, paused: bool, locked: bool) -> None:
    """A single batch, with which a run may begin too; a run that is over has none left."""
    st.button(
        "One step",
        help=tip("one step"),
        icon=":material/skip_next:",
        on_click=press if paused else want,
        args=(job, Controls.step, 1) if paused else ("step",),
        key="one-step",
        shortcut="S",
        disabled=locked or (current_run_id() is not None and not paused),
    )


def choose_speed(job: TrainingJob | None, locked: bool) -> None:
    """How fast a run goes, and beside it the fastest, or the way back from it. Takes effect at once
    on one that goes on."""
    now = speed.name_of(job.controls.speed, job.config) if job else speed.chosen()

    def take(name: str) -> None:
        speed.choose(name)
        if job and is_mine(job):
            job.controls.set_speed(speed.batches_a_second(name, job.config))

    dropdown("Speed", list(speed.SPEEDS), now, take, "speed", term="speed", disabled=locked)
    is_fast = now == speed.FULL
    st.button(
        "Slow down to watch" if is_fast else "As fast as it goes",
        icon=":material/slow_motion_video:" if is_fast else ":material/fast_forward:",
        on_click=take,
        args=(speed.WATCHABLE if is_fast else speed.FULL,),
        key="full-speed",
        width=176,
        disabled=locked,
    )


def other_buttons(job: TrainingJob | None, paused: bool, locked: bool) -> None:
    """Those that few need, in a menu, which closes when the run is another."""
    run_id = current_run_id()
    with st.popover("More", icon=":material/more_horiz:", key=f"others-{run_id or 'none'}"):
        per_epoch = max(job.snapshot().iterations_per_epoch, 1) if job else 1
        for label, batches in (("10 batches", 10), ("1 epoch", per_epoch)):
            st.button(
                label,
                icon=":material/fast_forward:",
                on_click=press,
                args=(job, Controls.step, batches),
                help=tip("some steps"),
                width="stretch",
                disabled=locked or not paused,
            )
        st.button(
            "Reset",
            icon=":material/restart_alt:",
            on_click=reset,
            help=tip("reset"),
            key="reset",
            width="stretch",
            disabled=locked or not run_id,
        )
        shortcut_keys()
