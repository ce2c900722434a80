"""What several lessons have: a chart, something measured once, and what digits and scores are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from plotly.graph_objects import Figure

from core.background import OnShare
from core.config import DATASETS
from core.data import DigitDataset
from core.evaluation import Evaluation
from pages.ui.state import server
from pages.ui.widgets.task import follow
from pages.ui.words.numbers import counted, percent

Work = Callable[[DigitDataset, OnShare], Any]


def measure_once(name: str, what: str, work: Work, show: Callable[[Any], None]) -> None:
    """Measure, and show the result, or how far it is.

    name: of the lesson; what: goes on, in words; work: measures on the digits of the lessons and
    says how far it is; show: shows what it gave.
    """
    digits = server.lesson_digits()
    key = ("lesson", name, digits.name)
    follow(key, what, lambda task: work(digits, task.tell), show)


def show_chart(figure: Figure, key: str, alt: str, **more: Any) -> None:
    """A chart without the row of tools; alt: in words; more: see `st.plotly_chart`."""
    st.plotly_chart(figure, key=key, alt=alt, config={"displayModeBar": False}, **more)


def source() -> str:
    """What the digits of the lessons are, for a caption."""
    return DATASETS[server.lesson_digits().name].label


def grade(test: Evaluation) -> str:
    """**91.8 %** of 2,000 test images correctly (expect 90.5 % to 92.9 % of others, …)."""
    low, high = test.interval
    return (
        f"**{percent(test.accuracy)}** of {counted(test.images, 'test image')} correctly "
        f"(expect {percent(low)} to {percent(high)} of others: *confidence interval*)"
    )
