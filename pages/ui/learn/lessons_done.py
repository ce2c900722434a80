"""Which lessons this visitor has done: remembered in the visit, and in the browser too."""

from __future__ import annotations

from pages.ui.learn.browser_memory import keep_in_browser
from pages.ui.learn.course import LESSONS
from pages.ui.state.visit import visit


def done() -> set[str]:
    """The names of the lessons that this visitor has done."""
    return visit().learn.done


def finish(name: str) -> None:
    """Count a lesson as done: its answer was looked at, or the visitor went on."""
    visit().learn.done = done() | {name}


def remember() -> None:
    """Keep what is done in the visitor's browser too, which may know of more."""

    def hear(numbers: set[int]) -> None:
        visit().learn.done = done() | {LESSONS[number - 1] for number in numbers}

    keep_in_browser((LESSONS.index(name) + 1 for name in done()), len(LESSONS), hear)
