"""A disk without room, in place of whatever writes."""

from __future__ import annotations

from typing import NoReturn


def full(*args: object, **named: object) -> NoReturn:
    """What the system raises then."""
    raise OSError(28, "No space left on device")
