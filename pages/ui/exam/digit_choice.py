"""What the network is examined on: a dataset's test images, or the digits that the visitor drew.

Those at hand come at once, MNIST's after an offer to download them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.config import DATASETS
from core.datasets import mnist
from core.machine.storage import data_folder
from pages.ui.state import server
from pages.ui.state.own_digits import own_digits
from pages.ui.state.room_digits import room_digits
from pages.ui.state.visit import visit
from pages.ui.widgets.choosing.dropdown import choose_for, remembered_choice
from pages.ui.widgets.progress_bar import ProgressBar
from pages.ui.words.numbers import unmarked

if TYPE_CHECKING:  # torch takes seconds to import: not for a choice
    from core.data import Digits

OWN = "own"  # the digits that the visitor drew


def choose_digits() -> str:
    """Let the visitor choose what to examine on: a name of config.DATASETS, OWN, or a
    key of `room_digits`."""
    labels = {
        "mnist": "MNIST test set: 10,000 scanned digits",
        "generated": "Built-in handwriting: 1,617 digits by 9 people, as they wrote",
    }
    if kept := len(own_digits()):
        labels[OWN] = f"Your own digits: {kept}, drawn here or kept on Predict"
    labels |= {key: each.label for key, each in room_digits().items()}
    return remembered_choice("Examine it on", list(labels), "exam-digits", format_func=labels.get)


def said_of(name: str) -> str:
    """What the digits of this name are called in a sentence."""
    if name in DATASETS:
        return f"the {DATASETS[name].label} test set"
    return "your own digits" if name == OWN else "the digits of this room"


def use_digits(name: str) -> None:
    """Choose a dataset for the visitor, who pressed a button for it."""
    choose_for("exam-digits", name)
    visit().exam.fetch = name


def get_digits(name: str) -> Digits | None:
    """The images to examine on, or None after an offer of what can be done to have them."""
    if name == OWN:
        from core.exam.own_digits import as_digits

        return as_digits(own_digits())
    if name not in DATASETS:
        if (found := room_digits().get(name)) is None:  # it closed just now
            st.info("This room is closed. Choose other digits above.")
        return found and found.as_digits()
    here = server.in_memory(name) or mnist.is_here(data_folder())
    if name == "mnist" and not here and visit().exam.fetch != "mnist":
        offer_download()
        return None
    place = st.empty()
    bar = ProgressBar(place, "Getting the test images")
    try:
        return server.board().shelf.get(name, on_progress=bar.tell).test
    except mnist.DataUnavailable as problem:
        visit().exam.fetch = None
        st.error(unmarked(str(problem)), icon=":material/error:")
        offer_download("Try again")
        return None
    finally:
        place.empty()


def offer_download(label: str = f"Download MNIST ({mnist.MEGABYTES} MB)") -> None:
    """Two ways to have test images."""
    st.info(
        "An exam needs digits that the network has never seen. MNIST's are not on this computer "
        "yet. The built-in handwriting needs no download.",
        icon=":material/quiz:",
    )
    with st.container(horizontal=True, gap="small"):
        st.button(
            label, type="primary", icon=":material/download:", on_click=use_digits, args=("mnist",)
        )
        st.button(
            "Use the built-in handwriting",
            icon=":material/edit:",
            on_click=use_digits,
            args=("generated",),
        )
