"""The exhibit, in place of every page: a pad with the answer beside it, or a network that learns.

One thing at a time, with large targets. There is no way out of it to the rest of the app.
"""

from __future__ import annotations

import streamlit as st

from pages.ui.kiosk.drawing import show_drawing
from pages.ui.kiosk.guard import watch_over
from pages.ui.state import server
from pages.ui.state.visit import visit
from pages.ui.widgets.stage.show import layout_css

# Fingers, not mice: everything is larger, nothing can be marked, zoomed or dragged.
STYLE = """<style>
:root { font-size: clamp(16px, 1.35vmax, 28px) !important; }
.stApp { user-select: none; -webkit-user-select: none; -webkit-touch-callout: none;
  touch-action: pan-y; overscroll-behavior: none; }
.stApp h1 { padding: 0 0 0.5rem; text-align: center; }
.stApp .modebar { display: none; } /* of the chart: it saves pictures */
.stApp .stMainBlockContainer { max-width: 90rem; margin: 0 auto; }
.stApp .stButton button { min-height: 3.25rem; padding-inline: 1.25rem; }
.stApp .stButton button p { font-size: 1.15rem; }
.stApp button[kind="primary"]:not(:disabled) { color: light-dark(#FFFFFF, #0E1117); }
.stProgress div { transition: none !important; }
.st-key-learning { display: grid; gap: 1rem 2.5rem; grid-template-columns: 2fr minmax(0, 1fr); }
.st-key-learning > * { width: auto; min-width: 0; }
.st-key-says { min-height: 32rem; }
.st-key-says .bars { flex-basis: 100% !important; }
.st-key-said { min-height: 3.5rem; }
.st-key-said p { font-size: 1.35rem; }
@media (max-width: 760px), (orientation: portrait) {
  .st-key-learning { grid-template-columns: minmax(0, 1fr); } }
@media (orientation: portrait) and (min-width: 680px) { /* high: the pad over the network */
  .stApp .st-key-stage { --side: max(15rem, min(100cqw, 100vh - 47rem)); flex-wrap: wrap; }
  .stApp .st-key-stage > :has(> .st-key-stage-given) { flex: 1 1 100%; }
  .stApp .st-key-stage-given { width: var(--side); margin: 0 auto; }
  .stApp .st-key-stage > :has(> .st-key-stage-answer) { flex: 1 1 100%; }
}
</style>"""


def show_exhibit() -> None:
    """What the visitor is at; the browser begins anew where the last one was forgotten."""
    st.html(STYLE + layout_css(above="16rem"))
    watch_over()
    here = visit().exhibit
    if here.over:
        return
    if here.run and here.watching:
        from pages.ui.kiosk.learning import show_learning  # late: it needs torch

        show_learning(here.run)
    else:
        show_drawing()
    server.warm_up()  # for the first stroke
