"""What the tests of Train share: digits that cost nothing, and the page with a short run."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.data import DigitDataset
from tests.pages.app import open_page


@pytest.fixture
def at_hand(monkeypatch, generated) -> DigitDataset:
    """Whatever dataset is asked for holds these digits."""
    monkeypatch.setattr("core.data.load_dataset", lambda *args, **kwargs: generated)
    return generated


@pytest.fixture(autouse=True)
def only_digits_that_cost_nothing(request, monkeypatch) -> None:
    """Before a run, a page gets what digits are at hand: here only where a test has its own."""
    if "at_hand" not in request.fixturenames:
        monkeypatch.setattr("pages.ui.train.before.is_at_hand", lambda dataset: False)


@pytest.fixture
def page(at_hand) -> AppTest:
    """Train, on which a run takes a second."""
    return open_page("train", dataset="generated", training_images="1000", epochs="1")
