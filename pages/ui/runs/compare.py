"""Two to six runs beside one another: their losses, their scores, the settings that differ."""

from __future__ import annotations

import html
import itertools
from collections import Counter

import numpy as np
import streamlit as st

from core.charts.lessons.lines import LINES, smoothed_losses
from core.runs.comparison import differing
from core.runs.kept.store import RunError, RunSummary
from pages.ui.runs.settings_words import NAMES, value_in_words
from pages.ui.runs.verdict import show_verdict
from pages.ui.state import server
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
    if losses:
        st.plotly_chart(
            smoothed_losses(losses, SPAN, top=highest(list(losses.values()))),
            key="compared-losses",
            alt=f"The loss of {len(losses)} runs, batch by batch",
            config={"staticPlot": True},
        )
    st.html(table_html(runs, names))


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
    """A row for each run: its colour, its score, and the settings in which they differ."""
    settings = differing([run.config for run in runs])
    heads = ["Run", "Right", "Time", *(NAMES[name] for name in settings)]
    rows = []
    for place, (run, name, line) in enumerate(zip(runs, names, itertools.cycle(LINES))):
        mark = f'<span style="color:{line[0]}" aria-hidden="true">&#9632;</span> '
        values = [value_in_words(each, settings[each][place]) for each in settings]
        cells = [score_in_words(run), duration(run.seconds), *values]
        rows.append(f"<th>{mark}{html.escape(name)}</th>{_cells('td', cells)}")
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    same = "" if settings else "<p>Their settings are the same.</p>"
    return (
        f'<div style="overflow-x:auto"><table><tr>{_cells("th", heads)}</tr>{body}</table></div>'
        f"{same}"
    )


def score_in_words(run: RunSummary) -> str:
    """97.8 % (97.5 % to 98.1 %)."""
    if run.test is None:
        return "no exam yet"
    low, high = (percent(end) for end in run.test.interval)
    return f"{percent(run.test.accuracy)} ({low} to {high})"


def _cells(kind: str, words: list[str]) -> str:
    return "".join(f"<{kind}>{html.escape(each)}</{kind}>" for each in words)
