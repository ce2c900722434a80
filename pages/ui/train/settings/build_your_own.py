"""The panel "Build your own network": a drawing of it, beside it what one plays with, and its cost.

Two dozen widgets make the page slow to appear, and most visitors start with a preset: the panel is
there only while it is open.
"""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.config import TrainingConfig
from core.settings.sizes import count_weights
from pages.ui.frontend.components import component
from pages.ui.state import server
from pages.ui.state.visit import visit
from pages.ui.train.settings.all_settings import choose_first_settings, choose_other_settings
from pages.ui.train.settings.network_drawing import network_html
from pages.ui.words.numbers import duration

# The drawing stays in sight while the controls below it, on a phone, are moved.
STYLE = """<style>
.st-key-build-panel .stColumn:has(img) { position: sticky; top: 0.5rem; z-index: 2; }
@media (max-width: 640px) { .st-key-cost { min-height: 9rem; } }
</style>"""

_copy_link = component("copy_link", '<button type="button"></button>')


def build_button(chosen: bool, fixed: bool) -> None:
    """Opens and closes the panel. chosen: the settings are the visitor's own."""
    here = visit().train

    def turn() -> None:
        here.build_open = not here.build_open

    with st.container(key=f"build-button{'-chosen' if chosen else ''}"):
        st.button(
            "Build your own network",
            icon=":material/expand_less:" if here.build_open else ":material/tune:",
            on_click=turn,
            key="build",
            width="stretch",
            disabled=fixed,
        )


def build_your_own(config: TrainingConfig) -> DeltaGenerator | None:
    """Show the panel. Returns the place for what the network costs; None while it is closed."""
    if not visit().train.build_open:
        return None
    st.html(STYLE)
    with st.container(border=True, key="build-panel"):
        picture, controls = st.columns([6, 5], gap="medium")
        picture.html(network_html(config))
        with controls:
            choose_first_settings(config)
        more = st.expander("More settings", key="more-settings", on_change="rerun")
        if more.open:
            with more:
                choose_other_settings(config)
        with st.container(key="cost", horizontal=True, vertical_alignment="center"):
            cost = st.empty()
            cost.markdown(weights_in_words(config))
            _copy_link(key="copy-link", data={}, width="content")  # the address holds all settings
    return cost


def weights_in_words(config: TrainingConfig) -> str:
    """How many numbers it learns."""
    return f"**{count_weights(config.architecture, config.hidden_sizes):,} weights** to learn"


def show_cost(config: TrainingConfig) -> None:
    """Beside the weights, time for the run and memory for a batch: measured, if not known yet."""
    found = server.cost_of(config)
    from core.runs.work import LONGEST_RUN  # late: it needs torch

    said = (
        f"{weights_in_words(config)} · **{duration(found.seconds)}** (timed just now) · "
        f"{found.batch_bytes / 1e6:,.1f} MB a batch"
    )
    if found.seconds > LONGEST_RUN:
        said += f". It is stopped after {LONGEST_RUN / 60:.0f} minutes, and kept."
    st.markdown(said)
