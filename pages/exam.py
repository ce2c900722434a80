"""Exam: how good a network is, where it is wrong, how sure it is, and what unsettles it."""

from importlib import import_module

import streamlit as st

from pages.ui import shell, state
from pages.ui.exam.choice import choose_digits, choose_network, get_digits, show_score, sit

SECTIONS = {  # each is shown by show_<name> of pages/ui/exam/<name>.py, imported when asked for
    "mixups": "What it mixes up",
    "mistakes": "Its worst mistakes",
    "sureness": "How sure it is",
    "robustness": "If the digits move",
    "game": "You against it",
    "own": "Your own exam",
}

shell.start_page("exam", wide=True)
left, right = st.columns(2)
with left:
    network = choose_network("Network", "exam-network")
with right:
    name = choose_digits()
score = st.container()
section = st.segmented_control(
    "Look at",
    list(SECTIONS),
    format_func=SECTIONS.get,
    default="mixups",
    required=True,
    key="exam-section",
    persist_state="session",
    label_visibility="collapsed",
)
content = st.container()
shell.next_page("inside", "see what the network looks at when it answers")
state.let_the_page_appear()
with score:  # last, since it may take seconds: importing torch, reading 10,000 images
    digits = get_digits(name)
    sitting = sit(network, name, digits) if digits is not None else None
    if sitting:
        show_score(sitting)
with content:
    parts = import_module(f"pages.ui.exam.{section}")
    if section == "own":
        parts.show_own_exam(network, sitting)
    elif sitting:
        getattr(parts, f"show_{section}")(sitting)
