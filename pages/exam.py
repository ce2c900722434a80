"""Exam: how good a network is, where it is wrong, how sure it is, and what unsettles it."""

import streamlit as st

from pages.ui import shell, state
from pages.ui.exam_choice import (
    Sitting,
    choose_digits,
    choose_network,
    get_digits,
    show_score,
    sit,
)
from pages.ui.exam_game import show_game
from pages.ui.exam_mistakes import show_mistakes
from pages.ui.exam_mixups import show_mixups
from pages.ui.exam_own import show_own_exam
from pages.ui.exam_robustness import show_robustness
from pages.ui.exam_sureness import show_sureness

SECTIONS = {
    "mixups": ("What it mixes up", show_mixups),
    "mistakes": ("Its worst mistakes", show_mistakes),
    "sureness": ("How sure it is", show_sureness),
    "robustness": ("If the digits move", show_robustness),
    "game": ("You against it", show_game),
    "own": ("Your own exam", None),
}


def choose() -> tuple[state.Network, Sitting | None]:
    """The network, and its exam if there are digits for one."""
    left, right = st.columns(2)
    with left:
        network = choose_network("Network", "exam-network")
    with right:
        name = choose_digits()
    digits = get_digits(name)
    return network, sit(network, name, digits) if digits is not None else None


shell.start_page("exam", wide=True)
network, sitting = choose()
if sitting:
    show_score(sitting)
section = st.segmented_control(
    "Look at",
    list(SECTIONS),
    format_func=lambda name: SECTIONS[name][0],
    default="mixups",
    required=True,
    key="exam-section",
    persist_state="session",
)
if section == "own":
    show_own_exam(network, sitting)
elif sitting:
    SECTIONS[section][1](sitting)
shell.next_page("predict", "draw what it finds hard")
