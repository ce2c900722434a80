"""Beginning a run: at full length, or with a single step."""

from __future__ import annotations

import streamlit as st

from core.background import Refused
from core.config import ConfigError, TrainingConfig
from core.machine.tuning import spare_collector
from pages.ui.state import server
from pages.ui.state.address import current_run_id, follow_run
from pages.ui.state.networks import current_job
from pages.ui.state.visit import visit
from pages.ui.train.run_buttons import reset_button
from pages.ui.train.speed import choose_speed
from pages.ui.words.glossary import tip


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
