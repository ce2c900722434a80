"""The chart of a run that grows in place: the loss of every batch, and the validation scores."""

from __future__ import annotations

import streamlit as st

from core.charts.training import training_chart
from core.runs.snapshot import JobSnapshot
from pages.ui.state.visit import visit
from pages.ui.widgets.live_plot import live_plot
from pages.ui.words.numbers import counted

WIDTHS = [1, 5, 10, 20, 50, 100, 200, 500]  # batches that the strong line is averaged over


def show_loss_chart(seen: JobSnapshot) -> None:
    """The chart, with what its lines mean and how it may be drawn."""
    left, right = st.columns([3, 1], vertical_alignment="center")
    left.markdown(
        "Pale line: how wrong the network is on each batch of images (**loss**). Strong line: the "
        "trend. Lower is better. Diamonds and dots: after each epoch it is tried on images that it "
        "does not learn from. The dots tell what share it reads (**accuracy**): higher is better."
    )
    with right:
        smoothing, log = chart_options()
    points = [(point.iteration, point.loss, point.accuracy) for point in seen.validation]
    live_plot(
        training_chart(
            seen.losses,
            points,
            iterations_per_epoch=max(seen.iterations_per_epoch, 1),
            total_iterations=seen.total_iterations,
            validation_images=seen.validation[-1].images if seen.validation else 0,
            smoothing=smoothing,
            log=log,
            revision=seen.id,
        ),
        key="training-chart",
        height=380,
    )
    st.caption(
        "At each step (*iteration*) the network learns from "
        f"{counted(seen.config.batch_size, 'image')} (a *batch*). Once through all images is an "
        "*epoch*. The check on images held back, after each epoch, is the *validation*."
    )


def chart_options() -> tuple[int, bool]:
    """Over how many batches the strong line is averaged, and whether the axis is logarithmic."""
    here = visit().train
    with st.popover("Chart options", icon=":material/tune:"):
        here.smoothing = st.select_slider(
            "Smooth the strong line over so many batches", WIDTHS, here.smoothing, key="smoothing"
        )
        here.log_scale = st.toggle(
            "Logarithmic scale: small losses get more room", here.log_scale, key="log"
        )
    return here.smoothing, here.log_scale
