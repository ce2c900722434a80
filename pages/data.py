"""Data: look at the digits that a network learns from, before it does."""

import streamlit as st

from core.machine.tuning import let_the_page_appear
from pages.ui import shell
from pages.ui.data.sections import SECTIONS, show
from pages.ui.widgets.dataset_picker import choose_dataset, is_wanted, open_dataset


def choose_section() -> str:
    """What to look at: one of SECTIONS."""
    return st.segmented_control(
        "What to look at",
        SECTIONS,
        default=SECTIONS[0],
        required=True,
        key="data-section",
        label_visibility="collapsed",
        persist_state="session",
    )


with shell.page("data"):
    name, about = choose_dataset()
    wanted = is_wanted(name)
    section = choose_section() if wanted else ""
    content = st.container()
    shell.next_page("train", "let a network learn from these digits")
    let_the_page_appear()
    with content:  # last, since it may take seconds: importing torch, opening 70,000 images
        show(section, open_dataset(name, about) if wanted else None)
