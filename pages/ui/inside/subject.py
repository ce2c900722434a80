"""What is looked at: a network, held still, with real digits, and the digit that goes through."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import streamlit as st
from torch import nn

from core.config import DATASETS
from core.data import DigitDataset
from core.data import fingerprint as fingerprint_of_digits
from core.model import fingerprint
from pages.ui.state import server
from pages.ui.state.networks import Network
from pages.ui.state.visit import visit
from pages.ui.widgets.choosing.network_picker import model_of


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

    @cached_property
    def key(self) -> str:
        """The same only for the same image."""
        return hashlib.sha256(self.image.tobytes()).hexdigest()


def open_subject(network: Network) -> Subject | None:
    """The network as it was when the visitor chose it; None, and why, where it cannot be had.

    Where the server has forgotten that, the network as it is now.
    """
    here = visit().inside
    held = server.kept().get(("subject", here.subject)) if here.network == network.key else None
    if held:
        if held.label != network.label:
            offer_newest()
        return held
    if (model := model_of(network)) is None:
        return None
    with st.spinner("Getting real digits to look at it with …"):
        digits = server.inside_digits(network.key)
    digits_key = f"{digits.name} {len(digits.train)} {fingerprint_of_digits(digits.test)}"
    key = f"{fingerprint(model)} {digits_key}"
    here.network, here.subject = network.key, key
    subject = Subject(key, digits_key, network.label, model, digits)
    return server.kept().keep(("subject", key), subject)


def offer_newest() -> None:
    """A run goes on while it is looked at; what is shown stands still until this is pressed."""
    left, right = st.columns([3, 1], vertical_alignment="center")
    left.info("Your run has moved on since you opened this network.", icon=":material/update:")
    right.button("Take the newest", icon=":material/refresh:", on_click=forget_subject)


def forget_subject() -> None:
    """Open the network anew, from the next run on."""
    visit().inside.network = None
