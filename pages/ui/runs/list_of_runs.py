"""The list: an order to choose, the rows, those that are searched for, how much room is left.

It looks again every few seconds while a run goes on. What a row says is in rows.py.
"""

from __future__ import annotations

import math
from collections.abc import Hashable

import streamlit as st

from core.runs.kept.store import RunSummary
from pages.ui.runs.bring_back import offer_bring_back
from pages.ui.runs.listing import (
    ORDERS,
    Listed,
    found_by,
    going_on,
    in_order,
    room_left,
    runs_to_show,
)
from pages.ui.runs.rows import show_rows
from pages.ui.state.visit import visit
from pages.ui.widgets.choosing.choice import choose_one
from pages.ui.widgets.task import look_again

PER_PAGE = 30
EVERY = 2.0  # seconds between two looks at what goes on


def show_list(chosen: list[RunSummary], listed: Listed) -> None:
    """All that the visitor may see; the rest of the page follows when another is chosen."""
    ids, just_now = [run.id for run in chosen], [listed]

    def look_now() -> None:
        look(ids, just_now.pop() if just_now else runs_to_show())

    look_again(look_now, state, EVERY if state()[-1] else None)


def state() -> tuple[Hashable, ...]:
    """What else on the page depends on: what is chosen, what went wrong, what goes on."""
    here = visit().looked_at
    return tuple(here.chosen), here.problem, going_on()


def look(chosen: list[str], listed: Listed) -> None:
    """Once: the rows as they stand now."""
    with st.container(horizontal=True, gap="small", key="runs-tools"):
        order = choose_one("Order", ORDERS, "runs-order", show_label=False)
        offer_bring_back()
    words = visit().looked_at.words
    found = in_order(found_by(words, listed.runs), order)
    place = st.container()
    pages = math.ceil(len(found) / PER_PAGE)
    page = st.pagination(pages, key=f"runs-page-{order}-{words}") if pages > 1 else 1
    with place:
        show_rows(found[(page - 1) * PER_PAGE :][:PER_PAGE], chosen, listed.runs)
        if not found:
            st.markdown("No run has these words.")
    if said := room_left(listed):
        st.caption(said)
