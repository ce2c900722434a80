"""Repeat: the same settings with other seeds. Two that were repeated are compared."""

from __future__ import annotations

import html
from dataclasses import replace
from functools import partial

import streamlit as st

from core.charts.runs.bands import band_chart
from core.charts.score import dot_on_scale, scale_start
from core.charts.series import smooth
from core.runs.series.compute import Runs
from core.runs.series.plan import Plan
from core.runs.series.repeat import SEEDS, band_of, scores_of
from core.runs.series.spread import Difference, Spread, difference, spread_of
from pages.ui.runs.series.contenders import (
    Contender,
    choose_contender,
    contenders,
    networks_html,
    short_name,
)
from pages.ui.runs.series.earlier import plan_now, show_now, shown
from pages.ui.runs.series.frame import show_series
from pages.ui.runs.series.task_room import begin, in_memory, runs_of
from pages.ui.state import owner
from pages.ui.widgets.choosing.dropdown import choose_for
from pages.ui.widgets.live_plot import live_plot
from pages.ui.widgets.result_card import drawn
from pages.ui.words.glossary import tip
from pages.ui.words.numbers import counted, percent

SPAN = 20  # batches that a curve is averaged over
FIRST = 5  # seeds, until another number is chosen
LOW, HIGH = int(SEEDS.low), int(SEEDS.high)


def show_repeat() -> None:
    """Choose, begin, and see the last two."""
    chosen, seeds = st.columns([2, 3], vertical_alignment="bottom")
    with chosen:
        contender = choose_contender("Repeat", "repeat-settings", contenders())
    with seeds:
        number = st.slider(
            "How many times, each from another start (*seed*)",
            LOW,
            HIGH,
            FIRST,
            key="repeat-seeds",
            help=tip("seed"),
            persist_state="session",
        )
    wanted = plan_now(contender.name, contender.config, seeds=number)
    show_series("Repeat", "repeat", wanted, "", start_repeat, partial(show_repeats, wanted))


def start_repeat(plan: Plan) -> None:
    """Begin it, or go on with it. Of those with the same settings the newest is shown."""
    owner.in_use()
    known: Runs = {}
    for number in range(LOW, HIGH + 1):
        known |= in_memory(replace(plan, seeds=number))
    begin(plan, known)
    choose_for("repeat-settings", Contender(plan.name, plan.config))
    show_now(plan)


def show_repeats(wanted: Plan) -> None:
    """The scores of the last two, whether they differ, and their curves; before there are any, the
    networks that would be trained."""
    plans = {plan: runs for plan in shown("repeat") if (runs := runs_of(plan))}
    if not plans:
        st.html(waiting_html(wanted))
        live_plot(band_chart({}, SPAN), "repeat-losses", height=340)
        return
    scores = [scores_of(runs.values()) for runs in plans.values()]
    names = [plan.name for plan in plans]
    if len(plans) == 2 and (found := difference(*scores)):
        st.html(difference_html(found, names))
    start = scale_start(min((min(each) for each in scores if each), default=0.9))
    columns = st.columns(2)
    for column, name, runs in zip(columns, names, plans.values(), strict=False):
        column.html(spread_html(name, runs, start))
    if bands := bands_of(plans):
        live_plot(band_chart(bands, SPAN), "repeat-losses", height=340)


def waiting_html(wanted: Plan) -> str:
    """What is not trained yet: the same network again and again, each with a score of its own."""
    return (
        f'<div class="spread"><b>{html.escape(wanted.name)}</b>{networks_html(wanted.configs)}'
        f'<div class="score">?</div><p>Their scores, and how far apart they are</p></div>'
    )


def bands_of(plans: dict[Plan, Runs]) -> dict:
    """The band of each for the chart, by a short name that is told apart."""
    bands = {}
    for place, (plan, runs) in enumerate(plans.items()):
        band = band_of([smooth(run.losses, SPAN) for run in runs.values() if len(run.losses)])
        if band:
            label = short_name(plan.name)
            bands[f"{label} ({place + 1})" if label in bands else label] = (
                band.low,
                band.mean,
                band.high,
            )
    return bands


def spread_html(name: str, runs: Runs, start: int) -> str:
    """A mean in large numerals, its interval on a scale that begins at `start`, and its spread."""
    scores = scores_of(runs.values())
    found = spread_of(scores)
    failed = len(runs) - len(scores)
    lost = f" {counted(failed, 'run')} did not learn." if failed else ""
    score = found.mean if found else (scores[0] if scores else None)
    images = next((run.score.images for run in runs.values() if run.score), 0)
    drawing = (
        drawn(dot_on_scale(found.mean, *clipped(found.interval), start), "band") if found else ""
    )
    return f"""<div class="spread"><b>{html.escape(name)}</b>
      <div class="score">{html.escape(percent(score)) if score is not None else "–"}</div>
      {drawing}<p>{html.escape(luck_in_words(found))} {html.escape(lost)}</p>
      <small>Mean of {counted(len(scores), "seed")}, {images:,} digits of the practice exam
      (<i>validation</i>){html.escape(spread_words(found))}</small></div>"""


def luck_in_words(found: Spread | None) -> str:
    """Between which scores chance alone moved it."""
    if found is None:
        return "Two runs at least show a spread."
    return f"By luck alone: {percent(found.low)} to {percent(found.high)}"


def spread_words(found: Spread | None) -> str:
    """The same for those who know statistics."""
    if found is None:
        return ""
    low, high = (percent(end) for end in clipped(found.interval))
    return (
        f" · standard deviation {100 * found.deviation:.2f} points · mean of many more: {low} to "
        f"{high} (95 % interval)"
    )


def clipped(interval: tuple[float, float]) -> tuple[float, float]:
    """No share is below 0 or above 1."""
    low, high = interval
    return max(0.0, low), min(1.0, high)


def difference_html(found: Difference, names: list[str]) -> str:
    """Is that difference real?"""
    first, second = (html.escape(name) for name in names)
    title = "Too close to call"
    if found.better is not None:
        title = f"{(first, second)[found.better]} is better"
    low, high = (100 * end for end in found.interval)
    return (
        f'<h2 data-testid="repeat-verdict">{title}</h2>'
        f"<p>{first} less {second}: {100 * found.mean:+.2f} points ({low:+.2f} to {high:+.2f}). "
        "Were both equally good, chance would give such a difference in "
        f"{html.escape(percent(found.chance))} of cases (<i>Welch's test</i>).</p>"
    )
