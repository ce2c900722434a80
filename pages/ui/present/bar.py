"""The presenter's bar at the foot of every page: where the demo is, what the audience is told.

The keys of a clicker, the list of stops and the notes' window are the business of
pages/ui/frontend/present_bar.js.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.ui.frontend.components import component
from pages.ui.present.arrival import go_to
from pages.ui.present.stops import Stop, demo
from pages.ui.state.address import leave_presenter, stop_asked
from pages.ui.state.visit import visit
from pages.ui.words.numbers import unmarked
from pages.ui.words.text_files import TextError

LEAVE = 0  # what the bar says, in place of a stop's number

# Type grows with the screen: on a projector it is larger by a third than on a desk.
STYLE = """<style>
:root { font-size: clamp(16px, 1.15vw, 26px) !important; }
.stApp .stAppHeader, .stApp .stMainMenu { display: none; }
.stApp .stMainBlockContainer { padding-bottom: 6.5rem; }
.st-key-heading { margin-top: -3.25rem; }
.st-key-transport > * { flex: none !important; width: auto !important; min-width: max-content; }
.st-key-transport .stButton { width: auto; }
div:has(> .st-key-timeline-room) { bottom: 4.4rem !important; } /* not below the bar */
.st-key-presenter { position: fixed; inset: auto 0 0 0; z-index: 1000; }
</style>"""

# At a stop the settings are those of the demo: the room is for what happens.
AT_A_STOP = "<style>.st-key-presets, .st-key-told { display: none !important; }</style>"

_bar = component(
    "present_bar",
    '<div class="bar" role="toolbar" aria-label="Demo"></div>',
    scripts=("present_keys.js", "present_bar.js"),
)


def show_bar(paths: Mapping[str, str]) -> None:
    """The bar; and the way to another stop, where one is asked for. paths: the file of each page,
    by its name."""
    st.html(STYLE)
    try:
        stops = demo(paths)
    except TextError as problem:
        st.error(unmarked(str(problem)), icon=":material/error:")
        stops = []
    asked = stop_asked(len(stops))
    if asked and asked != visit().presenter.stop:  # a link, or a reload: nothing is set yet
        open_stop(stops, asked, paths)
    if asked:
        st.html(AT_A_STOP)
    with st.container(key="presenter"):
        wanted = _bar(key="presenter-bar", data=for_browser(stops, asked), on_go_change=ignore).go
    if wanted == LEAVE:
        leave_presenter()
        st.rerun()
    elif isinstance(wanted, int) and 1 <= wanted <= len(stops):
        open_stop(stops, wanted, paths)


def open_stop(stops: list[Stop], number: int, paths: Mapping[str, str]) -> None:
    """Go to the stop with this number, from 1."""
    stop = stops[number - 1]
    go_to(stop, number, paths[stop.page])


def for_browser(stops: list[Stop], number: int) -> dict:
    """What the bar shows at the stop `number`; 0 is before the first. press: what is pressed, once
    for each `arrival`."""
    stop = stops[number - 1] if number else None
    return {
        "stop": number,
        "titles": [each.title for each in stops],
        "say": stop.say if stop else "The first key starts the demo." if stops else "",
        "press": list(stop.press) if stop else [],
        "arrival": visit().presenter.arrivals,
    }


def ignore() -> None:
    """What the bar says is looked at where the page is built: a callback cannot change pages."""
