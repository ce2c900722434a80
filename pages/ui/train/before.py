"""Train before a run: the network that it will begin with, and what that reads by chance.

It is asked as in a run: nothing is made up. torch and the digits come once the page stands.
"""

from __future__ import annotations

import streamlit as st

from core.config import TrainingConfig
from core.machine.tuning import let_the_page_appear
from pages.ui.state import server
from pages.ui.train.at_work import before_a_run, show_at_work, show_sheet
from pages.ui.train.closer_look import look_closer
from pages.ui.train.loss_chart import show_loss_chart
from pages.ui.train.room import make_room, show_what_comes
from pages.ui.train.timeline import show_timeline
from pages.ui.widgets.choosing.dataset_picker import is_at_hand
from pages.ui.widgets.choosing.network_picker import in_use
from pages.ui.words.numbers import counted

HOW = (
    "Press **Start training**. In each step it reads {} (a *batch*) → is told the answers → "
    "changes its weights."
)


def show_before(config: TrainingConfig) -> None:
    """The room of a run, as full as it can be without delay, and a closer look."""
    network = before_a_run(config) if server.has_board() else None
    with st.container():  # as deep in the page as the fragment of a run, which takes its place
        room = make_room()
        room.progress.markdown(HOW.format(counted(config.batch_size, "digit")))
        room.result.markdown(in_use(" on other pages"))
        with room.about:
            show_loss_chart(None, room.chart)
        with room.network:
            show_at_work(network)
        with room.timeline:
            show_timeline(None)
        with room.afterwards:
            show_what_comes()
    look_closer(None)
    if network:
        with st.container(key="unseen", gap=None):
            show_sheet(config)


def bring_what_is_missing(config: TrainingConfig) -> None:
    """Last on the page: get torch and the digits, and build the page again with them. What would
    have to be fetched or made waits for the run."""
    here = is_at_hand(config.dataset)
    if server.in_memory(config.dataset) or (server.has_board() and not here):
        return
    let_the_page_appear()
    shelf = server.board().shelf
    from core.data import DataUnavailable

    try:
        if here:
            shelf.get(config.dataset)
    except DataUnavailable:  # the run will say why
        return
    st.rerun()
