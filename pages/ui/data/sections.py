"""The Data page: its sections, of which the wall is the first, and the credits; imported late.

Without a dataset there are the styles of the built-in handwriting, which need none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.ui.widgets.choosing.choice import choose_one
from pages.ui.widgets.choosing.dataset_picker import credit

if TYPE_CHECKING:
    from core.data import DigitDataset

SECTIONS = {
    "wall": "Digits",
    "parts": "Three parts",
    "averages": "Averages",
    "unusual": "Unusual ones",
    "batch": "A batch",
    "writers": "Writers",
    "styles": "Styles",
}


def show(dataset: DigitDataset) -> None:
    """All of the page that is about this dataset."""
    from pages.ui.data.studies import begin_studies

    show_sections(dataset)
    credit(dataset.name, len(dataset.train) + len(dataset.validation) + len(dataset.test))
    begin_studies(dataset)  # "Averages" and "Unusual ones" shall be ready when asked for


def show_meanwhile(name: str) -> None:
    """What there is to see before this dataset is here."""
    from pages.ui.data.styles import show_styles

    st.markdown("## Meanwhile: the styles of the built-in handwriting")
    show_styles()
    credit(name)


@st.fragment
def show_sections(dataset: DigitDataset) -> None:
    """One of SECTIONS."""
    match choose_one("What to look at", SECTIONS, "data-section", show_label=False):
        case "wall":
            from pages.ui.data.samples import show_wall

            show_wall(dataset)
        case "parts":
            from pages.ui.data.parts import show_parts

            show_parts(dataset)
        case "averages":
            from pages.ui.data.averages import show_averages

            show_averages(dataset)
        case "unusual":
            from pages.ui.data.unusual import show_unusual

            show_unusual(dataset)
        case "batch":
            from pages.ui.data.batch import show_batch

            show_batch(dataset)
        case "writers":
            from pages.ui.data.writers import show_writers

            show_writers()
        case "styles":
            from pages.ui.data.styles import show_styles

            show_styles()
