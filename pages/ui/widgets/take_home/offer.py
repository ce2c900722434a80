"""The buttons: the card as a picture or as a page that prints, and the network in one file.

Nothing is made before a button is pressed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Literal

import streamlit as st

from pages.ui.state import server
from pages.ui.state.networks import Network, first_to_ask
from pages.ui.widgets.stage.given import Given
from pages.ui.widgets.stage.readings import Readings
from pages.ui.widgets.take_home.card import page_file, picture_file, reader_file
from pages.ui.widgets.take_home.facts import run_of, way_back

if TYPE_CHECKING:
    from core.drawing import Prepared

Width = Literal["stretch", "content"]


def offer_to_take_home(network: Network, digit: Prepared | None, *, is_ready: bool = True) -> None:
    """One quiet button that holds the others. digit: the visitor's, None where there is none;
    is_ready: whether there is something to take, the button keeps its place without it."""
    with st.popover("Take it home", icon=":material/download:", disabled=not is_ready):
        if is_ready:
            show_downloads(network, digit)


def offer_reading(given: Given, readings: Readings) -> None:
    """The same for what the network in use has just read; of several digits, the first."""
    digits = given.digits if readings.digits else ()
    offer_to_take_home(first_to_ask(), digits[0] if digits else None, is_ready=bool(digits))


def show_downloads(network: Network, digit: Prepared | None, width: Width = "stretch") -> None:
    """The buttons themselves."""
    link, problem = way_back(network), problem_with_file(network)
    card = (digit, network, link)
    reader = partial(reader_file, network)
    picture, page = partial(picture_file, *card), partial(page_file, *card)
    _button("A network in one file", "draw", "digit-reader.html", reader, width, bool(problem))
    _button("Picture card", "image", "digit-card.png", picture, width)
    _button("Card to print", "print", "digit-card.html", page, width)
    if problem:
        st.caption(problem)


def _button(
    label: str, icon: str, file: str, make: Callable[[], bytes], width: Width, is_off: bool = False
) -> None:
    """Makes the file when it is pressed."""
    st.download_button(
        label,
        make,
        file,
        icon=f":material/{icon}:",
        on_click="ignore",
        key=f"take-home-{icon}",
        width=width,
        disabled=is_off,
    )


def problem_with_file(network: Network) -> str:
    """Why the network does not fit into one file, in a sentence; "" where it does."""
    if not (run := run_of(network)):
        return ""  # those that ship fit
    from core.runs.reader_page.page import problem_with

    return problem_with(server.snapshot(run).config)
