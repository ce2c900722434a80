"""The sections of the Data page, by name: each is imported when it is asked for, with torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from core.data import DigitDataset

SECTIONS = (
    *("A wall of digits", "Three parts", "Averages", "Unusual ones", "A batch"),
    *("Writers", "Styles"),
)


def show(section: str, dataset: DigitDataset | None) -> None:
    """The section; without a dataset the styles of the built-in handwriting, which need none."""
    match section if dataset else "Meanwhile":
        case "A wall of digits":
            from pages.ui.data.samples import show_wall

            show_wall(dataset)
        case "Three parts":
            from pages.ui.data.parts import show_parts

            show_parts(dataset)
        case "Averages":
            from pages.ui.data.averages import show_averages

            show_averages(dataset)
        case "Unusual ones":
            from pages.ui.data.unusual import show_unusual

            show_unusual(dataset)
        case "A batch":
            from pages.ui.data.batch import show_batch

            show_batch(dataset)
        case "Writers":
            from pages.ui.data.writers import show_writers

            show_writers()
        case _:
            from pages.ui.data.styles import show_styles

            if section != "Styles":
                st.markdown("#### Meanwhile: the styles of the built-in handwriting")
            show_styles()
    if dataset:
        from pages.ui.data.studies import begin_studies

        begin_studies(dataset)  # "Averages" and "Unusual ones" shall be ready when asked for
