"""The wall: digits fly onto it as they are written, each with what the network says.

It asks the room twice a second and gives the browser only what is new (pages/ui/frontend/
room_wall.js); a tap hides a digit. What a browser has missed it asks for again.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from core.charts.mosaics import digits_mosaic
from core.demonstration import recording
from core.room.room import Room
from pages.ui.frontend.components import component
from pages.ui.state.visit import visit, widget_value
from pages.ui.widgets.digits.pictures import picture

EVERY = 0.5  # seconds between two looks
SHOWN = 400  # the newest digits that are on a wall, at most
AT_ONCE = (96, 48, 24, 12)  # digits in one look: the most whose pictures fit
MOST_LETTERS = 18_000  # of these pictures: a look stays under 20 KB
KEY = "room-news"

HTML = """<div class="room">
<div class="count"><span role="status">We wrote <b class="written">0</b>, it read
<b class="right">0</b></span><button class="back" type="button" disabled>Bring back</button></div>
<div class="tiles" role="group" aria-label="The wall: a tap takes a digit off it"></div>
</div>"""

_wall = component("room_wall", HTML, scripts=("room_wall.js", "tiles.js"))
_news = component("room_news")


def show_wall(room: Room) -> bool:
    """The wall, which looks into the room as long as it is open; whether a digit is on it."""
    samples = digits_mosaic(recording.load().samples / 255, columns=8)
    _wall(key="room-tiles", data={"samples": picture(samples)})
    has_digits = room.count().written > 0
    st.fragment(lambda: look(room, has_digits), run_every=EVERY)()
    return has_digits


def look(room: Room, has_digits: bool) -> None:
    """One look: what is new, and how all that is on the wall stands; with the first digit the
    whole page changes."""
    if has_digits != (room.count().written > 0):
        st.rerun()
    if not room.is_open:
        visit().room.sent = None
        st.rerun()
    _news(
        key=KEY,
        data=news_for_browser(room),
        on_hide_change=lambda: hide(room, widget_value(KEY)["hide"]),
        on_back_change=room.bring_back,
        on_missed_change=lambda: begin_again(widget_value(KEY)["missed"]),
    )


def news_for_browser(room: Room) -> dict[str, Any]:
    """What the wall on this screen has not seen yet, and goes on from there the next time."""
    here, count = visit().room, room.count()
    if here.sent is None:
        here.begun += 1
        here.start = here.sent = max(0, count.written + count.hidden - SHOWN)
    first = here.sent
    for most in AT_ONCE:
        news = room.news(first, most, SHOWN)
        pixels = [each.image.ravel() for each in news.digits]
        pictures = recording.packed(np.concatenate(pixels or [[]]))
        if len(pictures) <= MOST_LETTERS:
            break
    here.sent = first + len(news.digits)
    return {
        "begun": here.begun,
        "start": here.start,
        "first": first,
        "labels": "".join(str(each.label) for each in news.digits),
        "pictures": pictures,
        "marked": news.marked,
        "marks": news.marks,
        "written": count.written,
        "right": count.right,
        "hidden": count.hidden,
    }


def hide(room: Room, number: object) -> None:
    """A tile was tapped."""
    if type(number) is int:
        room.hide(number)


def begin_again(begun: object) -> None:
    """The browser has missed something: it gets all that is on the wall once more."""
    here = visit().room
    if begun == here.begun:  # it did not know yet that all comes again
        here.sent = None
