"""What a lesson measures: a bar with what remains and a button to stop, then what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

from pages.ui import state
from pages.ui.words.numbers import duration, percent

POLL = 0.3  # seconds between two looks at a measurement that goes on

if TYPE_CHECKING:
    from core.data import DigitDataset
    from core.lessons.measures import OnShare

    Work = Callable[[DigitDataset, OnShare], Any]


def measure_once(name: str, what: str, work: Work, show: Callable[[Any], None]) -> None:
    """Measure once for each server and dataset; show the result, or how far it is.

    name: of the lesson; what: goes on, in words; work: measures on the digits of the lessons and
    says how far it is; show: shows what it gave.
    """
    digits = state.lesson_digits()
    key = (name, digits.name)

    def begin() -> None:
        state.begin_measurement(key, lambda on_share: work(digits, on_share))

    if state.measurement(key) is None:
        begin()
    going = not state.measurement(key).over
    st.fragment(_watch, run_every=POLL if going else None)(key, what, show, begin, going)


def _watch(
    key: tuple[str, str],
    what: str,
    show: Callable[[Any], None],
    begin: Callable[[], None],
    going: bool,
) -> None:
    """One look. `going`: whether it went on when the page was built."""
    measurement = state.measurement(key)
    if going == measurement.over:
        st.rerun()  # the page changes with it: no more looks are needed
    if going:
        left = measurement.seconds_left
        doing = "Waiting for another lesson's measurement" if measurement.waiting else what
        words = f"{doing} … {percent(measurement.share, 0)}"
        st.progress(measurement.share, text=words + (f", {duration(left)} to go" if left else ""))
        st.button("Stop", icon=":material/stop:", on_click=measurement.stop, key=f"stop-{key[0]}")
    elif measurement.stopped or measurement.failed:
        if measurement.failed:
            st.warning(
                "The app made a mistake while it measured. Measure again, or go on without.",
                icon=":material/warning:",
            )
        st.button(
            "Measure",
            icon=":material/play_arrow:",
            on_click=begin,
            key=f"measure-{key[0]}",
        )
    else:
        show(measurement.result())
