"""Go back in a run: the network at chosen moments, its weights, its score, its answers."""

from __future__ import annotations

import streamlit as st

from core.charts.mosaics import weights_mosaic
from core.evaluation import probabilities
from core.model import weight_tiles
from core.runs.job import TrainingJob
from core.runs.moments import Moment
from pages.ui import shell
from pages.ui.state import server
from pages.ui.state.networks import ask_moment
from pages.ui.state.visit import visit
from pages.ui.widgets.pictures import mosaic_html
from pages.ui.widgets.recorded_batch import ABOUT_WEIGHTS, FILTERS
from pages.ui.words.numbers import percent, sureness


def show_the_way_back(job: TrainingJob) -> None:
    """A slider over the moments of the run, and what the network was like at each."""
    moments = job.memory.moments()
    if not job.snapshot().state.still:
        st.info("Press **Pause** first, or wait until the run is over.", icon=":material/pause:")
    elif not moments:
        st.info(
            "There is no way back in this run: its network is too large to keep many copies, or "
            "the run is too long ago.",
            icon=":material/history:",
        )
    else:
        show_moment(job, choose_moment(job, moments))


def choose_moment(job: TrainingJob, moments: tuple[Moment, ...]) -> Moment:
    """The newest, until another is chosen."""
    if len(moments) == 1:  # a slider needs two
        return moments[0]
    by_iteration = {moment.iteration: moment for moment in moments}
    iterations = list(by_iteration)
    chosen = st.select_slider(
        "After how many batches",
        iterations,
        iterations[-1],
        format_func=lambda iteration: f"{iteration:,}",
        key=f"rewind-{job.id}",
    )
    return by_iteration[chosen]


def show_moment(job: TrainingJob, moment: Moment) -> None:
    """The network as it was: score, weights as images, answer to the probe, and the way to it."""
    score = server.score_of_moment(job.id, moment.iteration)
    st.markdown(
        f"After **{moment.iteration:,}** batches it read **{percent(score.accuracy)}** of the "
        f"{score.images:,} validation images correctly."
    )
    show_weights(moment)
    if (probe := visit().train.probe) is not None:
        shares = probabilities(server.network_at(job.id, moment.iteration), probe[None])[0].tolist()
        answer = shares.index(max(shares))
        st.markdown(f"To your digit it said **{answer}**, {sureness(shares[answer])} sure.")
    if st.button("Draw against this moment", icon=":material/draw:"):
        ask_moment(job.id, moment.iteration)
        shell.go("predict")


def show_weights(moment: Moment) -> None:
    """The first layer's weights as images."""
    tiles = weight_tiles(moment.first_weights[:FILTERS].numpy())
    alt = f"Weights of the first {len(tiles)} units after {moment.iteration} batches"
    st.html(mosaic_html(weights_mosaic(tiles, 10), alt, tile=48))
    st.caption(ABOUT_WEIGHTS)
