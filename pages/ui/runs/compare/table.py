"""Tables: the scores of runs and the settings in which they differ; all settings of one."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from core.config import TrainingConfig
from core.runs.comparison.settings import differing
from core.runs.kept.store import RunSummary
from pages.ui.runs.compare.names import distinct_names, name_html
from pages.ui.runs.rows import layers_of
from pages.ui.widgets.result_card import drawn
from pages.ui.words.numbers import duration, percent
from pages.ui.words.settings import NAMES, TUTORIAL, value_in_words

STYLE = """<style>
.st-key-runs-table .tables { display: grid; gap: 1.5rem var(--gutter);
  grid-template-columns: var(--wide) minmax(0, 1fr); align-items: start; }
.st-key-runs-table .tables:has(th:nth-child(5)) { grid-template-columns: minmax(0, 1fr); }
.st-key-runs-table .tables > * { overflow-x: auto; }
@media (max-width: 960px) {
  .st-key-runs-table .tables { grid-template-columns: minmax(0, 1fr); } }
.st-key-runs-table :is(th, td) { padding: 0.3rem 1.25rem 0.3rem 0; text-align: left;
  vertical-align: top; }
.st-key-runs-table th { max-width: 14rem; overflow-wrap: anywhere; }
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
    """What is set otherwise than where Train begins, and what is not."""
    both = [run.config, TUTORIAL]
    rows = {NAMES[name]: _said(name, values) for name, values in differing(both).items()}
    if not rows:
        return _beside("", "All is as in the tutorial network, with which Train begins:", both)
    lead = "Changed from the tutorial network, with which Train begins:"
    table = _table([html.escape(run.name), "Tutorial network"], both, rows)
    return _beside(f"<p>{lead}</p>{table}", "As in the tutorial network:", both)


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
    rows |= {NAMES[name]: _said(name, values) for name, values in settings.items()}
    lead = "The same in all:" if settings else "Their settings are the same."
    return _beside(_table(heads, configs, rows), lead, configs)


def score_in_words(run: RunSummary) -> str:
    """97.8 % (97.5 % to 98.1 %)."""
    if run.test is None:
        return "no exam yet"
    low, high = (percent(end) for end in run.test.interval)
    return f"{percent(run.test.accuracy)} ({low} to {high})"


def _said(name: str, values: Iterable[Any]) -> list[str]:
    """Values of a setting, for HTML."""
    return [html.escape(value_in_words(name, each)) for each in values]


def _beside(first: str, lead: str, configs: Sequence[TrainingConfig]) -> str:
    """What comes first, in HTML; beside it, set back, the settings in which these do not differ."""
    other = differing(configs)
    same = {
        NAMES[name]: _said(name, [getattr(configs[0], name)]) for name in NAMES if name not in other
    }
    set_back = f'<div class="same"><p>{lead}</p>{_table([""], [], same)}</div>'
    return f'<div class="tables"><div>{first}</div>{set_back}</div>' if first else set_back


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
    head = f"<tr><td></td>{above}</tr>" if any(heads) else ""
    return f"<table>{head}{body}</table>"
