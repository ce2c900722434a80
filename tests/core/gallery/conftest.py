"""What the tests of the gallery share: digits to look at."""

from __future__ import annotations

import pytest

from core.data import Digits
from core.datasets.synthetic import generate


@pytest.fixture(scope="package")
def digits() -> Digits:
    return Digits(*generate(1_500, seed=5)[:2])
