"""Choosing a dataset and a digit: what it is, where it is from, how to get what is not here."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import streamlit as st

from core.config import CLASSES, DATASETS
from pages.ui import state
from pages.ui.words import duration, percent

if TYPE_CHECKING:
    from core.data import DatasetShelf, DigitDataset

DIGITS = list(range(CLASSES))
ALL = "All"

ABOUT = {
    "mnist": "Written by about 500 people in the United States, scanned, and put together from "
    "collections of NIST by Yann LeCun, Corinna Cortes and Christopher Burges (1998). Licence: "
    "CC BY-SA 3.0.",
    "generated": "Drawn by this program, which imitates how people of many countries write. They "
    "come with the app: nothing to download, and no one else to credit.",
}


def choose_dataset() -> DigitDataset | None:
    """Let the visitor choose, and return the dataset; None where it has to be fetched first."""
    with st.spinner("Getting ready …"):
        shelf = state.board().shelf
    name = state.recall("data-set") or first_choice(shelf)
    name = st.segmented_control(
        "Dataset",
        list(DATASETS),
        default=name,
        required=True,
        format_func=lambda each: DATASETS[each].label,
        key=f"dataset-{name}",  # a new key when the choice was made elsewhere on the page
    )
    state.keep("data-set", name)
    dataset = shelf.get(name) if shelf.ready(name) else get_ready(shelf, name)
    if dataset:
        images = len(dataset.train) + len(dataset.validation) + len(dataset.test)
        st.caption(f"**{DATASETS[name].label}: {images:,} images.** {ABOUT[name]}")
    return dataset


def first_choice(shelf: DatasetShelf) -> str:
    """MNIST, unless only the built-in handwriting is at hand."""
    only_generated = is_at_hand(shelf, "generated") and not is_at_hand(shelf, "mnist")
    return "generated" if only_generated else "mnist"


def is_at_hand(shelf: DatasetShelf, name: str) -> bool:
    """Whether the dataset can be loaded without fetching or making it."""
    from core import mnist
    from core.data import data_folder

    if shelf.ready(name):
        return True
    if name == "mnist":
        return mnist.is_here(data_folder())
    return any((data_folder() / "generated").glob("*.safetensors"))


def get_ready(shelf: DatasetShelf, name: str) -> DigitDataset | None:
    """Load or make the dataset, with progress; MNIST is downloaded only when that is asked for."""
    if name != "mnist" or is_at_hand(shelf, name) or offer_download():
        return load(shelf, name)
    return None


def offer_download() -> bool:
    """Say that MNIST is not here; True when the visitor asks for it."""
    from core.mnist import SIZES

    megabytes = sum(packed for packed, _ in SIZES.values()) / 1e6
    st.info(
        f"MNIST is not on this server yet. It is {megabytes:.0f} MB from the internet, fetched "
        "once. The built-in handwriting needs no internet.",
        icon=":material/download:",
    )
    with st.container(horizontal=True, gap="small"):
        asked = st.button(f"Get MNIST ({megabytes:.0f} MB)", type="primary", key="get-mnist")
        st.button("Look at the built-in handwriting", on_click=use_generated, key="use-generated")
    return asked


def use_generated() -> None:
    """Choose the built-in handwriting, from the next run of the script on."""
    state.keep("data-set", "generated")


def load(shelf: DatasetShelf, name: str) -> DigitDataset | None:
    """The dataset, with a progress bar until it is there; None and a sentence if that fails."""
    from core.data import DataUnavailable

    place, started = st.empty(), time.monotonic()

    def report(what: str, share: float) -> None:
        words = f"{what} … {percent(share, 0)}"
        passed = time.monotonic() - started
        if share > 0.05 and passed > 1:
            words += f", {duration(passed * (1 - share) / share)} to go"
        place.progress(min(share, 1.0), text=words)

    place.progress(0.0, text=f"Opening {DATASETS[name].label} …")
    try:
        dataset = shelf.get(name, report)
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
