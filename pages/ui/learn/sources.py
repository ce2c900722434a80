"""What several lessons say: which digits they use, and how a short run did in its exam."""

from __future__ import annotations

from core.config import DATASETS
from core.evaluation import Evaluation
from pages.ui.state import server
from pages.ui.words.numbers import counted, percent


def source() -> str:
    """What the digits of the lessons are, for a caption."""
    return DATASETS[server.lesson_digits().name].label


def grade(test: Evaluation) -> str:
    """**91.8 %** of 2,000 test images correctly (expect 90.5 % to 92.9 % of others, …)."""
    low, high = test.interval
    return (
        f"**{percent(test.accuracy)}** of {counted(test.images, 'test image')} correctly "
        f"(expect {percent(low)} to {percent(high)} of others: *confidence interval*)"
    )
