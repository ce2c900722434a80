"""The losses of the runs that are compared, in one chart."""

from __future__ import annotations

import streamlit as st

from core.charts.runs.learning import Losses, learning_chart
from core.runs.kept.store import RunError, RunSummary
from pages.ui.runs.compare.names import distinct_names, name_on_chart
from pages.ui.state import server
from pages.ui.widgets.choosing.choice import choose_one
from pages.ui.widgets.live_plot import live_plot
from pages.ui.words.numbers import unmarked

BY = {"batch": "Batches", "epoch": "Epochs", "second": "Seconds"}
LOOKS = {"smoothed": "Smoothed", "raw": "Each batch"}
HEIGHT = 340  # pixels


@st.fragment
def show_curves(runs: list[RunSummary]) -> None:
    """A line for each. None where one cannot be read: a colour is the same run everywhere."""
    losses = {}
    for place, (run, name) in enumerate(zip(runs, distinct_names(runs), strict=True)):
        try:
            seen = server.snapshot(run.id)
        except RunError as problem:
            st.warning(unmarked(str(problem)), icon=":material/warning:")
            continue
        losses[name_on_chart(name, place)] = Losses(
            seen.losses, seen.iterations_per_epoch, seen.seconds
        )
    if len(losses) < len(runs):
        return
    with st.container(horizontal=True, gap="small", key="runs-curves"):
        by = choose_one("Learning by", BY, "runs-by", show_label=False)
        look = choose_one("Curves", LOOKS, "runs-look", show_label=False)
    live_plot(learning_chart(losses, by, look == "smoothed"), "compared-losses", HEIGHT)
