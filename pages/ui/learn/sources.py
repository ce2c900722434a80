"""What several lessons say: which digits they use, and how a short run did in its exam."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.config import DATASETS
from pages.ui import state
from pages.ui.words.numbers import percent

if TYPE_CHECKING:
    from core.evaluation import Evaluation


def source() -> str:
    """What the digits of the lessons are, for a caption."""
    return DATASETS[state.lesson_digits().name].label


def grade(test: Evaluation) -> str:
    """**91.8 %** of 2,000 test images correctly (expect 90.5 % to 92.9 % of others, …)."""
    low, high = test.interval
    return (
        f"**{percent(test.accuracy)}** of {test.images:,} test images correctly "
        f"(expect {percent(low)} to {percent(high)} of others: *confidence interval*)"
    )
