"""What the tests of Inside share."""

from __future__ import annotations

import pytest

from core.background import Refused
from pages.ui.inside import map_neighbours


@pytest.fixture(autouse=True)
def no_neighbours(monkeypatch):
    """A map opens without the arranging that takes seconds; tests that are about it do it."""

    def none(points, places, tell):
        raise Refused("Not in this test.")

    monkeypatch.setattr(map_neighbours, "neighbour_map", none)
