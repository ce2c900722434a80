"""All the visitor's runs by one of their settings: does a score go with it?"""

from __future__ import annotations

import html

import streamlit as st

from core.charts.runs.by_setting import Dot, setting_chart
from core.config import DATASETS
from core.runs.comparison.settings import Scored, differing, scored_by
from core.runs.kept.store import RunSummary
from pages.ui.widgets.choosing.dropdown import remembered_choice
from pages.ui.widgets.live_plot import live_plot
from pages.ui.words.settings import NAMES, value_in_words

SCORES = {
    "accuracy": "Right in the exam",
    "loss": "Loss in the exam",
    "seconds": "Seconds of training",
}
HEIGHT = 400  # pixels


@st.fragment
def show_by_setting(runs: list[RunSummary]) -> None:
    """A dot for each run that sat an exam, in a column for each value of the setting."""
    examined = [run for run in runs if run.test]
    settings = list(differing([run.config for run in examined]))
    if not settings:
        st.markdown("This needs two runs with different settings that have sat their exam.")
        return
    with st.container(horizontal=True, gap="small"):
        setting = remembered_choice("Setting", settings, "runs-setting", format_func=NAMES.get)
        score = remembered_choice("Score", list(SCORES), "runs-score", format_func=SCORES.get)
    names = {run.id: run.name for run in examined}
    dots = [dot_of(each, setting, score, names) for each in scored_by(examined, setting, score)]
    titles, unit = (NAMES[setting], SCORES[score]), " %" if score == "accuracy" else ""
    live_plot(setting_chart(dots, titles, unit), "runs-by-setting", HEIGHT)
    bars = " Thin bars: where the true share lies (*95 % interval*)."
    st.caption(f"Each dot is one of your networks.{bars if score == 'accuracy' else ''}")


def dot_of(run: Scored, setting: str, score: str, names: dict[str, str]) -> Dot:
    """A run as the chart takes it: an accuracy in per cent, names harmless in Plotly."""
    times = 100 if score == "accuracy" else 1
    low, middle, high = (round(times * each, 4) for each in (run.low, run.score, run.high))
    column, kind = value_in_words(setting, run.value), DATASETS[run.dataset].label
    return Dot(column, kind, html.escape(names[run.run_id]), middle, low, high)
