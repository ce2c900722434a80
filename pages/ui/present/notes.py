"""The speaker's window: the notes of the stop that the audience sees, and what comes next.

It holds the notes of all stops and follows the other window inside the browser, without the server.
"""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from pages.ui.frontend.components import component
from pages.ui.present.stops import demo
from pages.ui.words.numbers import unmarked
from pages.ui.words.text_files import TextError

_notes = component(
    "present_notes",
    '<main class="notes"></main>',
    scripts=("present_keys.js", "present_notes.js"),
)


def show_notes(pages: Collection[str]) -> None:
    """All of the window. pages: the names that a page may have."""
    try:
        stops = demo(pages)
    except TextError as problem:
        st.error(unmarked(str(problem)), icon=":material/error:")
        return
    shown = [{"title": each.title, "say": each.say, "notes": each.notes} for each in stops]
    _notes(key="notes", data={"stops": shown})
