"""Two to six runs beside one another: their losses, their scores, the settings that differ."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable

import numpy as np
import streamlit as st

from core.charts.lessons.lines import LINES, smoothed_losses
from core.runs.comparison import differing
from core.runs.kept.store import RunError, RunSummary
from pages.ui.runs.settings_words import NAMES, value_in_words
from pages.ui.runs.verdict import show_verdict
from pages.ui.state import server
from pages.ui.widgets.live_plot import show_chart
from pages.ui.words.numbers import duration, percent, unmarked

SPAN = 20  # batches that each point of a curve is the mean of
TOP = 2.5  # who only guesses among ten digits has a loss of about 2.3
LINE_LENGTH = 11  # letters of a name that have room beside a curve


def show_comparison(runs: list[RunSummary]) -> None:
    """For two of them first of all which is better."""
    names = distinct_names(runs)
    if len(runs) == 2:
        show_verdict(runs, names)
    losses = {}
    for place, (run, name) in enumerate(zip(runs, names, strict=True)):
        try:
            losses[name_on_chart(name, place)] = server.snapshot(run.id).losses
        except RunError as problem:
            st.warning(unmarked(str(problem)), icon=":material/warning:")
    if len(losses) == len(runs):  # a colour stands for the same run in chart and table
        show_chart(
            smoothed_losses(losses, SPAN, top=highest(list(losses.values()))),
            "compared-losses",
            f"The loss of {len(losses)} runs, batch by batch",
        )


def show_table(runs: list[RunSummary]) -> None:
    """Scores and settings side by side."""
    with st.container(key="runs-table"):
        st.html(table_html(runs, distinct_names(runs)))


def distinct_names(runs: list[RunSummary]) -> list[str]:
    """What to call each: two may have the same name."""
    often, seen, names = Counter(run.name for run in runs), Counter(), []
    for run in runs:
        seen[run.name] += 1
        names.append(f"{run.name} ({seen[run.name]})" if often[run.name] > 1 else run.name)
    return names


def name_on_chart(name: str, place: int) -> str:
    """Two short lines at most, harmless in Plotly, which reads a little HTML; never twice the same.

    place: of the run among those compared.
    """
    first, _, rest = name.partition(" ")
    lines = [html.escape(shortened(each)) for each in (first, rest) if each]
    return "<br>".join(lines) + "\u200b" * place


def shortened(words: str) -> str:
    return words if len(words) <= LINE_LENGTH else f"{words[: LINE_LENGTH - 1]}…"


def highest(losses: list[np.ndarray]) -> float:
    """Where the axis ends: no higher than a guess, so that a wild run does not hide the others."""
    finite = [float(each[np.isfinite(each)].max(initial=0.0)) for each in losses]
    return min(TOP, max(finite) or TOP)


def table_html(runs: list[RunSummary], names: list[str]) -> str:
    """A column for each run: its colour, its score, its time, and what differs in its settings."""
    heads = [
        f'<span style="color:{colour}" aria-hidden="true">&#9632;</span> {html.escape(name)}'
        for name, (colour, _) in zip(names, LINES, strict=False)
    ]
    table = {
        "Right": [score_in_words(run) for run in runs],
        "Time": [duration(run.seconds) for run in runs],
    }
    settings = differing([run.config for run in runs])
    for setting, values in settings.items():
        table[NAMES[setting]] = [value_in_words(setting, each) for each in values]
    rows = "".join(
        f"<tr><th>{name}</th>{_cells('td', map(html.escape, values))}</tr>"
        for name, values in table.items()
    )
    same = "" if settings else "<p>Their settings are the same.</p>"
    return f"<div><table><tr><th></th>{_cells('th', heads)}</tr>{rows}</table></div>{same}"


def score_in_words(run: RunSummary) -> str:
    """97.8 % (97.5 % to 98.1 %)."""
    if run.test is None:
        return "no exam yet"
    low, high = (percent(end) for end in run.test.interval)
    return f"{percent(run.test.accuracy)} ({low} to {high})"


def _cells(kind: str, contents: Iterable[str]) -> str:
    return "".join(f"<{kind}>{each}</{kind}>" for each in contents)
