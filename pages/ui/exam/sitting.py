"""The exam of a network: sat once, with progress, and kept. What is shown of it is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from torch import nn

from core.config import DATASETS
from core.data import Digits
from core.data import fingerprint as fingerprint_of_digits
from core.exam.sitting import Exam
from core.model import fingerprint
from pages.ui.exam.digit_choice import said_of
from pages.ui.state.networks import Network
from pages.ui.widgets.choosing.network_picker import model_of
from pages.ui.widgets.task import wait_for_exam


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
    on = name if name in DATASETS else f"{name} {fingerprint_of_digits(digits)}"
    key = (fingerprint(model), on)
    exam = wait_for_exam(model, digits, on)
    if exam is None:
        return None
    return Sitting(key, network, model, said_of(name), digits, exam)
