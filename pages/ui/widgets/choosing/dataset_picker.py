"""Choosing a dataset and a digit: what it is, where it is from, how to get what is not here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.config import CLASSES, DATASETS
from core.datasets import sources
from core.datasets.mnist import MEGABYTES
from pages.ui.state import server
from pages.ui.state.room_digits import datasets
from pages.ui.state.visit import visit
from pages.ui.widgets.progress_bar import ProgressBar
from pages.ui.words.numbers import counted, unmarked

if TYPE_CHECKING:
    from core.data import DatasetShelf, DigitDataset

DIGITS = list(range(CLASSES))
ALL = "All"

ABOUT = {
    "mnist": "Written by about 500 people in the United States. From collections of NIST, by Yann "
    "LeCun, Corinna Cortes and Christopher Burges (1998). Licence: CC BY-SA 3.0.",
    "generated": "Four of five by 34 people with a pen, varied as hands vary; the fifth drawn by "
    "this program. The test part is by 9 others, as they wrote.",
}
ABOUT_ROOMS = (
    "Written by people in a room, on their phones. Half of the drawings are to learn from, each "
    "written anew many times; a quarter is for the practice exam, a quarter for the exam."
)


def choose_dataset() -> str:
    """Let the visitor choose; the dataset's name. Nothing is loaded yet."""
    name = visit().data.dataset or first_choice()
    offered = datasets(name)
    name = st.segmented_control(
        "Dataset",
        list(offered),
        default=name,
        required=True,
        format_func=lambda each: offered[each].label,
        wrap=True,
        key=f"dataset-{name}",  # a new key when the choice was made elsewhere on the page
        label_visibility="collapsed",
    )
    visit().data.dataset = name
    return name


def within_a_sentence(name: str) -> str:
    """What a dataset is called there."""
    return "MNIST" if name == "mnist" else DATASETS[name].label.lower()


def credit(name: str, images: int = 0) -> None:
    """Whose digits a dataset holds, and how many where it is open."""
    said = f": {counted(images, 'image')}" if images else ""
    st.caption(f"**{DATASETS[name].label}{said}.** {ABOUT.get(name, ABOUT_ROOMS)}")


def open_dataset(name: str) -> DigitDataset | None:
    """The dataset; None and a sentence where it cannot be had."""
    with st.spinner("Getting ready …"):
        shelf = server.board().shelf
    return shelf.get(name) if shelf.ready(name) else load(shelf, name)


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
        why = unmarked(str(problem))
        place.error(
            f"{why} Try again, or choose the built-in handwriting, which needs no internet.",
            icon=":material/error:",
        )
        return None
    place.empty()
    return dataset


def choose_digits(key: str, label: str = "Which digits", default: int | str = ALL) -> int | str:
    """One digit, or ALL. The label is for screen readers."""
    return st.pills(
        label,
        [ALL, *DIGITS],
        default=default,
        required=True,
        format_func=str,
        key=key,
        persist_state="session",
        label_visibility="collapsed",
        wrap=True,
    )
