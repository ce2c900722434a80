"""Lesson 5: what a wrong answer costs, by hand, and the mean over a real batch."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.ui import state
from pages.ui.learn.sources import source
from pages.ui.widgets.recorded_batch import mosaic_html
from pages.ui.words.numbers import percent

BATCH = 128
LEAST = 0.002  # where the drawn curve begins; at 0 it would have no end
WORST = 8  # images shown


def show() -> None:
    """The curve with its handle, then the batch."""
    from core.lessons.measures import batch_prices

    batch = state.lesson_digits().validation[:BATCH]
    shares, costs = batch_prices(state.shipped("tutorial").model, batch)
    _handle(shares, costs)
    _show_batch(batch, shares, costs)


@st.fragment
def _handle(shares: np.ndarray, costs: np.ndarray) -> None:
    from core.charts.lessons import curve_with_point
    from core.lessons.measures import price

    share = st.slider("How sure it is of the right answer", 0.01, 1.0, 0.5, 0.01)
    cost = float(price(share))
    across = np.geomspace(LEAST, 1, 120)
    st.plotly_chart(
        curve_with_point(
            (across.tolist(), price(across).tolist()),
            (share, cost),
            ("Probability given to the right answer", "Cost of one answer"),
            dots=(shares.tolist(), costs.tolist()),
        ),
        key="price-curve",
        config={"displayModeBar": False},
        alt=f"The cost falls as the probability of the right answer grows: at {share:.2f} it is "
        f"{cost:.2f}",
    )
    st.markdown(f"**{percent(share, 0)}** for the right answer costs **{cost + 0:.2f}**.")
    st.caption("The green dots are the images of the batch below.")


def _show_batch(batch, shares: np.ndarray, costs: np.ndarray) -> None:
    from core.charts.mosaics import digits_mosaic

    st.markdown(
        f"**A real batch.** The tutorial network looked at {len(batch)} images. Their mean cost, "
        f"the **loss of the batch, is {costs.mean():.3f}**. The eight that cost most:"
    )
    order = np.argsort(-costs, kind="stable")[:WORST]
    sheet = digits_mosaic(batch.images[order].numpy() / 255, WORST)
    st.html(mosaic_html(sheet, "The eight images that cost most", tile=44))
    st.caption(
        "; ".join(
            f"{batch.labels[place]}: {percent(float(shares[place]))} sure of it, "
            f"costs {costs[place]:.2f}"
            for place in order.tolist()
        )
        + f". {source()}; the network never learned from these images."
    )
