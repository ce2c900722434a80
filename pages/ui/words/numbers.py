"""What is said in words: shares in per cent, numbers of things, times, a phrase as a sentence."""

from __future__ import annotations

import re

SPACE = "\u202f"  # a narrow space that does not break: 97 % stays together
JOINER = "\u2060"  # takes no room, and is no end of a line
MARKS = re.compile(r"[\\\[\]()!*`<>$#|~&]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|^[-+=]")
BEGINNINGS = re.compile(r":(?=\S)|www(?=\.)|\S(?=@)", re.IGNORECASE)
ALMOST = 0.9999  # as sure as a network can be


def sureness(share: float) -> str:
    """How sure a network is, 0 to 1, in per cent: never beyond doubt, even where it rounds to 1."""
    return percent(min(float(share), ALMOST))


def percent(share: float, digits: int = 1) -> str:
    """A share, 0 to 1, in per cent. It never claims certainty: 0.9999 is more than 99.9 %."""
    step = 0.1**digits
    if 0 < share < step / 200:
        return f"< {step:.{digits}f}{SPACE}%"
    if 1 - step / 200 < share < 1:
        return f"> {100 - step:.{digits}f}{SPACE}%"
    return f"{100 * share:.{digits}f}{SPACE}%"


def counted(number: int, noun: str) -> str:
    """A number of things: 1 image, 2,000 images, 3 batches."""
    ending = "" if number == 1 else "es" if noun.endswith("tch") else "s"
    return f"{number:,} {noun}{ending}"


def article(digit: int) -> str:
    """What stands before a digit: a 3, an 8."""
    return "an" if digit == 8 else "a"


def unmarked(text: str) -> str:
    """Text that may come from anybody, such as a link, as Markdown that shows it as it is.

    Signs of Markdown get a backslash. Addresses, icons and smileys become what they are where no
    backslash helps, so something invisible comes between their parts. It is all one line.
    """
    text = MARKS.sub(r"\\\g<0>", re.sub(r"[ \t\r\n\f\v\x85\u2028\u2029]+", " ", text).strip())
    text = re.sub(r"^(?=\d+[.)])", JOINER, text)  # no list
    return BEGINNINGS.sub(rf"\g<0>{JOINER}", text)


def sentence(phrase: str) -> str:
    """A phrase as a sentence: with a capital and a full stop, all else as it is."""
    return f"{phrase[0].upper()}{phrase[1:]}."


def duration(seconds: float) -> str:
    """Seconds in words a person would use: about 40 seconds, about 3 minutes, about 2 hours."""
    for size, name in ((3600, "hour"), (60, "minute")):
        if seconds >= 1.5 * size:
            return f"about {seconds / size:.0f} {name}s"
    return f"about {counted(max(1, round(seconds)), 'second')}"
