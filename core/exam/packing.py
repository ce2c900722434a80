"""A visitor's own digits as text, for a browser to keep; and back, believing nothing of it.

It needs no torch: a page asks for it before it stands.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence

from core.config import CLASSES, IMAGE_SIDE

OwnDigit = tuple[int, bytes]  # the digit that it is, and its pixels, 0 to 255, row by row
PIXELS = IMAGE_SIDE**2
MOST = 200  # digits of one visitor: about 210,000 characters, and a browser keeps five million


def packed(digits: Sequence[OwnDigit]) -> list[list[int | str]]:
    """Each as [digit, its pixels in base64]: what JSON can hold."""
    return [[digit, base64.b64encode(pixels).decode("ascii")] for digit, pixels in digits]


def unpacked(value: object) -> list[OwnDigit]:
    """What `packed` made, at most MOST of it; whatever else may stand there is left out."""
    found = map(_digit, value[:MOST] if isinstance(value, list) else [])
    return [each for each in found if each is not None]


def _digit(item: object) -> OwnDigit | None:
    match item:
        case [int(digit), str(text)] if type(digit) is int and 0 <= digit < CLASSES:
            try:
                pixels = base64.b64decode(text, validate=True)
            except (binascii.Error, ValueError):  # ValueError: letters that are not ASCII
                return None
            return (digit, pixels) if len(pixels) == PIXELS else None
    return None
