"""Tables: the scores of runs and the settings in which they differ; all settings of one."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Any

import streamlit as st

from core.config import TrainingConfig
from core.runs.comparison.settings import differing
from core.runs.kept.store import RunSummary
from pages.ui.runs.compare.names import distinct_names, name_html
from pages.ui.runs.settings_words import NAMES, TUTORIAL, value_in_words
from pages.ui.words.numbers import duration, percent

STYLE = """<style>
.st-key-runs-table div:has(> table) { overflow-x: auto; }
.st-key-runs-table :is(th, td) { padding: 0.3rem 1.25rem 0.3rem 0; text-align: left;
  vertical-align: top; }
.st-key-runs-table th { max-width: 10rem; overflow-wrap: anywhere; }
.st-key-runs-table th:first-child { min-width: 7.5rem; font-weight: 400; }
</style>"""


def show_table(runs: list[RunSummary]) -> None:
    """Scores and settings side by side."""
    with st.container(key="runs-table"):
        st.html(STYLE + table_html(runs, distinct_names(runs)))


def show_settings(run: RunSummary) -> None:
    """All settings of one run, beside those of the tutorial network."""
    rows = "".join(f"<tr><th>{NAMES[name]}</th>{_of_two(name, run.config)}</tr>" for name in NAMES)
    heads = _cells("th", (html.escape(run.name), "Tutorial network"))
    with st.container(key="runs-table"):
        st.html(f"{STYLE}<div><table><tr><td></td>{heads}</tr>{rows}</table></div>")


def said(name: str, value: Any) -> str:
    """The value of a setting, for HTML."""
    return html.escape(value_in_words(name, value))


def _of_two(name: str, config: TrainingConfig) -> str:
    """Its own value, in bold where it is another than the tutorial's, and that."""
    own, tutorials = (said(name, getattr(each, name)) for each in (config, TUTORIAL))
    return _cells("td", (own if own == tutorials else f"<b>{own}</b>", tutorials))


def table_html(runs: list[RunSummary], names: list[str]) -> str:
    """A column for each run: its colour, its score, its time, and what differs in its settings."""
    heads = [name_html(name, place) for place, name in enumerate(names)]
    table = {
        "Right": [score_in_words(run) for run in runs],
        "Time": ["–" if run.is_network_alone else duration(run.seconds) for run in runs],
    }
    settings = differing([run.config for run in runs])
    for setting, values in settings.items():
        table[NAMES[setting]] = [said(setting, each) for each in values]
    rows = "".join(
        f"<tr><th>{name}</th>{_cells('td', values)}</tr>" for name, values in table.items()
    )
    same = "" if settings else "<p>Their settings are the same.</p>"
    return f"<div><table><tr><td></td>{_cells('th', heads)}</tr>{rows}</table></div>{same}"


def score_in_words(run: RunSummary) -> str:
    """97.8 % (97.5 % to 98.1 %)."""
    if run.test is None:
        return "no exam yet"
    low, high = (percent(end) for end in run.test.interval)
    return f"{percent(run.test.accuracy)} ({low} to {high})"


def _cells(kind: str, contents: Iterable[str]) -> str:
    return "".join(f"<{kind}>{each}</{kind}>" for each in contents)
