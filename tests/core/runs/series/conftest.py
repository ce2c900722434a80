"""What the tests of series share: a shelf that holds few digits."""

from __future__ import annotations

from types import SimpleNamespace

import pytest


@pytest.fixture
def shelf(small):
    """In the place of the server's shelf."""
    return SimpleNamespace(get=lambda name, on_progress=None: small)
