"""What the tests of the networks that ship share."""

import pytest

from core.data import DigitDataset, Digits
from core.datasets.synthetic import generate
from core.networks.making import EXAMS


@pytest.fixture(scope="session")
def few():
    """Stands for all datasets where only the way matters, not the score."""
    parts = [Digits(*generate(count, seed)[:2]) for count, seed in ((300, 1), (60, 2), (100, 3))]
    dataset = DigitDataset("generated", *parts)
    return dict.fromkeys(EXAMS, dataset)
