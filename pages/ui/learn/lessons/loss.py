"""Lesson 5: what a wrong answer costs, by hand, and the mean over a real batch."""

from __future__ import annotations

import streamlit as st

from core.charts.lessons.lines import curve_with_point
from core.charts.mosaics import digits_mosaic
from core.data import Digits, scaled
from core.lessons.loss import BatchLoss, batch_loss, cross_entropy, cross_entropy_curve
from pages.ui.learn.lesson_parts import show_chart, source
from pages.ui.state import server
from pages.ui.widgets.pictures import mosaic_html
from pages.ui.words.numbers import percent

BATCH = 128
LEAST = 0.002  # where the drawn curve begins; at 0 it would have no end
WORST = 8  # images shown


def show() -> None:
    """The curve with its handle, then the batch."""
    batch = server.lesson_digits().validation[:BATCH]
    found = batch_loss(server.shipped("tutorial").model, batch)
    _handle(found)
    _show_batch(batch, found)


@st.fragment
def _handle(found: BatchLoss) -> None:
    share = st.slider("How sure it is of the right answer", 0.01, 1.0, 0.5, 0.01)
    cost = float(cross_entropy(share))
    show_chart(
        curve_with_point(
            cross_entropy_curve(LEAST),
            (share, cost),
            ("Probability given to the right answer", "Cost of one answer"),
            dots=(found.shares.tolist(), found.costs.tolist()),
        ),
        key="cost-curve",
        alt=f"The cost falls as the probability of the right answer grows: at {share:.2f} it is "
        f"{cost:.2f}",
    )
    st.markdown(f"**{percent(share, 0)}** for the right answer costs **{cost + 0:.2f}**.")
    st.caption("The green dots are the images of the batch below.")


def _show_batch(batch: Digits, found: BatchLoss) -> None:
    st.markdown(
        f"**A real batch.** The tutorial network looked at {len(batch)} images. Their mean cost, "
        f"the **loss of the batch, is {found.mean:.3f}**. The eight that cost most:"
    )
    dearest = found.dearest(WORST)
    sheet = digits_mosaic(scaled(batch.images[dearest]).numpy(), WORST)
    st.html(mosaic_html(sheet, "The eight images that cost most", tile=44))
    st.caption(
        "; ".join(
            f"{batch.labels[place]}: {percent(float(found.shares[place]))} sure of it, "
            f"costs {found.costs[place]:.2f}"
            for place in dearest
        )
        + f". {source()}; the network never learned from these images."
    )
