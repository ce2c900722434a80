"""The ways in which people write the ten digits: which there are, and how common each is.

They lie in sketches.txt, whose notation stands at its top. `core.datasets.synthetic` mixes the
sketches of a style, bends them and draws them with a pen. This file draws nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

SKETCHES = Path(__file__).parent / "sketches.txt"
RARE = 0.08  # a style that fewer than 8 of 100 writers of its digit use is called rare


@dataclass(frozen=True)
class Stroke:
    """One movement of the pen: the points it passes, and how it turns at each of them."""

    points: np.ndarray  # float64 (C, 2): x to the right, y downward, the digit is 1 high
    turns: tuple[str, ...]  # C of them: "" smooth, "!" sharp, "?" sharp or smooth with the hand


@dataclass(frozen=True)
class Style:
    """One way of writing one digit. `sketches` are examples of it, in the notation of the file."""

    digit: int
    name: str
    description: str
    sketches: tuple[str, ...]
    weight: float  # how common it is beside the other styles of the same digit

    def strokes(self) -> list[list[Stroke]]:
        """The strokes of each sketch."""
        return [[_read_stroke(part) for part in sketch.split("/")] for sketch in self.sketches]


def read_styles(text: str) -> dict[str, Style]:
    """The styles of such a file by their names, in its order."""
    styles = {}
    for block in text.split("\n\n")[1:]:  # the first tells people how to read the others
        heading, *sketches = block.splitlines()
        name, weight, description = heading.split("; ")
        styles[name] = Style(int(name[0]), name, description, tuple(sketches), float(weight))
    return styles


def _read_stroke(text: str) -> Stroke:
    tokens = text.split()
    points = [[float(number) / 100 for number in token.strip("!?").split(",")] for token in tokens]
    return Stroke(np.array(points), tuple(token.lstrip("-,.0123456789") for token in tokens))


STYLES = read_styles(SKETCHES.read_text(encoding="utf-8"))


def styles_of(digit: int) -> list[Style]:
    """The styles in which this program writes a digit."""
    return [style for style in STYLES.values() if style.digit == digit]


def style_shares() -> dict[str, float]:
    """Of the digits drawn by this program, the share, 0 to 1, of each style among its digit."""
    return {
        name: style.weight / sum(each.weight for each in styles_of(style.digit))
        for name, style in STYLES.items()
    }
