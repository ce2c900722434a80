"""Lesson 5: what a wrong answer costs, by hand, and the mean over a real batch."""

from __future__ import annotations

import streamlit as st

from core.data import scaled
from core.lessons.loss import batch_loss, cross_entropy_by_percent
from pages.ui.learn.curve import draggable_curve
from pages.ui.learn.lesson_parts import source
from pages.ui.state import server
from pages.ui.widgets.digits.wall import wall
from pages.ui.words.numbers import percent

BATCH = 128
START = 50  # per cent, where the ball stands at first
WORST = 8  # images shown


def show() -> None:
    """The curve with its ball."""
    shares, costs = cross_entropy_by_percent()
    at = shares.index(START)
    draggable_curve(
        (shares, costs),
        (shares[at], costs[at]),
        "cost-curve",
        handle="How sure the network is of the right answer, in per cent",
        says="{x} % for the right answer costs {y}",
        titles=("% given to the right answer", "cost"),
        decimals=(0, 2),
    )


def reveal() -> None:
    """A real batch: its loss, and the answers that cost most."""
    batch = server.lesson_digits().validation[:BATCH]
    found = batch_loss(server.shipped("tutorial").model, batch)
    st.markdown(
        f"{len(batch)} images from {source()}, new to the tutorial network: "
        f"**loss {found.mean:.3f}**. These cost most: how sure it was of the right answer, and the "
        "cost."
    )
    places = found.dearest(WORST)
    labels = [int(batch.labels[place]) for place in places]
    captions = [
        f"{label}: {percent(float(found.shares[place]))} sure, {found.costs[place]:.2f}"
        for label, place in zip(labels, places, strict=True)
    ]
    wall(
        scaled(batch.images[places]).numpy(),
        captions,
        "The images that cost most, how sure it was of the right answer, and what that costs",
        "dearest",
        tile=120,
        captions=captions,
    )
