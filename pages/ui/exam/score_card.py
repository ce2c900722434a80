"""The exam of a network: sat once, with progress, and kept; and its score in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from torch import nn

from core.config import DATASETS
from core.data import Digits
from core.data import fingerprint as fingerprint_of_digits
from core.exam.sitting import Exam, guess, sit_exam
from core.model import fingerprint
from pages.ui.exam.digit_choice import OWN
from pages.ui.state.networks import Network
from pages.ui.widgets.network_picker import model_of
from pages.ui.widgets.task import wait_for
from pages.ui.words.glossary import tip
from pages.ui.words.numbers import percent


@dataclass(frozen=True)
class Sitting:
    """A network and the exam that it sat; `key` is the same only for the same of both."""

    key: tuple[str, str]
    network: Network
    model: nn.Module
    dataset: str  # a name for the visitor
    digits: Digits
    exam: Exam


def sit(network: Network, name: str, digits: Digits) -> Sitting | None:
    """The exam of the network, sat now or remembered; None, and why, where it cannot be had."""
    model = model_of(network)
    if model is None:
        return None
    on = f"own {fingerprint_of_digits(digits)}" if name == OWN else name
    key = (fingerprint(model), on)
    exam = wait_for(
        ("exam", *key),
        f"The network reads {len(digits):,} images",
        lambda task: sit_exam(model, digits, task.tell),
    )
    if exam is None:
        return None
    label = "your own digits" if name == OWN else f"the {DATASETS[name].label} test set"
    return Sitting(key, network, model, label, digits, exam)


def show_score(sitting: Sitting) -> None:
    """Accuracy with its interval in a sentence; the loss and what guessing would give on demand."""
    total = sitting.exam.total
    low, high = total.interval
    left, right = st.columns([1, 3], vertical_alignment="center")
    with left:
        st.caption("Read correctly (*accuracy*)", help=tip("accuracy"))
        st.subheader(percent(total.accuracy), anchor=False)
    with right:
        st.markdown(
            f"It read **{total.correct:,} of {total.images:,}** images of {sitting.dataset} "
            "correctly. It never learned from these. On other digits of this kind expect "
            f"{percent(low)} to {percent(high)} (*confidence interval*)."
        )
        with st.popover("More about this score", icon=":material/info:"):
            st.markdown(more_words(sitting))


def more_words(sitting: Sitting) -> str:
    """What the score is worth: what the interval says, the loss, and what guessing would give."""
    total = sitting.exam.total
    digit, share = guess(sitting.exam.labels)
    loss = f"{total.loss:.3f}" if total.loss >= 0.0005 else "less than 0.001"
    return (
        f"- How wrong it is on average (*mean loss*): **{loss}**. Zero would be perfect.\n"
        f"- Always guessing {digit}, the most frequent digit here, is right for {percent(share)}."
    )
