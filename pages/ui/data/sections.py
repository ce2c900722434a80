"""The Data page: the wall, the sections below it, the credits; imported late, for torch.

Without a dataset there are the styles of the built-in handwriting, which need none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.ui import shell
from pages.ui.widgets.choosing.choice import choose_one
from pages.ui.widgets.choosing.dataset_picker import credit

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from core.data import DigitDataset

SECTIONS = {
    "parts": "Three parts",
    "averages": "Averages",
    "unusual": "Unusual ones",
    "batch": "A batch",
    "writers": "Writers",
    "styles": "Styles",
}
# As high as what is in it, before its script is there.
ROOM = """<style>.st-key-digit-wall { min-height: 33.5rem; }
@media (max-width: 720px) { .st-key-digit-wall { min-height: 56rem; } }</style>"""


def keep_room() -> DeltaGenerator:
    """The place of all that comes late, in which nothing moves when it does."""
    st.html(ROOM)
    return shell.room_for_late()


def show(dataset: DigitDataset) -> None:
    """All of the page that is about this dataset."""
    from pages.ui.data.samples import show_wall
    from pages.ui.data.studies import begin_studies

    show_wall(dataset)
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
    """One of SECTIONS; the wall above it stays as it is."""
    match choose_one("What to look at", SECTIONS, "data-section", show_label=False):
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
