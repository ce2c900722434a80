"""A page for the browser tests of the live chart. Its series are formulas, not a measured run.

In its address: `iterations`, how many lie behind the first update (each adds 40 more); `every`,
the seconds between updates; `probe`, the length of a second chart, which stands still.
"""

from __future__ import annotations

import numpy as np
import streamlit as st

from core.charts.probability import probability_chart
from core.charts.training import training_chart
from pages.ui.widgets.live_plot import live_plot

EPOCH = 100
STEP = 40
asked = st.query_params.to_dict()


def made_up_losses(count: int) -> np.ndarray:
    """A formula that falls like a loss and wobbles the same way each time: float32 (count,)."""
    at = np.arange(count, dtype=np.float32)
    return 0.05 + 2.2 / (1 + at / 30) + np.float32(0.1) * (at * at % 97 / 97)


def made_up_checks(count: int) -> list[tuple[int, float, float]]:
    """Formulas for validation loss and accuracy, at 1,000 epoch ends at most."""
    ends = range(EPOCH, count + 1, EPOCH * max(1, count // (1000 * EPOCH)))
    return [(at, 0.2 + 30 / (at + 30), 1 - 40 / (at + 100)) for at in ends]


def made_up_probabilities(count: int) -> np.ndarray:
    """Ten lines that share 1, float32 (count, 10); that of the 7 wins."""
    scores = np.sin(np.arange(count)[:, None] / (8 + np.arange(10))) + 0.1
    scores[:, 7] += np.arange(count) / 15
    exponentials = np.exp(scores)
    return (exponentials / exponentials.sum(axis=1, keepdims=True)).astype(np.float32)


@st.fragment(run_every=float(asked["every"]) if "every" in asked else None)
def growing_chart(logarithmic: bool) -> None:
    """One update: more of the formula."""
    st.session_state.updates = st.session_state.get("updates", 0) + 1
    iterations = int(asked.get("iterations", "0")) + STEP * st.session_state.updates
    payload = training_chart(
        made_up_losses(iterations),
        made_up_checks(iterations),
        iterations_per_epoch=EPOCH,
        total_iterations=max(1200, 2 * iterations),
        validation_images=5000,
        log=logarithmic,
    )
    payload["layout"]["showlegend"] = True  # which charts of others have
    live_plot(payload, key="growing")
    st.caption(f"{st.session_state.updates} updates, {iterations} iterations of the formula")


st.title("Harness of the live chart")
logarithmic = st.toggle("Logarithmic")
if st.toggle("Chart", value=True):
    growing_chart(logarithmic)
if "probe" in asked:
    count = int(asked["probe"])
    probe = probability_chart(
        np.arange(1, count + 1) * 10, made_up_probabilities(count), total_iterations=count * 10
    )
    live_plot(probe, key="probe", height=360)
