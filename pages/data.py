"""Data: look at the digits that a network learns from, before it does."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import streamlit as st

from pages.ui import shell, state
from pages.ui.widgets.dataset_picker import choose_dataset, is_wanted, open_dataset

if TYPE_CHECKING:
    from core.data import DigitDataset

SECTIONS = {  # the module in pages/ui/data and the function that shows it: imported when asked for
    "A wall of digits": ("samples", "show_wall"),
    "Three parts": ("facts", "show_parts"),
    "Averages": ("facts", "show_averages"),
    "Unusual ones": ("facts", "show_unusual"),
    "A batch": ("batch", "show_batch"),
    "Styles": ("styles", "show_styles"),
}
STYLES = "Styles"  # needs no dataset


def choose_section() -> str:
    """What to look at: a key of SECTIONS."""
    return st.segmented_control(
        "What to look at",
        list(SECTIONS),
        default=next(iter(SECTIONS)),
        required=True,
        key="data-section",
        label_visibility="collapsed",
        persist_state="session",
    )


def show(section: str | None, dataset: DigitDataset | None) -> None:
    """The section; without a dataset the styles, which need none."""
    if dataset is None and section != STYLES:
        st.markdown("#### Meanwhile: the styles of the built-in handwriting")
        section = STYLES
    module, function = SECTIONS[section]
    parts = import_module(f"pages.ui.data.{module}")
    getattr(parts, function)(*([dataset] if section != STYLES else []))
    if dataset:  # "Averages" and "Unusual ones" shall be ready when they are asked for
        from core.gallery.measures import averages, distances

        state.study(dataset, averages)
        state.study(dataset, distances)


shell.start_page("data")
name, about = choose_dataset()
wanted = is_wanted(name)
section = choose_section() if wanted else None
content = st.container()
shell.next_page("train", "let a network learn from these digits")
state.let_the_page_appear()
with content:  # last, since it may take seconds: importing torch, opening 70,000 images
    show(section, open_dataset(name, about) if wanted else None)
