"""The buttons of a run that goes on: pause, step by step, stop, reset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.ui.state.address import leave_run
from pages.ui.state.networks import current_job
from pages.ui.words.glossary import tip

if TYPE_CHECKING:
    from core.runs.job import TrainingJob
    from core.runs.snapshot import JobSnapshot

SOON = 0.5  # seconds in which a press of a button is mostly heard, so that the page shows it


def run_buttons(job: TrainingJob, seen: JobSnapshot) -> None:
    """Show them in one row."""
    with st.container(horizontal=True, gap="small"):
        if seen.state == "paused":
            buttons_of_a_pause(job, max(seen.iterations_per_epoch, 1))
        else:
            st.button("Pause", icon=":material/pause:", on_click=pause, args=(job,), shortcut="P")
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
        st.button(label, on_click=step, args=(job, batches), shortcut=shortcut)


def step(job: TrainingJob, batches: int) -> None:
    """Run some batches; a few are done before the page looks again."""
    job.controls.step(batches)
    job.wait_until_still(SOON)


def pause(job: TrainingJob) -> None:
    """Pause, and let the page see it paused."""
    job.controls.pause()
    job.wait_until_still(SOON)


def reset_button() -> None:
    """Clears the page for a new run."""
    st.button("Reset", icon=":material/restart_alt:", on_click=reset, help=tip("reset"))


def reset() -> None:
    """Back to the beginning; the run is stopped and kept."""
    if job := current_job():
        job.stop()
    leave_run()
