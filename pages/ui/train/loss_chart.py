"""The chart of a run that grows in place: the loss of every batch, and the validation scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.charts.training import training_chart
from pages.ui.state.visit import visit
from pages.ui.widgets.live_plot import live_plot
from pages.ui.words.glossary import tip

if TYPE_CHECKING:  # an empty chart needs no torch
    from core.runs.snapshot import JobSnapshot

WIDTHS = [1, 5, 10, 20, 50, 100, 200, 500]  # batches that the strong line is averaged over
HEIGHT = 500  # pixels
TOP_TENTH = 0.9  # where it begins


def show_loss_chart(
    seen: JobSnapshot | None, place: DeltaGenerator, mark: tuple[int, str] | None = None
) -> None:
    """The chart in its place, and here how it may be drawn.

    seen: None where there is no run yet; mark: an iteration, and what happened at it.
    """
    validation = seen.validation if seen else ()
    with st.container(horizontal=True, gap="small"):
        range_button(any(point.accuracy >= TOP_TENTH for point in validation))
        smoothing, log = chart_options()
    with place:
        live_plot(
            training_chart(
                seen.losses if seen else np.zeros(0, np.float32),
                [(point.iteration, point.loss, point.accuracy) for point in validation],
                iterations_per_epoch=max(seen.iterations_per_epoch, 1) if seen else 1,
                total_iterations=seen.total_iterations if seen else 0,
                validation_images=validation[-1].images if validation else 0,
                smoothing=smoothing,
                log=log,
                top_tenth=visit().train.top_tenth,
                revision=seen.id if seen else "",
                mark=mark,
            ),
            key="training-chart",
            height=HEIGHT,
            grows=True,
        )


def range_button(is_there: bool) -> None:
    """Changes between all of the accuracy and its top tenth, where good networks differ, once
    anything is there."""
    here = visit().train

    def change() -> None:
        here.top_tenth = not here.top_tenth

    st.button(
        "Show 0–100 %" if here.top_tenth else "Zoom to 90–100 %",
        icon=":material/zoom_out:" if here.top_tenth else ":material/zoom_in:",
        on_click=change,
        key="top-tenth",
        width=200,
        disabled=not (is_there or here.top_tenth),
    )


def chart_options() -> tuple[int, bool]:
    """Over how many batches the strong line is averaged, and whether the axis is logarithmic."""
    here = visit().train
    with st.popover("Chart options", icon=":material/tune:"):
        here.smoothing = st.select_slider(
            "Smooth the strong line over so many batches",
            WIDTHS,
            here.smoothing,
            key="smoothing",
            help=tip("smoothing"),
        )
        here.log_scale = st.toggle(
            "Logarithmic scale: small losses get more room", here.log_scale, key="log"
        )
    return here.smoothing, here.log_scale
