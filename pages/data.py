"""Data: look at the digits that a network learns from, before it does."""

import streamlit as st

from pages.ui import shell
from pages.ui.data_batch import show_batch
from pages.ui.data_facts import show_averages, show_parts, show_unusual
from pages.ui.data_styles import show_styles
from pages.ui.data_wall import show_wall
from pages.ui.dataset_choice import choose_dataset

SECTIONS = {
    "A wall of digits": show_wall,
    "Three parts": show_parts,
    "Averages": show_averages,
    "Unusual ones": show_unusual,
    "A batch": show_batch,
}
STYLES = "Styles"  # needs no dataset

shell.start_page("data")
dataset = choose_dataset()
if dataset:
    section = st.segmented_control(
        "What to look at",
        [*SECTIONS, STYLES],
        default=next(iter(SECTIONS)),
        required=True,
        key="data-section",
        label_visibility="collapsed",
        persist_state="session",
    )
else:
    st.markdown("#### Meanwhile: the styles of the built-in handwriting")
    section = STYLES
if section == STYLES:
    show_styles()
else:
    SECTIONS[section](dataset)
shell.next_page("train", "let a network learn from these digits")
