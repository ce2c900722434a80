"""What a phone in a room sees: one request, one pad, and nothing else.

The pad is our own (pages/ui/frontend/room_pad.js): it hands over a drawing when it is sent, not
after every stroke, and keeps it until the server has said that it came.
"""

from __future__ import annotations

import streamlit as st

from core.room.room import Room, RoomError
from core.strokes.pen import DrawingError
from pages.ui.frontend.components import component
from pages.ui.room.door import find_room, offer_to_join
from pages.ui.state import owner
from pages.ui.state.visit import visit, widget_value
from pages.ui.words.numbers import unmarked

KEY = "room-pad"

HTML = """<div class="pad">
<h1></h1>
<div class="paper"><canvas role="img" aria-label="Pad to draw a digit on"></canvas></div>
<p role="status"></p>
<div class="keys"><button class="clear" type="button">Clear</button>
<button class="send" type="button">Send</button></div>
</div>"""

_pad = component("room_pad", HTML, scripts=("room_pad.js", "invitation.js"))


def show_phone(code: str) -> None:
    """The pad, or why there is none and a place to type another code."""
    try:
        room = find_room(code)
    except RoomError as problem:
        st.error(unmarked(str(problem)), icon=":material/error:")
        offer_to_join()
        return
    show_pad(room)


@st.fragment
def show_pad(room: Room) -> None:
    """The request and the pad; nothing else on the page is drawn again after a drawing."""
    phone, here = owner.ids()[0], visit().room
    try:
        request, received = room.request(phone), room.received(phone)
    except RoomError as problem:
        st.info(unmarked(str(problem)), icon=":material/info:")
        return
    _pad(
        key=KEY,
        data={
            "request": request,
            "received": received,
            "answered": here.answered,
            "problem": here.problem,
        },
        on_sent_change=lambda: hand_in(room, phone, widget_value(KEY)["sent"]),
    )


def hand_in(room: Room, phone: str, sent: object) -> None:
    """Put what a pad sent into the room; remember what was wrong with it."""
    match sent:
        case {"id": str(drawing), "strokes": strokes} if 0 < len(drawing) <= 40:
            here = visit().room
            here.answered, here.problem = drawing, ""
            try:
                room.put(phone, drawing, strokes)
            except (RoomError, DrawingError) as problem:
                here.problem = str(problem)
