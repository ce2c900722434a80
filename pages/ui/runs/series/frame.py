"""The frame of a repeat and of a sweep: begin, stop, the price, room for the results, earlier ones.

What is chosen and what its results look like is in repeat.py and sweep.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from core.runs.series.plan import Plan
from pages.ui.runs.series.earlier import offer_earlier, shown
from pages.ui.runs.series.task_room import buttons, price, room


def show_series(
    label: str,
    kind: str,
    wanted: Plan | None,
    problem: str,
    start: Callable[[Plan], None],
    show: Callable[[], Any],
    note: str = "",
) -> None:
    """All below the choice. label: on the button; wanted: what would begin, None with a problem in
    words; show: shows the results, again and again while it goes on; note: stands by the price."""
    last = next(iter(shown(kind)[::-1]), None)
    told, may_begin = price(wanted.configs) if wanted else (problem, False)
    buttons(kind, label, last, wanted if may_begin else None, start)
    st.caption(f"{told} {note}")
    room(kind, last, f"{label}: {last.name}" if last else "", show)
    offer_earlier(kind)
