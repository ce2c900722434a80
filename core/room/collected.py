"""The digits that a room has collected, what the network says to each, and which are hidden.

Not safe to share between threads: the room guards it.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.room.drawing import RoomDigit

DOUBT = -1  # in place of an answer: the network says that it does not look like a digit


@dataclass(frozen=True)
class Count:
    """What the room wrote and the network read; hidden digits do not count."""

    written: int
    right: int
    hidden: int


@dataclass(frozen=True)
class News:
    """The digits of the room from number `first` on, and how all from `marked` on stand.

    `marks` has a letter for each: the digit that the network reads, "?" where it doubts that it is
    one, or "-" where it is hidden.
    """

    first: int
    digits: list[RoomDigit]
    marked: int
    marks: str


class Collected:
    """The digits in the order in which they came; a digit's number is its place."""

    def __init__(self) -> None:
        self.digits: list[RoomDigit] = []
        self.answers: list[int] = []  # a digit each, or DOUBT
        self._hidden: dict[int, None] = {}  # numbers, in the order in which they were hidden

    def __len__(self) -> int:
        return len(self.digits)

    def add(self, digit: RoomDigit, answer: int) -> None:
        """One more."""
        self.digits.append(digit)
        self.answers.append(answer)

    def hide(self, number: int) -> None:
        """Take one off the wall; a number that there is not changes nothing."""
        if 0 <= number < len(self):
            self._hidden[number] = None

    def bring_back(self) -> None:
        """The one that was hidden last is on the wall again."""
        if self._hidden:
            self._hidden.popitem()

    def shown(self) -> list[RoomDigit]:
        """Those that are not hidden."""
        return [each for number, each in enumerate(self.digits) if number not in self._hidden]

    def count(self) -> Count:
        """How many are shown, how many of these are read as what was asked for; the hidden."""
        right = [
            digit.label == answer
            for number, (digit, answer) in enumerate(zip(self.digits, self.answers, strict=True))
            if number not in self._hidden
        ]
        return Count(len(right), sum(right), len(self._hidden))

    def news(self, first: int, most: int, marked: int) -> News:
        """At most `most` digits from number `first` on, and how the newest `marked` stand."""
        start = max(0, len(self) - marked)
        marks = "".join(map(self._mark, range(start, len(self))))
        return News(first, self.digits[first : first + most], start, marks)

    def _mark(self, number: int) -> str:
        if number in self._hidden:
            return "-"
        answer = self.answers[number]
        return "?" if answer == DOUBT else str(answer)
