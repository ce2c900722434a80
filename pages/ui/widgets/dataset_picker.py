"""Choosing a dataset and a digit: what it is, where it is from, how to get what is not here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.config import CLASSES, DATASETS
from core.datasets import sources
from core.datasets.mnist import MEGABYTES
from pages.ui.state import server
from pages.ui.state.visit import visit
from pages.ui.widgets.progress_bar import ProgressBar
from pages.ui.words.glossary import tip
from pages.ui.words.numbers import counted

if TYPE_CHECKING:
    from core.data import DatasetShelf, DigitDataset

DIGITS = list(range(CLASSES))
ALL = "All"

ABOUT = {
    "mnist": "The handwritten digits with which most people teach their first network. Written by "
    "about 500 people in the United States, scanned, and put together from collections of NIST by "
    "Yann LeCun, Corinna Cortes and Christopher Burges (1998). Licence: CC BY-SA 3.0.",
    "generated": "Four of five were written with a pen by 34 people, and varied by this program as "
    "hands vary. It drew the fifth itself, in ways of writing that those people do not have. The "
    "test part is of 9 other people, as they wrote. Nothing to download.",
}


def choose_dataset() -> tuple[str, DeltaGenerator]:
    """Let the visitor choose; the dataset's name, and the place of the line that says what it is.

    Nothing is loaded yet.
    """
    name = visit().data.dataset or first_choice()
    name = st.segmented_control(
        "Dataset",
        list(DATASETS),
        default=name,
        required=True,
        format_func=lambda each: DATASETS[each].label,
        key=f"dataset-{name}",  # a new key when the choice was made elsewhere on the page
        help=tip("dataset"),
    )
    visit().data.dataset = name
    place = st.empty()
    place.caption(f"**{DATASETS[name].label}.** {ABOUT[name]}")
    return name, place


def open_dataset(name: str, about: DeltaGenerator) -> DigitDataset | None:
    """The dataset, and in `about` how large it is; None and a sentence where it cannot be had."""
    with st.spinner("Getting ready …"):
        shelf = server.board().shelf
    dataset = shelf.get(name) if shelf.ready(name) else load(shelf, name)
    if dataset:
        images = len(dataset.train) + len(dataset.validation) + len(dataset.test)
        said = counted(images, "image")
        about.caption(f"**{DATASETS[name].label}: {said}.** {ABOUT[name]}")
    return dataset


def first_choice() -> str:
    """MNIST, unless only the built-in handwriting is at hand."""
    only_generated = is_at_hand("generated") and not is_at_hand("mnist")
    return "generated" if only_generated else "mnist"


def is_at_hand(name: str) -> bool:
    """Whether the dataset can be loaded without fetching or making it."""
    return server.in_memory(name) or sources.is_at_hand(name)


def is_wanted(name: str) -> bool:
    """Whether to open the dataset now: MNIST is downloaded only when that is asked for."""
    if name != "mnist" or is_at_hand(name):
        return True
    st.info(
        f"MNIST is not on this server yet. It is {MEGABYTES} MB from the internet, fetched "
        "once. The built-in handwriting needs no internet.",
        icon=":material/download:",
    )
    with st.container(horizontal=True, gap="small"):
        wanted = st.button(f"Get MNIST ({MEGABYTES} MB)", type="primary", key="get-mnist")
        st.button(
            "Look at the built-in handwriting",
            on_click=use_dataset,
            args=("generated",),
            key="use-generated",
        )
    return wanted


def use_dataset(name: str) -> None:
    """Choose this dataset, from the next run of the script on."""
    visit().data.dataset = name


def load(shelf: DatasetShelf, name: str) -> DigitDataset | None:
    """The dataset, with a progress bar until it is there; None and a sentence if that fails."""
    from core.data import DataUnavailable

    place = st.empty()
    bar = ProgressBar(place, f"Opening {DATASETS[name].label}")
    try:
        dataset = shelf.get(name, bar.tell)
    except DataUnavailable as problem:
        place.error(
            f"{problem} Try again, or choose the built-in handwriting, which needs no internet.",
            icon=":material/error:",
        )
        return None
    place.empty()
    return dataset


def choose_digits(key: str) -> int | str:
    """One digit, or ALL."""
    return st.pills(
        "Which digits",
        [ALL, *DIGITS],
        default=ALL,
        required=True,
        format_func=str,
        key=key,
        persist_state="session",
        label_visibility="collapsed",
        wrap=True,
    )
