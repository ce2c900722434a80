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
.st-key-progress, .st-key-result { min-height: 3.6rem; }
.st-key-training-chart { min-height: 470px; }
.st-key-at-work { min-height: 552px; }
.st-key-timeline { min-height: 56px; }
div:has(> .st-key-timeline-room) { position: sticky; bottom: 0; z-index: 10; }
.st-key-afterwards { min-height: 17.5rem; }
@media (max-width: 640px) {
  .st-key-transport { min-height: 184px; align-content: flex-start; }
  .st-key-progress { min-height: 7.25rem; }
  .st-key-result { min-height: 4.75rem; }
  .st-key-at-work { min-height: 980px; }
  .st-key-timeline { min-height: 100px; }
  .st-key-afterwards { min-height: 28.5rem; }
}
</style>"""

# Before there is a network to do it with.
WHAT_COMES = (
    "When it is over, you can see where the network is wrong, look inside it, and draw for it."
)


@dataclass(frozen=True)
class Room:
    """The places, from above: how far it is, how it ended, the chart, the network at work, the
    timeline of both, what the chart shows, what comes afterwards."""

    progress: DeltaGenerator
    result: DeltaGenerator
    chart: DeltaGenerator
    network: DeltaGenerator
    timeline: DeltaGenerator
    about: DeltaGenerator
    afterwards: DeltaGenerator


def keep_room() -> None:
    """The style sheet that keeps it."""
    st.html(CSS)


def make_room() -> Room:
    """The places, empty."""
    left, right = st.columns([3, 2])
    progress, result = left.container(key="progress"), right.container(key="result")
    chart, network = st.columns([11, 10], gap="medium")
    return Room(
        progress,
        result,
        chart,
        network,
        st.container(key="timeline-room"),
        st.container(),
        st.container(key="afterwards", gap="small"),
    )


def show_empty_room() -> None:
    """Before the first run."""
    room = make_room()
    room.progress.markdown("Press **Start training** and watch.")
    room.result.markdown("At the end it sits an exam, on digits kept aside (*test set*).")
    with room.about:
        show_loss_chart(None, room.chart)
    with room.network:
        show_at_work(None)
    with room.timeline:
        show_timeline(None)
    room.afterwards.caption(WHAT_COMES)
