"""Before the presenter: a button that opens a room, then the code, the wall, and what can be done.

Only the browser that opened a room is its presenter: it is known by its owner id.
"""

from __future__ import annotations

import html

import numpy as np
import streamlit as st

from core.demonstration import recording
from core.machine.qr import QUIET, qr_matrix
from core.room.codes import shown
from core.room.room import Room, RoomError
from pages.ui import shell
from pages.ui.room.door import address_of, is_reachable, offer_to_join
from pages.ui.room.wall import show_wall
from pages.ui.state import owner, server
from pages.ui.state.networks import Network, first_to_ask
from pages.ui.state.teaching import Teacher
from pages.ui.state.visit import visit
from pages.ui.widgets.choosing.network_picker import model_of
from pages.ui.widgets.digits.pictures import picture
from pages.ui.widgets.digits.wall import wall
from pages.ui.widgets.teaching import teach
from pages.ui.words.glossary import tip
from pages.ui.words.numbers import counted, unmarked

WRITTEN = "Digits that people wrote with a pen"

STYLE = """<style>
.st-key-room { display: grid; gap: 1rem var(--gutter);
  grid-template-columns: 15rem minmax(0, 1fr); }
.st-key-room > * { width: auto; min-width: 0; }
.room-code img { display: block; width: 100%; max-width: 15rem; border-radius: var(--tile-radius);
  image-rendering: pixelated; box-shadow: var(--tile-frame); }
.room-code b { display: block; font-size: 1.9rem; line-height: 1.4; white-space: nowrap; }
.room-code small { overflow-wrap: anywhere; display: block; line-height: 1.35; }
@media (max-width: 760px) { .st-key-room { grid-template-columns: minmax(0, 1fr); } }
</style>"""


def show_room() -> None:
    """The visitor's own room; where there is none, the ways to have one."""
    room = server.rooms().of(owner.ids())
    if room is None:
        show_door()
        return
    network = first_to_ask()
    let_read(room, network)
    st.html(STYLE)
    with st.container(key="room"):
        with st.container(key="room-side"):
            show_code(room)
            show_buttons(room)
        with st.container(key="room-wall"):
            has_digits = show_wall(room)
            teach(teacher_of(room), network, "It learns from us", "Our other digits", has_digits)


def show_door() -> None:
    """A button that opens a room, and a place to type the code of another."""
    left, right = st.columns(2, gap="medium")
    with left:
        pressed = st.button(
            "Open a room", type="primary", icon=":material/groups:", key="room-open"
        )
        st.caption("It closes by itself after two hours. What was drawn is then deleted.")
    with right:
        offer_to_join()
    samples = recording.load().samples
    with shell.room_for_late():
        wall(samples, [WRITTEN] * len(samples), WRITTEN, "room-samples", tile=86)
    network = first_to_ask()
    if not pressed or (model := model_of(network)) is None:
        return
    from core.room.reading import reader_of

    try:
        server.rooms().open(owner.in_use(), network.key, reader_of(model, network.get_doubt()))
    except RoomError as problem:
        st.error(unmarked(str(problem)), icon=":material/error:")
    else:
        visit().room.sent = None
        st.rerun()


def let_read(room: Room, network: Network) -> None:
    """Have the network in use read the room, what was drawn before too."""
    if room.read_by == network.key or (model := model_of(network)) is None:
        return
    from core.room.reading import reader_of

    room.read_with(network.key, reader_of(model, network.get_doubt()))


def show_code(room: Room) -> None:
    """The code for phones to scan, and to type."""
    if not is_reachable():
        st.header("Phones cannot join yet", anchor=False)
        st.markdown(
            "This address works on this computer only. Open the app at the address that it printed "
            "at its start as “Network URL”."
        )
    address = address_of(room.code)
    light = np.pad(~np.array(qr_matrix(address)), QUIET, constant_values=True)
    st.html(
        f"""<div class="room-code">
        <img src="{picture(light.astype(float))}" alt="A code to scan, which leads into the room">
        <b>{shown(room.code)}</b><small>{html.escape(address.split("://")[-1])}</small></div>"""
    )


def show_buttons(room: Room) -> None:
    """Keep what was drawn, and end it."""
    with st.container(horizontal=True, gap="small"):
        if st.button("Save", icon=":material/save:", help=tip("save a room")):
            save(room)
        if st.button("Close", icon=":material/close:", help=tip("close a room")):
            server.rooms().close(room)
            visit().room.sent = None
            st.rerun()
    if problem := visit().room.problem:
        st.error(unmarked(problem), icon=":material/error:")
    elif number := visit().room.saved:
        st.caption(f"{counted(number, 'digit')} saved. Train, Data and Exam offer them.")


def save(room: Room) -> None:
    """Write the room's digits to disk, as this visitor's."""
    from core.room.saved import save as write

    here = visit().room
    try:
        here.saved, here.problem = write(room, owner.in_use()), ""
    except (OSError, RoomError) as problem:
        here.saved, here.problem = 0, f"They could not be saved: {problem}"


def teacher_of(room: Room) -> Teacher:
    """The room, as a network learns from it."""

    def get_material():
        from core.room.material import room_material

        return room_material(room.digits())

    return Teacher(f"room-{room.code}", "this room", get_material)
