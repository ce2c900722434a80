"""The visitor's own digits, each with what it truly is: kept for the visit and in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.exam.packing import MOST, OwnDigit, packed, unpacked
from pages.ui.state import browser
from pages.ui.state.visit import visit

if TYPE_CHECKING:
    import numpy as np

NAME = "digitlab-own-digits"  # in the browser


def own_digits() -> list[OwnDigit]:
    """All of them, in the order in which they were kept."""
    return visit().exam.own_digits


def add(digit: int, image: np.ndarray) -> None:
    """Keep an image, float (28, 28) in [0, 1], as this digit; none beyond MOST."""
    from core.exam.own_digits import own_digit

    visit().exam.own_digits = [*own_digits(), own_digit(digit, image)][:MOST]


def add_or_correct(digit: int, image: np.ndarray) -> None:
    """The same, but an image that is kept already is from now on this digit."""
    from core.exam.own_digits import own_digit

    new, known = own_digit(digit, image), own_digits()
    place = _place(new[1])
    if place is None:
        add(digit, image)
    else:
        visit().exam.own_digits = [*known[:place], new, *known[place + 1 :]]


def kept_as(image: np.ndarray) -> int | None:
    """The digit that an image, float (28, 28) in [0, 1], was kept as; None where it was not."""
    from core.exam.own_digits import own_digit

    place = _place(own_digit(0, image)[1])
    return None if place is None else own_digits()[place][0]


def forget() -> None:
    """Forget them all, in the browser too."""
    visit().exam.own_digits = []
    browser.overrule(NAME)


def remember() -> None:
    """Keep them in the browser, and take from there what it kept before. Once in every run."""
    browser.keep(NAME, packed(own_digits()), take_back, joined=True)


def take_back(kept: object) -> None:
    """Those that the browser kept come first; what is none of them is left out."""
    before = unpacked(kept)
    now = [each for each in own_digits() if each not in before]
    visit().exam.own_digits = [*before, *now][:MOST]


def _place(pixels: bytes) -> int | None:
    """Where the digit with these pixels stands among the kept ones."""
    return next((n for n, (_, kept) in enumerate(own_digits()) if kept == pixels), None)
