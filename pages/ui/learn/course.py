"""Which lessons there are, in their order, and what shows each.

To add one: its text in pages/ui/words/lessons/<name>.toml, its module with a function `show` in
pages/ui/learn/lessons/<name>.py, and here its name and its two lines.
"""

from __future__ import annotations

# The name is that of the text, of the module, and of the lesson among those that are done.
LESSONS = (
    *("tensors", "network", "activation", "forward", "loss"),
    *("gradient", "batches", "loop", "result", "code"),
)
WITHOUT_DIGITS = {"code"}  # all others need the digits of the lessons


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
