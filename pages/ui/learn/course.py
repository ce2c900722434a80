"""Which lessons there are, in their order, the words of each, and what shows it.

To add one: its text in pages/ui/words/lessons/<name>.toml, its module with the functions `show` and
`reveal` in pages/ui/learn/lessons/<name>.py, and here its name and its two lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

from pages.ui import shell
from pages.ui.words.glossary import marked
from pages.ui.words.text_files import TextError, read_text_file, unusable, words_of

# The name is that of the text, of the module, and of the lesson among those that are done.
LESSONS = (
    *("tensors", "network", "activation", "forward", "loss"),
    *("gradient", "batches", "loop", "result", "code"),
)
WITHOUT_DIGITS = {"code"}  # all others need the digits of the lessons
TEXTS = ("title", "short", "text", "question", "right", "answer", "more", "page", "link")


@dataclass(frozen=True)
class Lesson:
    """The words of a lesson. `short`: its title in the picker; `text`: stands before the thing to
    touch; `question`: what will happen, with two or three `choices`, of which one is `right`;
    `answer` and `more`: afterwards; `page`: a key of shell.PAGES, where `link` leads.
    """

    title: str
    short: str
    text: str
    question: str
    choices: tuple[str, ...]
    right: str
    answer: str
    more: str
    page: str
    link: str


def read_lesson(name: str) -> Lesson:
    """The words of the lesson of this name. Raises TextError."""
    file = f"lessons/{name}.toml"
    table = read_text_file(file)
    choices = table.get("choices")
    if not isinstance(choices, list) or len(choices) not in (2, 3):
        raise unusable(file, 'has no two or three "choices" in brackets')
    lesson = Lesson(**words_of(file, table, TEXTS), choices=tuple(map(str, choices)))
    if lesson.right not in lesson.choices:
        raise unusable(file, f'says that “{lesson.right}” is "right", which is none of its choices')
    if lesson.page not in shell.PAGES:
        raise unusable(file, f"leads astray: “{lesson.page}” is no page ({', '.join(shell.PAGES)})")
    return lesson


def terms_of(number: int) -> list[str]:
    """The terms that the lesson of this number marks; none where its text is spoiled."""
    try:
        lesson = read_lesson(LESSONS[number - 1])
    except TextError:
        return []
    return marked(" ".join((lesson.text, lesson.answer, lesson.more)))


def scene(name: str) -> ModuleType:
    """The module of the lesson of this name; imported now, for it brings torch along.

    Its `show` is the thing to touch, its `reveal` what is shown after the visitor's guess.
    """
    match name:
        case "tensors":
            from pages.ui.learn.lessons import tensors as lesson
        case "network":
            from pages.ui.learn.lessons import network as lesson
        case "activation":
            from pages.ui.learn.lessons import activation as lesson
        case "forward":
            from pages.ui.learn.lessons import forward as lesson
        case "loss":
            from pages.ui.learn.lessons import loss as lesson
        case "gradient":
            from pages.ui.learn.lessons import gradient as lesson
        case "batches":
            from pages.ui.learn.lessons import batches as lesson
        case "loop":
            from pages.ui.learn.lessons import loop as lesson
        case "result":
            from pages.ui.learn.lessons import result as lesson
        case "code":
            from pages.ui.learn.lessons import code as lesson
    return lesson
