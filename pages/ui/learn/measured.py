"""What a lesson measures, once for each server and dataset."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.data import DigitDataset
from core.lessons.digits import OnShare
from pages.ui.state import server
from pages.ui.widgets.task import follow

Work = Callable[[DigitDataset, OnShare], Any]


def measure_once(name: str, what: str, work: Work, show: Callable[[Any], None]) -> None:
    """Measure, and show the result, or how far it is.

    name: of the lesson; what: goes on, in words; work: measures on the digits of the lessons and
    says how far it is; show: shows what it gave.
    """
    digits = server.lesson_digits()
    key = ("lesson", name, digits.name)
    follow(key, what, lambda task: work(digits, task.tell), show)
