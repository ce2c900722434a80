"""Go back in a run: the network at chosen moments, its weights, its score, its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.ui import shell, state
from pages.ui.widgets.recorded_batch import FILTERS, mosaic_html
from pages.ui.words.numbers import percent

if TYPE_CHECKING:
    from core.runs.job import TrainingJob
    from core.runs.moments import Moment


def show_rewind(job: TrainingJob) -> None:
    """A slider over the moments of the run, and what the network was like at each."""
    seen, moments = job.snapshot(), job.moments()
    if not seen.state.over and seen.state != "paused":
        st.info("Press **Pause** first, or wait until the run is over.", icon=":material/pause:")
        return
    if not moments:
        st.info(
            "There is no way back in this run: its network is too large to keep many copies, or "
            "the run is too long ago.",
            icon=":material/history:",
        )
        return
    iterations = [moment.iteration for moment in moments]
    chosen = st.select_slider(
        "After how many batches",
        iterations,
        iterations[-1],
        format_func=lambda iteration: f"{iteration:,}",
        key=f"rewind-{job.id}",
    ) if len(iterations) > 1 else iterations[0]  # fmt: skip
    show_moment(job, moments[iterations.index(chosen)])


def show_moment(job: TrainingJob, moment: Moment) -> None:
    """The network as it was: score, weights as images, answer to the probe, and the way to it."""
    score = state.score_of_moment(job.id, moment.iteration)
    st.markdown(
        f"After **{moment.iteration:,}** batches it read **{percent(score.accuracy)}** of the "
        f"{score.images:,} validation images correctly."
    )
    show_weights(moment)
    probe = state.recall("probe")
    if probe is not None:
        from core.evaluation import probabilities

        shares = probabilities(state.network_at(job.id, moment.iteration), probe[None])[0]
        answer = int(shares.argmax())
        st.markdown(f"To your digit it said **{answer}**, {percent(float(shares[answer]))} sure.")
    if st.button("Draw against this moment", icon=":material/draw:"):
        state.ask_moment(job.id, moment.iteration)
        shell.go("predict")


def show_weights(moment: Moment) -> None:
    """The first layer's weights as images."""
    from core.charts.mosaics import first_layer_tiles, weights_mosaic

    first = next(value for value in moment.weights.values() if value.dim() > 1)
    tiles = first_layer_tiles(first[:FILTERS].numpy())
    alt = f"Weights of the first {len(tiles)} units after {moment.iteration} batches"
    st.html(mosaic_html(weights_mosaic(tiles, 10), alt, tile=48))
    st.caption(
        "First layer. Each small picture is one unit: orange weights add, blue ones take away."
    )
