"""What the tests of the room share: strokes that a phone would send, a clock, a room."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import numpy as np
import pytest

from core.datasets.pens.collection import load
from core.room.room import Room


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def sent() -> Callable[..., list[list[int]]]:
    """`sent(digit, number)`: the strokes of a real digit, as a pad sends them."""
    pens = load()

    def strokes(digit: int, number: int = 0) -> list[list[int]]:
        index = int(np.flatnonzero(pens.labels == digit)[number])
        return [(100 + 3 * each).astype(int).ravel().tolist() for each in pens.strokes(index)]

    return strokes


@pytest.fixture
def room(clock) -> Room:
    """A room whose network takes everything for a 1."""
    return Room("owner", "ACDEFGHJ", "ones", lambda images: [1] * len(images), clock)


@pytest.fixture
def write(clock, sent) -> Callable[..., None]:
    """`write(room, drawings, phones)`: so many drawings, from so many phones in turn."""
    numbers = count()

    def put(room: Room, drawings: int, phones: int = 4) -> None:
        for _ in range(drawings):
            number = next(numbers)
            clock.now += 1.0
            phone = f"phone {number % phones}"
            room.put(phone, f"drawing {number}", sent(room.request(phone), number % 50))

    return put
