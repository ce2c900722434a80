"""The words of a lesson, from the text files that a teacher may edit."""

from __future__ import annotations

from dataclasses import dataclass

from pages.ui import shell
from pages.ui.words.text_files import read_text_file, unusable, words_of


@dataclass(frozen=True)
class Lesson:
    """The words of a lesson. `page` is a key of shell.PAGES: where the app uses the idea."""

    title: str
    text: str
    task: str
    question: str
    answer: str
    page: str
    link: str


def read_lesson(name: str) -> Lesson:
    """The words of the lesson of this name. Raises TextError."""
    file = f"lessons/{name}.toml"
    keys = tuple(Lesson.__dataclass_fields__)
    lesson = Lesson(**words_of(file, read_text_file(file), keys))
    if lesson.page not in shell.PAGES:
        raise unusable(file, f"leads astray: “{lesson.page}” is no page ({', '.join(shell.PAGES)})")
    return lesson
