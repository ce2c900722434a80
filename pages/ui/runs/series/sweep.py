"""Sweep: one or two settings over chosen values. The map of scores fills in as runs end."""

from __future__ import annotations

import html
from functools import partial
from typing import Any

import streamlit as st

from core.charts.runs.by_setting import Dot, setting_chart
from core.config import ConfigError
from core.evaluation import Evaluation
from core.runs.series.compute import Runs
from core.runs.series.plan import Plan
from core.runs.series.sweep import AXES, Sweep
from pages.ui.runs.series.contenders import choose_contender, contenders
from pages.ui.runs.series.earlier import plan_now, show_now, shown
from pages.ui.runs.series.frame import show_series
from pages.ui.runs.series.task_room import begin, in_memory, runs_of
from pages.ui.state import owner
from pages.ui.widgets.choosing.dropdown import remembered_choice
from pages.ui.widgets.live_plot import live_plot
from pages.ui.words.numbers import percent
from pages.ui.words.settings import value_in_words

NO_SECOND = "none"
GREEN = "0, 158, 115"  # the palette's bluish green
DEEPEST = 0.55  # opacity of the best cell: text on it can still be read, on a light page and a dark
JUDGED = "Judged by the practice exam (validation), never by the exam (test)."


def show_sweep() -> None:
    """Choose, begin, and see the last one."""
    wanted, problem = choose_sweep()
    show = partial(show_cells, wanted)
    show_series("Sweep", "sweep", wanted, problem, start_sweep, show, note=JUDGED)


def choose_sweep() -> tuple[Plan | None, str]:
    """What to sweep, or None and why it cannot be."""
    names = list(AXES)
    base, one, two = st.columns(3)
    with base:
        contender = choose_contender("Start from", "sweep-settings", contenders())
    with one:
        first = remembered_choice("Sweep", names, "sweep-first", format_func=label_of)
        chosen = [(first, choose_values(first))]
    with two:
        others = [NO_SECOND, *(name for name in names if name != first)]
        second = remembered_choice("And", others, "sweep-second", format_func=label_of)
        if second != NO_SECOND:
            chosen.append((second, choose_values(second)))
    try:
        plan = plan_now(contender.name, contender.config, values=tuple(chosen))
        return (plan, "") if plan.sweep else (None, "")
    except ConfigError as problem:
        return None, str(problem)


def label_of(name: str) -> str:
    """What a setting is called in the list."""
    return AXES[name].label if name in AXES else "no second setting"


def choose_values(name: str) -> tuple[Any, ...]:
    """Those of a setting that are tried, in their own order."""
    axis = AXES[name]
    words = {word_of(name, value): value for value in axis.values}
    taken = st.pills(
        f"Values of {axis.label.lower()}",
        list(words),
        selection_mode="multi",
        default=[word_of(name, value) for value in axis.usual],
        key=f"sweep-values-{name}",
        persist_state="session",
        wrap=True,
        label_visibility="collapsed",
    )
    return tuple(value for word, value in words.items() if word in taken)


def word_of(name: str, value: Any) -> str:
    """A value of a setting."""
    setting = AXES[name].setting
    return value_in_words(setting, value) if setting else f"{value:,}"


def start_sweep(plan: Plan) -> None:
    """Begin it, or go on with it."""
    owner.in_use()
    begin(plan, in_memory(plan))
    show_now(plan)


def show_cells(wanted: Plan | None) -> None:
    """A line for one setting, a map for two, and what to make of it. wanted: what would be swept,
    shown empty before there is a sweep."""
    plans = shown("sweep") or ([wanted] if wanted else [])
    for plan in plans:
        show_cells_of(plan.sweep, runs_of(plan))


def show_cells_of(sweep: Sweep, runs: Runs) -> None:
    """The same, of this sweep."""
    scores = {cell: runs[each].score for cell, each in sweep.cells.items() if each in runs}
    if len(sweep.values) == 1:
        show_line(sweep, scores)
    else:
        st.html(map_html(sweep, scores))
    if measured := {cell: score for cell, score in scores.items() if score}:
        st.markdown(best_in_words(sweep, measured))
    if failed := [words_of(sweep, cell) for cell, score in scores.items() if score is None]:
        st.markdown(f"Did not learn: {'; '.join(failed)}.")


def show_line(sweep: Sweep, scores: dict[tuple, Evaluation | None]) -> None:
    """One setting below, its scores above it, each with its interval; columns from the first."""
    ((name, values),) = sweep.values
    words = {value: word_of(name, value) for value in values}
    dots = []
    for (value,), score in scores.items():
        if score:
            shares = score.accuracy, *score.interval
            dots.append(Dot(words[value], "", words[value], *(100 * share for share in shares)))
    titles = AXES[name].label, "Right in the practice exam"
    chart = setting_chart(dots, titles, " %", list(words.values()))
    live_plot(chart, "sweep-line", height=340)


def map_html(sweep: Sweep, scores: dict[tuple, Evaluation | None]) -> str:
    """A table whose cells are the greener the better they read; the best has a frame."""
    (rows, downward), (columns, across) = sweep.values
    shares = [score.accuracy for score in scores.values() if score]
    low, high = min(shares, default=0.0), max(shares, default=1.0)
    heads = "".join(f"<th scope=col>{html.escape(word_of(columns, each))}</th>" for each in across)
    body = ""
    for value in downward:
        cells = ""
        for other in across:
            cell = value, other
            cells += cell_html(scores.get(cell), cell in scores, low, high)
        body += f"<tr><th scope=row>{html.escape(word_of(rows, value))}</th>{cells}</tr>"
    corner = f"{AXES[rows].label} ↓ {AXES[columns].label} →"
    return f"<div class=heat><table><tr><td>{corner}</td>{heads}</tr>{body}</table></div>"


def cell_html(score: Evaluation | None, is_over: bool, low: float, high: float) -> str:
    """A score; what there is instead where there is none."""
    if score is None:
        return "<td>did not learn</td>" if is_over else "<td aria-label='still to come'>…</td>"
    depth = DEEPEST * (score.accuracy - low) / (high - low) if high > low else DEEPEST
    best = " class=best" if score.accuracy == high else ""
    style = f"background: rgba({GREEN}, {depth:.2f})"
    return f"<td{best} style='{style}'>{html.escape(percent(score.accuracy))}</td>"


def best_in_words(sweep: Sweep, measured: dict[tuple, Evaluation]) -> str:
    """Which read best, and how many others that cannot be told from it."""
    best = max(measured, key=lambda cell: measured[cell].accuracy)
    score = measured[best]
    close = sum(each.interval[1] >= score.interval[0] for each in measured.values()) - 1
    others = f" {close} others are too close to tell from it." if close > 1 else ""
    others = " One other is too close to tell from it." if close == 1 else others
    reads = f"{percent(score.accuracy)} of {score.images:,} images"
    return f"Best so far: **{words_of(sweep, best)}**, {reads}.{others}"


def words_of(sweep: Sweep, cell: tuple[Any, ...]) -> str:
    """The settings of a cell: learning rate 0.01, epochs 3."""
    named = zip((name for name, _ in sweep.values), cell, strict=True)
    return ", ".join(f"{AXES[name].label.lower()} {word_of(name, value)}" for name, value in named)
