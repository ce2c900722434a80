"""The room that Train keeps for a run: how far it is and what came of it, its chart, its network.

It is as large before a run as in one and after it, so that nothing moves. What stands in it is the
business of the modules called here.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui.widgets.result_card import CARD, coming_html

# What keeps its place from the first batch to the result. On a phone the halves lie one below the
# other, and words need more lines. The timeline stays in sight while what it moves is in sight.
# Streamlit makes what it runs again fade, half a second later. A look at a run is over by then, but
# the browser would have got ready for that, and painted all of it once more.
CSS = """<style>
.st-key-transport { min-height: 40px; }
.st-key-speed button { min-width: 13.5rem; }
.st-key-progress, .st-key-result { min-height: 3.5rem; }
.exam { display: flex; align-items: center; gap: 1rem; line-height: 1.3; font-size: 0.9rem; }
.exam strong { font-size: 2.8rem; line-height: 1; white-space: nowrap; }
.st-key-training-chart { min-height: calc(500rem / 16); }
.st-key-at-work { min-height: 564px; }
.st-key-timeline { min-height: 56px; }
div:has(> .st-key-timeline-room) { position: sticky; bottom: 0; z-index: 10; }
div:has(> .st-key-unseen) { margin-top: -1rem; }
.st-key-afterwards { min-height: 18rem; }
.to-come { display: flex; flex-flow: row wrap; gap: 1rem 2.5rem; }
.to-come > * { flex: 1 1 20rem; }
.to-come ul { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr));
  gap: 0.75rem; margin: 0; padding: 0; list-style: none; max-width: 32rem; }
.to-come li { margin: 0; font-size: 0.875rem; }
.to-come li i { display: grid; place-items: center; aspect-ratio: 4 / 3; margin-bottom: 0.5rem;
  font: normal 2.5rem "Material Symbols Rounded"; border-radius: 8px;
  overflow: hidden; border: 1px dashed rgba(128, 128, 128, 0.8); }
.to-come .result-card { min-height: 17rem; align-content: start; border-style: dashed; }
.stElementContainer[data-stale=true] { opacity: 1; transition: none; }
@media (max-width: 640px) {
  .st-key-transport:has(.st-key-start) { display: grid; min-height: 136px; gap: 8px;
    grid-template-columns: repeat(6, 1fr); align-content: start; }
  .st-key-transport:has(.st-key-start) > * { grid-column: span 2; width: auto; min-width: 0; }
  .st-key-transport > .st-key-start.st-key-start { grid-column: span 4; }
  .st-key-transport > :is(.st-key-speed, .st-key-full-speed) { grid-column: span 3; order: 1; }
  .st-key-transport > :nth-child(n + 8) { position: absolute; }
  .st-key-transport:has(.st-key-start) :is(.stButton, .stMenuButton, .stPopover, button) {
    width: 100%; min-width: 0; }
  .st-key-transport:has(.st-key-start) button { padding: 0 0.25rem; line-height: 1.15; }
  .st-key-progress { min-height: 5.75rem; }
  .st-key-result { min-height: 4.75rem; }
  .st-key-at-work { min-height: 1088px; }
  .st-key-timeline { min-height: 100px; }
  .st-key-afterwards { min-height: 33.75rem; }
}
@media (pointer: coarse) {
  .st-key-at-work { min-height: 678px; }
}
@media (pointer: coarse) and (max-width: 640px) {
  .st-key-at-work { min-height: 1152px; }
}
</style>"""


@dataclass(frozen=True)
class Room:
    """The places, from above: how far it is, how it ended, the chart and how it may be drawn, the
    network at work, the timeline of both, what comes afterwards."""

    progress: DeltaGenerator
    result: DeltaGenerator
    chart: DeltaGenerator
    about: DeltaGenerator
    network: DeltaGenerator
    timeline: DeltaGenerator
    afterwards: DeltaGenerator


def keep_room() -> None:
    """The style sheet that keeps it, and that of the card in it."""
    st.html(CSS + CARD)


def make_room() -> Room:
    """The places, empty."""
    left, right = st.columns([3, 2])
    progress, result = left.container(key="progress"), right.container(key="result")
    curves, network = st.columns([11, 10], gap="medium")
    return Room(
        progress,
        result,
        curves.container(),
        curves,
        network,
        st.container(key="timeline-room"),
        st.container(key="afterwards", gap="small"),
    )


def show_what_comes() -> None:
    """The card of the result and the three pictures beside it, before there are any."""
    named = {"quiz": "A mistake", "frame_inspect": "Look inside", "draw": "Draw"}
    leads = "".join(
        f'<li><i aria-hidden="true">{icon}</i>{words}</li>' for icon, words in named.items()
    )
    st.html(f'<div class="to-come">{coming_html()}<div><ul>{leads}</ul></div></div>')
