"""What is said in words: shares in per cent, times, a phrase as a sentence."""

from __future__ import annotations

import re

SPACE = "\u202f"  # a narrow space that does not break: 97 % stays together


def percent(share: float, digits: int = 1) -> str:
    """A share, 0 to 1, in per cent. It never claims certainty: 0.9999 is more than 99.9 %."""
    step = 0.1**digits
    if 0 < share < step / 200:
        return f"< {step:.{digits}f}{SPACE}%"
    if 1 - step / 200 < share < 1:
        return f"> {100 - step:.{digits}f}{SPACE}%"
    return f"{100 * share:.{digits}f}{SPACE}%"


def unmarked(text: str) -> str:
    """Text that may come from anybody, such as a link, shown as it is: no pictures, no links."""
    return re.sub(r"([\\\[\]()!*`<>:$#|])", r"\\\1", text)


def sentence(phrase: str) -> str:
    """A phrase as a sentence: with a capital and a full stop, all else as it is."""
    return f"{phrase[0].upper()}{phrase[1:]}."


def duration(seconds: float) -> str:
    """Seconds in words a person would use: about 40 seconds, about 3 minutes, about 2 hours."""
    for size, name in ((3600, "hour"), (60, "minute")):
        if seconds >= 1.5 * size:
            return f"about {seconds / size:.0f} {name}s"
    whole = max(1, round(seconds))
    return f"about {whole} second{'' if whole == 1 else 's'}"
