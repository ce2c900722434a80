"""The sections of Exam, and the one place that imports them: late, for they import torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.ui.exam.digit_choice import get_digits
from pages.ui.state.own_digits import own_digits

if TYPE_CHECKING:
    from pages.ui.exam.score_card import Sitting
    from pages.ui.state.networks import Network

SECTIONS = {
    "confusion": "What it mixes up",
    "mistakes": "Its worst mistakes",
    "calibration": "How sure it is",
    "robustness": "If the digits move",
    "game": "You against it",
    "own_digits": "Your own exam",
}


def section_names() -> dict[str, str]:
    """SECTIONS as they stand on the page: with the number of the visitor's own digits."""
    number = len(own_digits())
    return SECTIONS | ({"own_digits": f"{SECTIONS['own_digits']} ({number})"} if number else {})


def examine(network: Network, name: str) -> Sitting | None:
    """Have the network sit the exam and show its score; None, and why, where there is none."""
    digits = get_digits(name)
    if digits is None:
        return None
    from pages.ui.exam.score_card import show_score, sit

    sitting = sit(network, name, digits)
    if sitting:
        show_score(sitting)
    return sitting


def show(section: str, network: Network, sitting: Sitting | None) -> None:
    """The section, a key of SECTIONS; without an exam only the visitor's own can be shown."""
    if section == "own_digits":
        from pages.ui.exam.own_digits import show_own_exam

        show_own_exam(network, sitting)
    if sitting is None:
        return
    match section:
        case "confusion":
            from pages.ui.exam.confusion import show_confusion

            show_confusion(sitting)
        case "mistakes":
            from pages.ui.exam.mistakes import show_mistakes

            show_mistakes(sitting)
        case "calibration":
            from pages.ui.exam.calibration import show_calibration

            show_calibration(sitting)
        case "robustness":
            from pages.ui.exam.robustness import show_robustness

            show_robustness(sitting)
        case "game":
            from pages.ui.exam.game import show_game

            show_game(sitting)
