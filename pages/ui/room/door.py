"""The way into a room: its address, a code that is typed, and who has tried too many."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from core.room.codes import LENGTH
from core.room.room import Room, RoomError
from pages.ui.state import owner, server
from pages.ui.state.address import CODE, enter_room
from pages.ui.words.numbers import unmarked

HERE_ONLY = {"localhost", "127.0.0.1", "::1"}


def find_room(code: str) -> Room:
    """The room with this code. Raises RoomError; wrong codes count for where they come from."""
    return server.rooms().find(code, st.context.ip_address or owner.ids()[0])


def offer_to_join() -> None:
    """A place to type a code; where it is right, the address of the page leads into the room."""
    with st.form("join", border=False):
        code = st.text_input("Code of a room", max_chars=LENGTH + 8, placeholder="ACDE-FGHJ")
        if st.form_submit_button("Join", icon=":material/login:"):
            try:
                enter_room(find_room(code).code)
            except RoomError as problem:
                st.error(unmarked(str(problem)), icon=":material/error:")
            else:
                st.rerun()


def address_of(code: str) -> str:
    """Where a phone finds the room: this page as the presenter's browser sees it, and the code."""
    page = (st.context.url or "").split("?")[0].split("#")[0].rstrip("/")
    return f"{page}?{CODE}={code}"


def is_reachable() -> bool:
    """Whether other devices can find the server under the presenter's own address."""
    return urlsplit(st.context.url or "").hostname not in HERE_ONLY
