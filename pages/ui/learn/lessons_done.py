"""Which lessons are done, their question answered: kept in the visit, and in the browser.

The browser keeps only numbers of lessons, under one name, and nothing but this page reads them.
"""

from __future__ import annotations

from pages.ui.learn.course import LESSONS
from pages.ui.state import browser
from pages.ui.state.visit import visit

NAME = "digitlab-lessons-done"  # in the browser


def done() -> set[str]:
    """The names of the lessons whose question this visitor has answered."""
    return visit().learn.done


def finish(name: str) -> None:
    """Count a lesson as done: its question was answered."""
    done().add(name)


def remember() -> None:
    """Keep what is done in the visitor's browser too, which may know of more."""
    numbers = [number for number, name in enumerate(LESSONS, start=1) if name in done()]
    browser.keep(NAME, numbers, _hear, joined=True)


def _hear(kept: object) -> None:
    """Count what the browser has kept; called before the page runs again."""
    if isinstance(kept, list):
        done().update(name for number, name in enumerate(LESSONS, start=1) if number in kept)
