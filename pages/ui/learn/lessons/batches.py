"""Lesson 7: what a batch size costs in steps and memory, and what one epoch brings, measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.ui.learn.measured import measure_once
from pages.ui.learn.sources import source
from pages.ui.words.numbers import percent

if TYPE_CHECKING:
    from core.data import DigitDataset
    from core.lessons.measures import BatchCost, OnShare, ShortRun

SIZES = [2**power for power in range(13)]  # 1 to 4,096


def show() -> None:
    """Steps and memory for a batch size."""
    _choose()


def measure() -> None:
    """What short runs made of one epoch."""
    from core.lessons.measures import BATCH_RUNS

    sizes = f"with batches of {min(BATCH_RUNS):,} to {max(BATCH_RUNS):,}"
    st.markdown("**What does one epoch teach?** The same images, dealt out in several ways:")
    measure_once("batches", f"{len(BATCH_RUNS)} networks learn, {sizes}", _work, _compare)


def _work(digits: DigitDataset, on_share: OnShare) -> dict[int, ShortRun]:
    from core.lessons.measures import batch_runs

    return batch_runs(digits, on_share)


@st.cache_data(show_spinner=False, max_entries=len(SIZES))
def counted(size: int) -> BatchCost:
    """Steps and memory of a batch size."""
    from core.lessons.measures import batch_cost

    return batch_cost(size)


@st.fragment
def _choose() -> None:
    from core.lessons.measures import ALL_TRAINING, TUTORIAL

    size = st.select_slider(
        "Batch size: images in a batch",
        SIZES,
        TUTORIAL.batch_size,
        format_func=lambda each: f"{each:,}",
    )
    found = counted(size)
    with st.container(horizontal=True):
        st.metric("Steps in an epoch", f"{found.steps:,}")
        st.metric("Memory for a batch", f"{found.batch_bytes / 1e6:,.1f} MB")
    st.caption(
        f"For the tutorial network and {ALL_TRAINING:,} training images. The memory is the sum of "
        "all numbers that a batch needs: weights, gradients, and what the layers hand on."
    )


def _compare(runs: dict[int, ShortRun]) -> None:
    rows = "".join(
        f"| {size:,} | {len(run.losses):,} | {run.seconds:.2f} "
        f"| {1000 * run.seconds / run.config.training_images:.2f} "
        f"| {percent(run.checks[-1].accuracy)} |\n"
        for size, run in runs.items()
    )
    st.markdown(
        "| batch size | steps | seconds | ms an image | right |\n" + "|--:" * 5 + f"|\n{rows}"
    )
    first = next(iter(runs.values()))
    st.caption(
        f"One epoch of {first.config.training_images:,} training images from {source()}, Adam with "
        f"learning rate {first.config.learning_rate:g}, timed once on this server; ms are "
        f"thousandths of a second. The share of right answers is measured on "
        f"{first.checks[-1].images:,} validation images."
    )
