"""What the tests of Room share: a room that is open, and a phone in it that writes real digits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from core.datasets.pens.collection import load
from core.room.room import Room
from pages.ui.state import server


@pytest.fixture
def room(fresh_server) -> Room:
    """Open, by nobody in particular, and read by a network that takes everything for a 7."""
    return server.rooms().open("somebody", "sevens", lambda images: [7] * len(images))


@pytest.fixture
def write() -> Callable[[Room, int], None]:
    """`write(room, drawings)`: so many drawings, each from another phone."""
    pens = load()

    def put(room: Room, drawings: int) -> None:
        for number in range(drawings):
            digit = room.request(f"phone {number}")
            index = int(np.flatnonzero(pens.labels == digit)[number % 40])
            strokes = [(100 + 3 * s).astype(int).ravel().tolist() for s in pens.strokes(index)]
            room.put(f"phone {number}", "x", strokes)

    return put
