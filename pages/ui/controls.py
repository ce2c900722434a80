"""Forms and pickers: what to train, and the buttons of a run that is going on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.config import ACTIVATIONS, DATASETS, OPTIMIZERS, TrainingConfig
from pages.ui import state

if TYPE_CHECKING:
    from core.jobs import JobSnapshot, TrainingJob

SPEEDS: dict[str, float | None] = {  # batches a second; None: no limit
    "1 batch a second": 1,
    "5 a second": 5,
    "20 a second": 20,
    "100 a second": 100,
    "as fast as it goes": None,
}


def training_settings(disabled: bool = False) -> TrainingConfig:
    """The settings for the next run: the dataset, and the tutorial's everything else."""
    dataset = st.segmented_control(
        "Learn from",
        list(DATASETS),
        format_func=lambda name: DATASETS[name].label,
        default=state.recall("dataset", "mnist"),
        required=True,
        disabled=disabled,
        help=" ".join(f"**{each.label}**: {each.description}." for each in DATASETS.values()),
    )
    state.keep("dataset", dataset)
    config = TrainingConfig(dataset=dataset)
    st.markdown(f"**The tutorial network** · {describe(config)}")
    return config


def describe(config: TrainingConfig) -> str:
    """The settings in one line of words and numbers."""
    sizes = " → ".join(f"{size:,}" for size in (784, *config.hidden_sizes, 10))
    return (
        f"{sizes} · {ACTIVATIONS[config.activation].label} · "
        f"{OPTIMIZERS[config.optimizer].label}, learning rate {config.learning_rate:g} · "
        f"batches of {config.batch_size:,} · {config.epochs} "
        f"{'epoch' if config.epochs == 1 else 'epochs'}"
    )


def run_buttons(job: TrainingJob, seen: JobSnapshot) -> None:
    """Pause, go on and stop, for a run that is not over."""
    with st.container(horizontal=True, gap="small"):
        if seen.state == "paused":
            st.button("Resume", icon=":material/play_arrow:", type="primary", on_click=job.resume)
        else:
            st.button("Pause", icon=":material/pause:", on_click=job.pause)
        st.button("Stop", icon=":material/stop:", on_click=job.stop, key="stop")


def speed_control(job: TrainingJob | None) -> float | None:
    """How many batches a second; None: no limit. Takes effect at once on a run that goes on."""
    chosen = st.select_slider(
        "Speed",
        list(SPEEDS),
        value=state.recall("speed", "as fast as it goes"),
        key="speed",
        help="Slow the run down to watch every batch. You can change it while the run goes on.",
    )
    state.keep("speed", chosen)
    if job:
        job.set_speed(SPEEDS[chosen])
    return SPEEDS[chosen]
