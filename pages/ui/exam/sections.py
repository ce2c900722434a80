"""The three questions of Exam, and the one place that imports them: late, for they import torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.ui import shell
from pages.ui.exam.digit_choice import get_digits
from pages.ui.state.own_digits import own_digits
from pages.ui.widgets.choosing.choice import choose_one

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from pages.ui.exam.sitting import Sitting
    from pages.ui.state.networks import Network

SECTIONS = {"good": "How good?", "wrong": "Where wrong?", "beat": "Can you beat it?"}
CONTESTS = {"read": "You both read", "write": "It reads your digits"}
ROOM = """<style>.st-key-late { container-type: inline-size; }
.st-key-exam-matrix { min-height: 29rem; }</style>"""


def keep_room() -> DeltaGenerator:
    """The place of a section, in which nothing moves when it is filled."""
    st.html(ROOM)
    return shell.room_for_late()


def show(section: str, network: Network, name: str) -> None:
    """Have the network sit the exam on the digits `name`, and show the section of SECTIONS.

    Without an exam only the visitor's own digits can be shown.
    """
    contest = choose_contest() if section == "beat" else ""
    sitting = examine(network, name)
    if contest == "write":
        from pages.ui.exam.own_digits import show_own_exam

        show_own_exam(network, sitting)
    elif sitting is None:
        return
    elif section == "good":
        from pages.ui.exam.how_good import show_how_good

        show_how_good(sitting)
    elif section == "wrong":
        from pages.ui.exam.mistakes import show_mistakes

        show_mistakes(sitting)
    else:
        from pages.ui.exam.game import show_game

        show_game(sitting)


def choose_contest() -> str:
    """A key of CONTESTS; the number of the visitor's own digits stands on its button."""
    number = len(own_digits())
    names = CONTESTS | ({"write": f"{CONTESTS['write']} ({number})"} if number else {})
    return choose_one("The contest", names, "exam-contest", show_label=False)


def examine(network: Network, name: str) -> Sitting | None:
    """Have the network sit the exam; None, and why, where it cannot."""
    digits = get_digits(name)
    if digits is None:
        return None
    from pages.ui.exam.sitting import sit

    return sit(network, name, digits)
