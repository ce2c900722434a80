"""The confusion matrix in words: a cell, a digit's scores, the most frequent mistakes."""

from __future__ import annotations

from torch import Tensor

from core.exam.scores import DigitScore, frequent_mistakes
from pages.ui.words.numbers import counted, percent

NAMES = (
    *("zeros", "ones", "twos", "threes", "fours"),
    *("fives", "sixes", "sevens", "eights", "nines"),
)


def cell_title(label: int | None, answer: int | None) -> str:
    """A cell in words: sevens read as 2."""
    shown = "digits" if label is None else NAMES[label]
    return f"{shown.capitalize()} read as {answer}" if answer is not None else f"All {shown}"


def digit_words(score: DigitScore) -> str:
    """Recall, precision and F1 of a digit, in words."""
    name = NAMES[score.digit]
    if score.recall is None or score.precision is None or score.f1 is None:
        missing = f"there are no {name} here" if not score.shown else f"it never says {score.digit}"
        return f"Little can be said of {name}: {missing}."
    return (
        f"Of 100 {name} it finds **{of_hundred(score.recall)}** "
        f"(*recall*: {score.right:,} of {score.shown:,}).  \n"
        f"Of 100 times that it says {score.digit}, it is right **{of_hundred(score.precision)}** "
        f"times (*precision*: {score.right:,} of {score.answered:,}).  \n"
        f"Both in one number (*F1*, their harmonic mean): **{score.f1:.3f}**."
    )


def of_hundred(share: float) -> str:
    """A share as a count of a hundred; it rounds to none and to all only where that is true."""
    if 0 < share < 0.005:
        return "fewer than 1"
    if 0.995 <= share < 1:
        return "more than 99"
    return f"{100 * share:.0f}"


def cell_words(confusion: Tensor, label: int, answer: int) -> str:
    """A cell with its number: Fours read as 9: 12 images, 1.2 % of the fours."""
    count, of = int(confusion[label, answer]), int(confusion[label].sum())
    share = f", {percent(count / of)} of the {NAMES[label]}" if count else ""
    return f"{cell_title(label, answer)}: {counted(count, 'image')}{share}"


def matrix_words(confusion: Tensor) -> str:
    """The matrix for those who cannot see it: the most frequent mistakes."""
    cells = frequent_mistakes(confusion, 5)
    worst = ", ".join(f"{NAMES[label]} as {answer} ({count:,})" for count, label, answer in cells)
    return f"Confusion matrix. The most frequent mistakes: {worst or 'none'}."
