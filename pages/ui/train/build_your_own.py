"""The box "Build your own network": all settings, and beside them what the network looks like.

Two dozen widgets make the page slow to appear, and most visitors start with a preset: the box is
filled only while it is open.
"""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.config import ConfigError, TrainingConfig
from pages.ui.state.address import keep_settings
from pages.ui.state.visit import visit, widget_exists
from pages.ui.train.all_settings import choose_all_settings
from pages.ui.train.copy_link import copy_link
from pages.ui.train.network_drawing import network_html
from pages.ui.train.settings_in_words import OWN, describe, preset_of

BOX = "build"  # the key of the box


def build_your_own(config: TrainingConfig) -> DeltaGenerator | None:
    """Show the box. Returns the place for what the network costs; None while it is closed."""
    here = visit().train
    if not widget_exists(BOX):  # back on the page: as the visitor left it
        here.build_at_first = here.build_open
    box = st.expander("Build your own network", here.build_at_first, key=BOX, on_change="rerun")
    # In the run that closes it, a number typed just before has yet to be read. And a visitor may go
    # on, or close it again, before it is full: that it was opened is kept before it is filled.
    filled = here.build_open = box.open or here.build_open
    if preset_of(config) == OWN:  # a preset's name says enough at first
        st.caption(describe(config))
    elif filled:
        box.caption(describe(config))
    cost = fill(box, config) if filled else None
    here.build_open = box.open
    return cost if box.open else None


def fill(box: DeltaGenerator, config: TrainingConfig) -> DeltaGenerator:
    """The settings and the picture. Keeps what was changed and runs the page again with it."""
    with box:
        form, picture = st.columns([5, 6], gap="large")
        with form:
            try:
                changed = choose_all_settings(config)
            except ConfigError as problem:
                st.warning(str(problem), icon=":material/warning:")
                changed = config
        with picture:
            st.html(network_html(config))
            cost = st.container()
            copy_link()
    if changed != config:  # what stands above was made for the settings as they were
        keep_settings(changed)
        st.rerun()
    return cost
