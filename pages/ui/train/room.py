"""The room that Train keeps for a run: how far it is and what came of it, its chart, its network.

It is as large before a run as in one and after it, so that nothing moves. What stands in it is the
business of the modules called here.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui.train.at_work import show_at_work
from pages.ui.train.loss_chart import show_loss_chart
from pages.ui.train.timeline import show_timeline

# What keeps its place from the first batch to the result. On a phone the halves lie one below the
# other, and words need more lines. The timeline stays in sight while what it moves is in sight.
CSS = """<style>
.st-key-transport { min-height: 40px; }
.st-key-progress, .st-key-result { min-height: 3.25rem; }
.st-key-training-chart { min-height: calc(430rem / 16); }
.st-key-at-work { min-height: 554px; }
.st-key-timeline { min-height: 56px; }
div:has(> .st-key-timeline-room) { position: sticky; bottom: 0; z-index: 10; }
div:has(> .st-key-unseen) { margin-top: -1rem; }
.st-key-afterwards { min-height: 17.5rem; }
.st-key-afterwards .coming { display: grid; place-content: center; text-align: center;
  min-height: 17.5rem; margin: 0; border: 2px dashed rgba(128, 128, 128, 0.4); border-radius: 8px;
  padding: 1rem; }
@media (max-width: 640px) {
  .st-key-transport:has(.st-key-start) { display: grid; min-height: 184px; gap: 8px;
    grid-template-columns: repeat(6, 1fr); align-content: start; }
  .st-key-transport:has(.st-key-start) > * { grid-column: span 2; width: auto; min-width: 0; }
  .st-key-transport:has(.st-key-start) > :nth-child(n + 6) { grid-column: span 3; }
  .st-key-transport > .st-key-start.st-key-start { grid-column: span 4; }
  .st-key-transport > :nth-child(n + 10) { position: absolute; }
  .st-key-transport:has(.st-key-start) :is(.stButton, .stMenuButton, button) { width: 100%; }
  .st-key-transport:has(.st-key-start) button { padding-inline: 0.25rem; }
  .st-key-progress { min-height: 5.75rem; }
  .st-key-result { min-height: 4.75rem; }
  .st-key-at-work { min-height: 1046px; }
  .st-key-timeline { min-height: 100px; }
  .st-key-afterwards { min-height: 31.5rem; }
}
@media (pointer: coarse) {
  .st-key-at-work { min-height: 668px; }
}
@media (pointer: coarse) and (max-width: 640px) {
  .st-key-at-work { min-height: 1110px; }
}
</style>"""

# In the room of the result, before there is one.
WHAT_COMES = "<p class='coming'>Here: how many new digits it reads, a mistake, a look inside.</p>"


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
    """The style sheet that keeps it."""
    st.html(CSS)


def make_room() -> Room:
    """The places, empty."""
    left, right = st.columns([3, 2])
    progress, result = left.container(key="progress"), right.container(key="result")
    curves, network = st.columns([11, 10], gap="medium")
    chart, about = curves.container(), curves.container()
    return Room(
        progress,
        result,
        chart,
        about,
        network,
        st.container(key="timeline-room"),
        st.container(key="afterwards", gap="small"),
    )


def show_empty_room() -> None:
    """Before the first run."""
    room = make_room()
    room.progress.markdown("Press **Start training** and watch.")
    room.result.markdown("Then its exam, on new digits (*test set*).")
    with room.about:
        show_loss_chart(None, room.chart)
    with room.network:
        show_at_work(None)
    with room.timeline:
        show_timeline(None)
    room.afterwards.html(WHAT_COMES)
