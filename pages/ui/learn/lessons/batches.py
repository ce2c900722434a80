"""Lesson 7: a batch as it is, what it costs in steps and memory, and what one epoch brings."""

from __future__ import annotations

import math

import streamlit as st

from core.charts.mosaics import digits_mosaic
from core.data import scaled
from core.lessons import comparisons
from core.lessons.batch_costs import ALL_TRAINING, batch_cost
from core.lessons.experiments import TUTORIAL
from core.lessons.short_runs import ShortRun
from pages.ui.learn.lesson_parts import learned_from, measure_once
from pages.ui.state import server
from pages.ui.widgets.digits.pictures import picture
from pages.ui.words.numbers import counted, percent

SIZES = [2**power for power in range(13)]  # 1 to 4,096
SMALLER = 1_024  # more images than this are shown at half their size


@st.fragment
def show() -> None:
    """The batch of a chosen size, and how many of them make an epoch."""
    size = st.select_slider(
        "Batch size: pictures in a batch",
        SIZES,
        TUTORIAL.batch_size,
        format_func=lambda each: f"{each:,}",
    )
    found = server.kept().get_or_make(("batch cost", size), lambda: batch_cost(size))
    st.html(_sheet(size))
    rest = f" + {found.last:,}" if found.full < found.steps else ""
    with st.container(horizontal=True, gap="medium"):
        st.metric("Steps in an epoch", f"{found.steps:,}", width="content")
        st.metric(
            f"Pictures of MNIST: {found.full:,} × {found.batch_size:,}{rest}",
            f"{ALL_TRAINING:,}",
            width="content",
        )
        st.metric("Memory for a batch", f"{found.batch_bytes / 1e6:,.1f} MB", width="content")


def reveal() -> None:
    """What short runs made of one epoch."""
    runs = comparisons.BATCH_RUNS
    what = f"{len(runs)} networks learn, with batches of {min(runs):,} to {max(runs):,}"
    measure_once("batches", what, comparisons.compare_batch_sizes, _compare)


def _sheet(size: int) -> str:
    """A batch without a gap, as high as it is wide or half as high: one digit fills it, four
    thousand are dots."""
    images = server.lesson_digits().train.images[:size]
    if size > SMALLER:
        images = images[:, ::2, ::2]
    sheet = digits_mosaic(scaled(images).numpy(), 2 ** math.ceil(math.log2(size) / 2))
    alt = f"A batch: {counted(len(images), 'digit')}"
    return (
        '<div style="height:min(22.5rem, 50cqw)"><img style="max-width:100%;height:100%;'
        'object-fit:contain;object-position:left top;border-radius:6px;image-rendering:pixelated" '
        f'src="{picture(sheet)}" alt="{alt}"></div>'
    )


def _compare(runs: dict[int, ShortRun]) -> None:
    rows = "".join(
        f"| {size:,} | {len(run.losses):,} | {run.seconds:.2f} s "
        f"| {percent(run.checks[-1].accuracy)} |\n"
        for size, run in runs.items()
    )
    st.markdown("| batch size | steps | one epoch | right |\n" + "|--:" * 4 + f"|\n{rows}")
    first = next(iter(runs.values()))
    st.caption(
        f"Learned from {learned_from(first)}. Right: of {first.checks[-1].images:,} new images. "
        "Timed once, on this server."
    )
