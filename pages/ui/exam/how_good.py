"""How good? The result card beside the confusion matrix; below it, how sure the network is and what
unsettles it, for those who open them.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core.config import DATASETS
from core.exam.sitting import guess
from pages.ui.exam.calibration import show_calibration
from pages.ui.exam.confusion import show_confusion
from pages.ui.exam.digit_choice import OWN
from pages.ui.exam.robustness import show_robustness
from pages.ui.exam.sitting import Sitting
from pages.ui.widgets.result_card import UNSEEN, show_result
from pages.ui.words.numbers import percent


def show_how_good(sitting: Sitting) -> None:
    """The card and the matrix at once; the rest is measured when it is opened."""
    show_confusion(sitting, lambda: show_card(sitting))
    _opened("How sure is it?", ":material/speed:", "exam-sure", lambda: show_calibration(sitting))
    icon = ":material/screen_rotation:"
    _opened("What unsettles it?", icon, "exam-moved", lambda: show_robustness(sitting))


def show_card(sitting: Sitting) -> None:
    """The result card, and what else can be said of the score."""
    on = sitting.key[1]
    theirs = "digits that you drew" if on.startswith(OWN) else "digits that a room wrote"
    of = UNSEEN if on in DATASETS else theirs
    show_result(sitting.exam.total, sitting.dataset[0].upper() + sitting.dataset[1:], of)
    with st.popover("More about this score", icon=":material/info:"):
        st.markdown(more_words(sitting))


def more_words(sitting: Sitting) -> str:
    """What the score is worth: the loss, and what guessing would give."""
    total = sitting.exam.total
    digit, share = guess(sitting.exam.labels)
    loss = f"{total.loss:.3f}" if total.loss >= 0.0005 else "less than 0.001"
    return (
        f"- How wrong it is on average (*mean loss*): **{loss}**.\n"
        f"- Always to guess {digit} is right for {percent(share)}."
    )


def _opened(label: str, icon: str, key: str, fill: Callable[[], None]) -> None:
    """A box that is filled when it is open."""
    box = st.expander(label, icon=icon, key=key, on_change="rerun")
    if box.open:
        with box:
            fill()
