"""Which lessons there are, in their order, the words of each, and what shows it.

To add one: its text in pages/ui/words/lessons/<name>.toml, its module with a function `show` in
pages/ui/learn/lessons/<name>.py, and here its name and its two lines.
"""

from __future__ import annotations

from dataclasses import dataclass

from pages.ui import shell
from pages.ui.words.text_files import read_text_file, unusable, words_of

# The name is that of the text, of the module, and of the lesson among those that are done.
LESSONS = (
    *("tensors", "network", "activation", "forward", "loss"),
    *("gradient", "batches", "loop", "result", "code"),
)
WITHOUT_DIGITS = {"code"}  # all others need the digits of the lessons


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


def show_lesson(name: str) -> None:
    """What the lesson of this name lets people touch; imported now, for it brings torch along."""
    match name:
        case "tensors":
            from pages.ui.learn.lessons.tensors import show
        case "network":
            from pages.ui.learn.lessons.network import show
        case "activation":
            from pages.ui.learn.lessons.activation import show
        case "forward":
            from pages.ui.learn.lessons.forward import show
        case "loss":
            from pages.ui.learn.lessons.loss import show
        case "gradient":
            from pages.ui.learn.lessons.gradient import show
        case "batches":
            from pages.ui.learn.lessons.batches import show
        case "loop":
            from pages.ui.learn.lessons.loop import show
        case "result":
            from pages.ui.learn.lessons.result import show
        case "code":
            from pages.ui.learn.lessons.code import show
    show()
