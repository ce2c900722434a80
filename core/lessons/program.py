"""The exported program beside that of the tutorial network: which of its lines are others."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from core.config import TrainingConfig
from core.lessons.experiments import TUTORIAL
from core.runs.taken_home.script import script

LOOP, EXAM = "# The training loop.", "# The exam"  # where these parts of the program begin


@dataclass(frozen=True)
class Line:
    """A line of a program, and whether the tutorial's program lacks it."""

    text: str
    changed: bool


def program_lines(config: TrainingConfig) -> list[Line]:
    """The program for these settings, line by line."""
    before, after = (script(each, plain=True).splitlines() for each in (TUTORIAL, config))
    changed: set[int] = set()
    for kind, _, _, start, end in SequenceMatcher(None, before, after, False).get_opcodes():
        if kind != "equal":
            changed.update(range(start, end))
    return [Line(text, number in changed) for number, text in enumerate(after)]


def layers_and_loop(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of the layers, one each, and the training loop."""
    start, end = (
        next(number for number, line in enumerate(lines) if line.text.startswith(heading))
        for heading in (LOOP, EXAM)
    )
    return [line for line in lines if line.text.startswith("    nn.")], lines[start : end - 1]
