"""Getting to a stop of the demo: the visit is made ready for it, then the page is opened.

Everything is set as a visitor could set it; the page itself knows nothing of the demo.
"""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from core.datasets.pens.collection import load
from core.datasets.sources import is_at_hand
from core.strokes.paths import drawing_of
from pages.ui.present.stops import EMPTY, Stop
from pages.ui.state import speed
from pages.ui.state.address import SETTING_NAMES, at_stop, current_run_id, leave_run
from pages.ui.state.networks import ask_network, current_job
from pages.ui.state.visit import put_widget_value, visit
from pages.ui.widgets import canvas
from pages.ui.widgets.stage.given import BOX


def go_to(stop: Stop, number: int, path: str) -> NoReturn:
    """Open the page of the stop with this number; path: of its file."""
    here = visit()
    here.presenter.stop = number
    here.presenter.arrivals += 1
    if stop.fresh:
        if job := current_job():
            job.stop()
        leave_run()
    if stop.speed:
        speed.choose(stop.speed)
    if stop.section:
        put_widget_value(f"{stop.page}-section", stop.section)
    if stop.pad is not None:
        fill_pad(stop.pad)
    choose_network(stop.network)
    address = settings_of(stop) | at_stop(number)
    if set(address) & set(SETTING_NAMES):  # they take the place of those of the visit
        here.train.settings = None
        here.train.form_number += 1
    st.switch_page(path, query_params=address)


def settings_of(stop: Stop) -> dict[str, str]:
    """What the stop puts into the address; where MNIST is not at hand, the built-in handwriting
    stands in for it: the audience would have to wait for a download, if there is a network."""
    found = dict(stop.address)
    if found.get("dataset") == "mnist" and not is_at_hand("mnist"):
        found["dataset"] = "generated"
    return found


def choose_network(name: str) -> None:
    """Let this network be in use: one that ships, or the visitor's own."""
    if name == "own":
        visit().moment, visit().asked_network = None, current_run_id()
    elif name:
        visit().moment = None
        ask_network(name)


def fill_pad(what: str | int) -> None:
    """Put nothing, or the pen digit of this number, on the pad of Home and Predict."""
    pens = load()
    known = what != EMPTY and 0 <= what < len(pens)
    drawing = drawing_of(pens.strokes(what), canvas.SIDE) if known else canvas.EMPTY
    canvas.put_drawing(BOX, drawing)
