"""The Exam page with two networks and digits that are at hand at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from core.data import DigitDataset
from core.datasets import mnist
from pages.ui.state.networks import NAMES
from tests.pages.app import choose, dropdown, open_page, take, unfold

PLACES = {  # of each part of the page: its question, and what has to be opened there
    "confusion": ("good", ""),
    "calibration": ("good", "How sure is it?"),
    "robustness": ("good", "What unsettles it?"),
    "mistakes": ("wrong", ""),
    "game": ("beat", "read"),
    "own_digits": ("beat", "write"),
}


@pytest.fixture
def shelf(monkeypatch, generated) -> DigitDataset:
    """Both datasets are at hand at once; MNIST's name stands for 600 generated digits."""
    part = generated.test[:600]
    dataset = DigitDataset("mnist", part, part, part)
    monkeypatch.setattr(mnist, "is_here", lambda root: True)
    monkeypatch.setattr("core.data.load_dataset", lambda *args, **kwargs: dataset)
    return dataset


@pytest.fixture
def examined() -> Callable[..., AppTest]:
    """Opens the page, unless it is given, with this network and this section: a question, or what
    lies in one, by the names of PLACES.
    """

    def open_exam(place: str, network: str = "tutorial", page: AppTest | None = None) -> AppTest:
        page = page or open_page("exam")
        section, inner = PLACES[place]
        choose(page, "Look at", section)
        if not dropdown(page, "Network").label.startswith(f"Network: {NAMES[network]}"):
            take(page, "Network", network)
        if section == "beat":
            return choose(page, "The contest", inner)
        return unfold(page, inner) if inner else page

    return open_exam
