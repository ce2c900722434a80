"""Which network is examined on what, and its exam: sat once, with progress, and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from core.config import DATASETS
from core.datasets import mnist
from core.machine.storage import data_folder
from pages.ui import state
from pages.ui.widgets.dropdown import choose_for, remembered_choice
from pages.ui.widgets.progress_bar import ProgressBar
from pages.ui.words.glossary import tip
from pages.ui.words.numbers import percent

if TYPE_CHECKING:
    from torch import nn

    from core.data import Digits
    from core.exam.sitting import Exam

OWN = "own"  # the digits that the visitor drew
MEGABYTES = 12  # of MNIST's four files


@dataclass(frozen=True)
class Sitting:
    """A network and the exam that it sat; `key` is the same only for the same of both."""

    key: tuple[str, str]
    network: state.Network
    model: nn.Module
    dataset: str  # a name for the visitor
    digits: Digits
    exam: Exam


def choose_network(label: str, key: str, without: str = "") -> state.Network:
    """Let the visitor choose one of the networks, leaving out the one whose key is `without`."""
    networks = {each.key: each for each in state.networks() if each.key != without}
    return networks[
        remembered_choice(label, list(networks), key, format_func=lambda each: networks[each].label)
    ]


def model_of(network: state.Network) -> nn.Module | None:
    """The network itself; None, and why, where it cannot be had."""
    from core.pretrained import PretrainedError
    from core.runs.store import RunError

    try:
        model = network.get()
    except (PretrainedError, RunError) as problem:
        st.error(str(problem), icon=":material/error:")
        return None
    if model is None:
        st.info("This network is still being built. Look again in a moment.")
    return model


def choose_digits() -> str:
    """Let the visitor choose what to examine on: a name of config.DATASETS, or OWN."""
    labels = {
        "mnist": "MNIST test set: 10,000 scanned digits",
        "generated": "Built-in handwriting: 10,000 test digits drawn by this program",
    }
    if drawn := len(own_drawings()):
        labels[OWN] = f"Your own digits: {drawn}, drawn on this page"
    return remembered_choice("Examine it on", list(labels), "exam-digits", format_func=labels.get)


def use_digits(name: str) -> None:
    """Choose a dataset for the visitor, who pressed a button for it."""
    choose_for("exam-digits", name)
    state.keep("exam-fetch", name)


def own_drawings() -> list[tuple[int, bytes]]:
    """The digits that this visitor drew here: which it was to be, and 784 pixels."""
    return state.recall("own-digits", [])


def own_digits() -> Digits:
    """The same, as the digits of an exam."""
    import torch

    from core.data import Digits

    drawings = own_drawings()
    pixels = bytearray(b"".join(image for _, image in drawings))
    images = torch.frombuffer(pixels, dtype=torch.uint8).reshape(-1, 28, 28)
    return Digits(images, torch.tensor([digit for digit, _ in drawings]))


def get_digits(name: str) -> Digits | None:
    """The test images, or None after an offer of what can be done to have them."""
    here = state.in_memory(name) or mnist_is_here()
    if name == "mnist" and not here and state.recall("exam-fetch") != "mnist":
        offer_download()
        return None
    place = st.empty()
    bar = ProgressBar(place, "Getting the test images")
    try:
        if name == OWN:
            return own_digits()
        return state.board().shelf.get(name, on_progress=bar.tell).test
    except mnist.DataUnavailable as problem:
        state.keep("exam-fetch", None)
        st.error(str(problem), icon=":material/error:")
        offer_download("Try again")
        return None
    finally:
        place.empty()


def mnist_is_here() -> bool:
    """Whether MNIST's files lie in the app's folder."""
    return mnist.is_here(data_folder())


def offer_download(label: str = f"Download MNIST ({MEGABYTES} MB)") -> None:
    """Two ways to have test images."""
    st.info(
        "An exam needs digits that the network has never seen. MNIST's are not on this computer "
        "yet. The built-in handwriting needs no download; it is ready in about 20 seconds.",
        icon=":material/quiz:",
    )
    with st.container(horizontal=True, gap="small"):
        st.button(
            label,
            type="primary",
            icon=":material/download:",
            on_click=use_digits,
            args=("mnist",),
        )
        st.button(
            "Use the built-in handwriting",
            icon=":material/edit:",
            on_click=use_digits,
            args=("generated",),
        )


def sit(network: state.Network, name: str, digits: Digits) -> Sitting | None:
    """The exam of the network, sat now or remembered; None, and why, where it cannot be had."""
    from core.exam import sitting as exams
    from core.pretrained import fingerprint

    model = model_of(network)
    if model is None:
        return None
    on = f"own {fingerprint(digits)}" if name == OWN else name
    key = (exams.fingerprint(model), on)
    if (exam := state.results().get(key)) is None:
        place = st.empty()
        bar = ProgressBar(place, f"The network reads {len(digits):,} images")
        exam = exams.sit_exam(model, digits, bar.tell_share)
        place.empty()
        state.results().keep(key, exam)
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
    from core.exam.sitting import guess

    total = sitting.exam.total
    digit, share = guess(sitting.exam.labels)
    loss = f"{total.loss:.3f}" if total.loss >= 0.0005 else "less than 0.001"
    return (
        f"- How wrong it is on average (*mean loss*): **{loss}**. Zero would be perfect.\n"
        f"- Always guessing {digit}, the most frequent digit here, is right for {percent(share)}."
    )
