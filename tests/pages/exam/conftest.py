"""The Exam page with two networks and digits that are at hand at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from core.data import DigitDataset
from core.datasets import mnist
from pages.ui.state.networks import NAMES
from tests.pages.app import choose, dropdown, open_page, take


@pytest.fixture
def shelf(monkeypatch, generated) -> DigitDataset:
    """Both datasets are at hand at once; MNIST's name stands for 1,500 generated digits."""
    part = generated.test[:1_500]
    dataset = DigitDataset("mnist", part, part, part)
    monkeypatch.setattr(mnist, "is_here", lambda root: True)
    monkeypatch.setattr("core.data.load_dataset", lambda *args, **kwargs: dataset)
    return dataset


@pytest.fixture
def examined() -> Callable[..., AppTest]:
    """Opens the page, unless it is given, with this network and this section."""

    def open_exam(section: str, network: str = "tutorial", page: AppTest | None = None) -> AppTest:
        page = page or open_page("exam")
        if not dropdown(page, "Network").label.startswith(f"Network: {NAMES[network]}"):
            take(page, "Network", network)
        return choose(page, "Look at", section)

    return open_exam
