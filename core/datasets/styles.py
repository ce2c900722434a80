"""The styles of the built-in handwriting: which there are of a digit, and how common each is.

How they are sketched is in core/datasets/glyphs.py.
"""

from __future__ import annotations

from core.datasets.glyphs import STYLES, Style

RARE = 0.08  # a style that fewer than 8 of 100 writers of its digit use is called rare


def styles_of(digit: int) -> list[Style]:
    """The styles in which this program writes a digit."""
    return [style for style in STYLES.values() if style.digit == digit]


def total_weight(digit: int) -> float:
    """The weights of all styles of a digit."""
    return sum(style.weight for style in styles_of(digit))


def style_shares() -> dict[str, float]:
    """Of the digits drawn by this program, the share, 0 to 1, of each style among its digit."""
    return {name: style.weight / total_weight(style.digit) for name, style in STYLES.items()}
