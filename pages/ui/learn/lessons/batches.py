"""Lesson 7: what a batch size costs in steps and memory, and what one epoch brings, measured."""

from __future__ import annotations

import streamlit as st

from core.lessons import comparisons
from core.lessons.batch_costs import ALL_TRAINING, batch_cost
from core.lessons.short_runs import TUTORIAL, ShortRun
from pages.ui.learn.lesson_parts import measure_once, source
from pages.ui.state import server
from pages.ui.words.numbers import percent

SIZES = [2**power for power in range(13)]  # 1 to 4,096


def show() -> None:
    """Steps and memory for a batch size; then what short runs made of one epoch."""
    _choose()
    runs = comparisons.BATCH_RUNS
    st.markdown("**What does one epoch teach?** The same images, dealt out in several ways:")
    what = f"{len(runs)} networks learn, with batches of {min(runs):,} to {max(runs):,}"
    measure_once("batches", what, comparisons.compare_batch_sizes, _compare)


@st.fragment
def _choose() -> None:
    size = st.select_slider(
        "Batch size: images in a batch",
        SIZES,
        TUTORIAL.batch_size,
        format_func=lambda each: f"{each:,}",
    )
    found = server.kept().get_or_make(("batch cost", size), lambda: batch_cost(size))
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
        f"| {run.milliseconds_per_image:.2f} "
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
