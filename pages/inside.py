"""Inside: what a network looks at and keeps in its layers, why it answers as it does."""

from importlib import import_module

import streamlit as st

from pages.ui import shell, state
from pages.ui.exam.choice import choose_network
from pages.ui.inside.subject import Subject, choose_sample, open_subject
from pages.ui.widgets.canvas import SIDE

SECTIONS = {  # each is shown by show_<name> of pages/ui/inside/<name>.py, imported when asked for
    "follow": "Follow a digit",
    "weights": "First layer",
    "why": "Why this answer",
    "flip": "Change its mind",
    "map": "The map",
    "ideal": "Ideal digits",
}
OF_THE_NETWORK = {"weights", "ideal"}  # all others are about one digit


def show(section: str, subject: Subject) -> None:
    """The section, beside the digit that it is about, if it is about one."""
    show_section = getattr(import_module(f"pages.ui.inside.{section}"), f"show_{section}")
    if section in OF_THE_NETWORK:
        show_section(subject)
        return
    beside = st.container(horizontal=True, gap="medium")
    with beside.container(width=SIDE):
        sample = choose_sample(subject)
    with beside.container(width="stretch", key="beside"):
        if sample is None:
            st.info("Draw a digit in the white box.", icon=":material/draw:")
        else:
            show_section(subject, sample)


shell.start_page("inside", wide=True)
network = choose_network("Network", "inside-network")
section = st.segmented_control(
    "Look at",
    list(SECTIONS),
    format_func=SECTIONS.get,
    default="follow",
    required=True,
    key="inside-section",
    persist_state="session",
)
content = st.container()
shell.next_page("predict", "draw a digit and have it read")
state.let_the_page_appear()
with content:  # last, since it may take seconds: importing torch, opening the digits
    if subject := open_subject(network):
        show(section, subject)
