"""Tables: the scores of runs and the settings in which they differ; all settings of one."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from core.config import TrainingConfig
from core.runs.comparison.settings import differing
from core.runs.kept.store import RunSummary
from pages.ui.runs.compare.names import distinct_names, name_html
from pages.ui.runs.rows import layers_of
from pages.ui.runs.settings_words import NAMES, TUTORIAL, value_in_words
from pages.ui.widgets.result_card import drawn
from pages.ui.words.numbers import duration, percent

STYLE = """<style>
.st-key-runs-table .tables { overflow-x: auto; }
.st-key-runs-table .tables:has(.same) { display: grid; gap: 1.5rem var(--gutter);
  grid-template-columns: var(--wide) minmax(0, 1fr); align-items: start; }
@media (max-width: 960px) {
  .st-key-runs-table .tables:has(.same) { grid-template-columns: minmax(0, 1fr); } }
.st-key-runs-table :is(th, td) { padding: 0.3rem 1.25rem 0.3rem 0; text-align: left;
  vertical-align: top; }
.st-key-runs-table th { max-width: 12rem; overflow-wrap: anywhere; }
.st-key-runs-table th:first-child { min-width: 7.5rem; font-weight: 400; }
.st-key-runs-table .drawn { width: 4rem; height: 2.5rem; background: currentColor;
  mask: var(--drawn) left / contain no-repeat; }
.st-key-runs-table .same { opacity: 0.75; font-size: 0.85rem; }
</style>"""


def show_table(runs: list[RunSummary]) -> None:
    """Scores and settings side by side."""
    with st.container(key="runs-table"):
        st.html(STYLE + table_html(runs, distinct_names(runs)))


def show_settings(run: RunSummary) -> None:
    """All settings of one run, beside those of the tutorial network."""
    with st.container(key="runs-table"):
        st.html(STYLE + settings_html(run))


def settings_html(run: RunSummary) -> str:
    """First what is set otherwise than where Train begins, then, set back, what is not."""
    both = [run.config, TUTORIAL]
    other = differing(both)
    rows = {NAMES[name]: [said(name, each) for each in values] for name, values in other.items()}
    heads = [html.escape(run.name), "Tutorial network"]
    same = {
        NAMES[name]: [said(name, getattr(TUTORIAL, name))] for name in NAMES if name not in other
    }
    same_table = _table([""], [], same)
    if not rows:
        lead = "All is as in the tutorial network, with which Train begins:"
        return f'<div class="tables"><p>{lead}</p>{same_table}</div>'
    return (
        '<div class="tables"><div><p>Changed from the tutorial network, with which Train begins:'
        f"</p>{_table(heads, both, rows)}</div>"
        f'<div class="same"><p>As in the tutorial network:</p>{same_table}</div></div>'
    )


def said(name: str, value: Any) -> str:
    """The value of a setting, for HTML."""
    return html.escape(value_in_words(name, value))


def table_html(runs: list[RunSummary], names: list[str]) -> str:
    """A column for each run: its colour, its score, its time, and what differs in its settings."""
    heads = [name_html(name, place) for place, name in enumerate(names)]
    configs = [run.config for run in runs]
    rows = {
        "Right in the exam": [score_in_words(run) for run in runs],
        "Time of training": [
            "–" if run.is_network_alone else duration(run.seconds) for run in runs
        ],
    }
    settings = differing(configs)
    for setting, values in settings.items():
        rows[NAMES[setting]] = [said(setting, each) for each in values]
    same = "" if settings else "<p>Their settings are the same.</p>"
    return f'<div class="tables">{_table(heads, configs, rows)}</div>{same}'


def score_in_words(run: RunSummary) -> str:
    """97.8 % (97.5 % to 98.1 %)."""
    if run.test is None:
        return "no exam yet"
    low, high = (percent(end) for end in run.test.interval)
    return f"{percent(run.test.accuracy)} ({low} to {high})"


def _table(
    heads: Sequence[str], configs: Sequence[TrainingConfig], rows: Mapping[str, Sequence[str]]
) -> str:
    """heads: above the columns, for HTML, each with the picture of its network, if there are."""
    pictures = [drawn(layers_of(config), "network") for config in configs] or [""] * len(heads)
    above = "".join(
        f"<th>{head}{picture}</th>" for head, picture in zip(heads, pictures, strict=True)
    )
    body = "".join(
        f"<tr><th>{name}</th>{''.join(f'<td>{each}</td>' for each in values)}</tr>"
        for name, values in rows.items()
    )
    return f"<table><tr><th></th>{above}</tr>{body}</table>"
