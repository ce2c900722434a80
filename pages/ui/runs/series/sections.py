"""The sections of Runs: what is kept, and what can be measured with several runs."""

from __future__ import annotations

import streamlit as st

from pages.ui.state.visit import put_widget_value, visit
from pages.ui.widgets.choosing.choice import choose_one

QUESTIONS = {
    "race": "Which learns faster?",
    "repeat": "How much of a score is luck?",
    "sweep": "Which value reads best?",
}
SECTIONS = {"kept": "Kept", "race": "Race two", "repeat": "Repeat", "sweep": "Sweep a setting"}
KEY = "runs-section"

STYLE = """<style>
.st-key-series :is(.st-key-repeat-progress, .st-key-sweep-progress) { min-height: 3.6rem; }
.st-key-race-room { min-height: 31.5rem; }
.st-key-repeat-room { min-height: 34rem; }
.st-key-sweep-room { min-height: 26rem; }
.st-key-series .spread { min-height: 8rem; }
.st-key-race-room .spread { min-height: 9.25rem; padding: 0.5rem 0.75rem; border-radius: 8px;
  border: var(--card-frame); }
.st-key-race-room .won { outline: 3px solid currentColor; outline-offset: -2px; }
.st-key-series .spread p { padding: 0; margin: 0; min-height: 1.4rem; }
.st-key-series .spread .score { font-size: 2.6rem; font-weight: 700; line-height: 1.2;
  font-variant-numeric: tabular-nums; white-space: nowrap; }
.st-key-series .spread small { display: block; opacity: 0.85; }
.st-key-series h2 { font-size: 1.75rem; line-height: 1.2; padding: 0; margin: 0 0 0.25rem; }
.st-key-series .networks { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; }
.st-key-series .networks .drawn { width: 4rem; max-width: none; height: 2.5rem; aspect-ratio: auto;
  background: currentColor; mask: var(--drawn) left / contain no-repeat; }
.st-key-series .spread .drawn { aspect-ratio: 12; max-width: 16rem; background: currentColor;
  mask: var(--drawn) center / contain no-repeat; }
.st-key-series .heat { overflow-x: auto; }
.st-key-series .heat :is(th, td) { padding: 0.5rem 0.75rem; text-align: center;
  border: var(--card-frame); font-variant-numeric: tabular-nums; }
.st-key-series .heat .best { outline: 3px solid currentColor; outline-offset: -3px; }
@media (max-width: 640px) { .st-key-series .heat :is(th, td) { padding: 0.5rem 0.3rem; } }
</style>"""


def show_section() -> None:
    """One of SECTIONS."""
    if visit().looked_at.to_open:
        look_at_kept()
    section = choose_one("What to do", SECTIONS, KEY, show_label=False)
    st.html(STYLE)
    with st.container(key="series"):
        if section in QUESTIONS:
            heading = st.empty()
            heading.html(f"<h2>{QUESTIONS[section]}</h2>")
        match section:
            case "kept":
                from pages.ui.runs.overview import show_runs

                show_runs()
            case "race":
                from pages.ui.runs.series.race import show_race

                show_race(heading)
            case "repeat":
                from pages.ui.runs.series.repeat import show_repeat

                show_repeat()
            case "sweep":
                from pages.ui.runs.series.sweep import show_sweep

                show_sweep()


def look_at_kept() -> None:
    """Open the list; for callbacks."""
    put_widget_value(KEY, "kept")
