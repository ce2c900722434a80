"""Whose inside is looked at, with which digits: the network, and the digit that goes through it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from core.config import DATASETS
from pages.ui import state
from pages.ui.exam.choice import model_of
from pages.ui.inside.before_and_after import sure
from pages.ui.widgets.canvas import drawing_box
from pages.ui.widgets.digit_picker import pick_digit
from pages.ui.widgets.reading import picture

if TYPE_CHECKING:
    from torch import nn

    from core.data import DigitDataset

WAYS = {"test": "A test image", "draw": "Draw one"}


@dataclass(frozen=True, eq=False)
class Subject:
    """A network to look into, and digits to do it with.

    key: the same only for the same layers and weights with the same digits; digits_key: for the
    same digits. model: in eval mode, on the processor, not to be changed. digits: real ones, at
    most 10,000 for training and 2,000 for the test.
    """

    key: str
    digits_key: str
    label: str
    model: nn.Module
    digits: DigitDataset

    @property
    def digits_label(self) -> str:
        """The dataset's name for a visitor."""
        return DATASETS[self.digits.name].label


@dataclass(frozen=True, eq=False)
class Sample:
    """The digit that goes through: float32 (28, 28) in [0, 1]; `digit` is None for a drawn one."""

    image: np.ndarray
    digit: int | None

    @property
    def key(self) -> bytes:
        """The same only for the same image."""
        return self.image.tobytes()


def open_subject(network: state.Network) -> Subject | None:
    """The network as it was when the visitor chose it; None, and why, where it cannot be had."""
    from core import pretrained
    from core.exam import sitting as exam

    held = state.recall("inside-subject")
    if held and held[0] == network.key:
        if held[1].label != network.label:
            offer_newest()
        return held[1]
    if (model := model_of(network)) is None:
        return None
    with st.spinner("Getting real digits to look at it with …"):
        digits = state.inside_digits(network.key)
    digits_key = f"{digits.name} {len(digits.train)} {pretrained.fingerprint(digits.test)}"
    key = f"{exam.fingerprint(model)} {digits_key}"
    subject = Subject(key, digits_key, network.label, model, digits)
    state.keep("inside-subject", (network.key, subject))
    return subject


def offer_newest() -> None:
    """A run goes on while it is looked at; what is shown stands still until this is pressed."""
    left, right = st.columns([3, 1], vertical_alignment="center")
    left.info("Your run has moved on since you opened this network.", icon=":material/update:")
    right.button(
        "Take the newest",
        icon=":material/refresh:",
        on_click=state.keep,
        args=("inside-subject", None),
    )


def choose_sample(subject: Subject) -> Sample | None:
    """The digit to follow: a test image or a drawing; None while nothing is drawn."""
    way = st.segmented_control(
        "Which digit",
        list(WAYS),
        format_func=WAYS.get,
        default="test",
        required=True,
        key="inside-way",
        persist_state="session",
    )
    sample = drawn_sample() if way == "draw" else picked_sample(subject)
    if sample is not None:
        show_reading(subject, sample)
    return sample


def picked_sample(subject: Subject) -> Sample:
    """One of the test images, which no training uses."""
    image, digit = pick_digit("inside", subject.digits.test)
    return Sample(image.numpy(), digit)


def drawn_sample() -> Sample | None:
    """What the visitor draws, as a network sees it."""
    from core import drawing

    drawn = drawing_box("inside")
    try:
        return Sample(drawing.prepare(drawn).image.astype(np.float32), None)
    except drawing.DrawingError as problem:
        if drawn.get("objects"):
            st.warning(str(problem), icon=":material/warning:")
        return None


def show_reading(subject: Subject, sample: Sample) -> None:
    """The digit beside the network's answer to it."""
    from core.explain.attribution import scores

    try:
        shares = scores(subject.model, sample.image).softmax(dim=0).numpy()
    except ValueError as problem:  # its weights are no numbers
        st.warning(str(problem), icon=":material/warning:")
        return
    answer = int(shares.argmax())
    label = f"It is a {sample.digit}. " if sample.digit is not None else ""
    left, right = st.columns([1, 2], vertical_alignment="center", wrap=False)
    left.html(
        f'<img src="{picture(sample.image)}" alt="The digit" style="width:100%;max-width:96px;'
        'image-rendering:pixelated;border-radius:6px;border:1px solid rgba(128,128,128,.5)">'
    )
    right.markdown(f"{label}The network reads **{answer}**, {sure(shares)} sure.")
