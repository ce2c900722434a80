"""The speaker's window: the notes of the stop that the audience sees, and what comes next.

It holds the notes of all stops and follows the other window inside the browser, without the server.
"""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from pages.ui.present.bar import FRONTEND
from pages.ui.present.stops import demo
from pages.ui.words.numbers import unmarked
from pages.ui.words.text_files import TextError

_notes = st.components.v2.component(
    "digitlab_notes",
    html='<main class="notes"></main>',
    css=(FRONTEND / "present_notes.css").read_text(encoding="utf-8"),
    js="\n".join(
        (FRONTEND / name).read_text(encoding="utf-8")
        for name in ("present_keys.js", "present_notes.js")
    ),
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
