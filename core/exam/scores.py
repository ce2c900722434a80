"""What a confusion matrix tells of single digits: precision, recall, and the worst mistake."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from core.config import CLASSES


@dataclass(frozen=True)
class DigitScore:
    """How one digit did: `shown` images of it, `answered` answers with it, `right` both at once."""

    digit: int
    shown: int
    answered: int
    right: int

    @property
    def recall(self) -> float | None:
        """Of the images that show the digit, the share it found; None where there is none."""
        return self.right / self.shown if self.shown else None

    @property
    def precision(self) -> float | None:
        """Of the answers with the digit, the share that was right; None where there is none."""
        return self.right / self.answered if self.answered else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where neither can be told."""
        both = self.shown + self.answered
        return 2 * self.right / both if both else None


def digit_score(confusion: Tensor, digit: int) -> DigitScore:
    """The score of a digit from a confusion matrix, (10, 10), rows the true digit."""
    return DigitScore(
        digit,
        int(confusion[digit].sum()),
        int(confusion[:, digit].sum()),
        int(confusion[digit, digit]),
    )


def worst_cell(confusion: Tensor) -> tuple[int, int] | None:
    """The most frequent mistake as (true digit, answer); None where there is no mistake."""
    wrong = confusion.clone().fill_diagonal_(0)
    if not wrong.any():
        return None
    label, answer = divmod(int(wrong.argmax()), CLASSES)
    return label, answer


def frequent_mistakes(confusion: Tensor, most: int) -> list[tuple[int, int, int]]:
    """At most so many kinds of mistakes as (images, true digit, answer), the most frequent first.

    Kinds that never happened are left out.
    """
    counts = confusion.tolist()
    cells = [(counts[i][j], i, j) for i in range(CLASSES) for j in range(CLASSES) if i != j]
    return [cell for cell in sorted(cells, reverse=True)[:most] if cell[0]]
