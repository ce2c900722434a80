"""Race, Repeat and Sweep below the list of runs: one of them is open."""

from __future__ import annotations

import streamlit as st

from pages.ui.widgets.choice import choose_one

SECTIONS = {"race": "Race two", "repeat": "Repeat", "sweep": "Sweep a setting"}

STYLE = """<style>
.st-key-series { margin-top: 1rem; }
.st-key-race-room { min-height: 31rem; }
.st-key-repeat-room { min-height: 34rem; }
.st-key-sweep-room { min-height: 26rem; }
.st-key-series .spread { min-height: 8rem; }
.st-key-series .spread p { margin: 0; min-height: 1.4rem; }
.st-key-series .spread .score { font-size: 2.6rem; font-weight: 700; line-height: 1.2;
  font-variant-numeric: tabular-nums; white-space: nowrap; }
.st-key-series .spread small { opacity: 0.85; }
.st-key-series .spread .drawn { aspect-ratio: 12; max-width: 16rem; background: currentColor;
  mask: var(--drawn) center / contain no-repeat; }
.st-key-series .heat { overflow-x: auto; }
.st-key-series .heat :is(th, td) { padding: 0.5rem 0.75rem; text-align: center;
  border: 1px solid rgba(128, 128, 128, 0.35); font-variant-numeric: tabular-nums; }
.st-key-series .heat .best { outline: 3px solid currentColor; outline-offset: -3px; }
</style>"""


@st.fragment
def show_series() -> None:
    """One of SECTIONS; what stands above stays as it is."""
    st.html(STYLE)
    with st.container(key="series"):
        match choose_one("More to measure", SECTIONS, "series-section"):
            case "race":
                from pages.ui.runs.series.race import show_race

                show_race()
            case "repeat":
                from pages.ui.runs.series.repeat import show_repeat

                show_repeat()
            case "sweep":
                from pages.ui.runs.series.sweep import show_sweep

                show_sweep()
