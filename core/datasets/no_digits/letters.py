"""Letters and signs of pen plotters' fonts, as strokes: those that nobody takes for a digit.

The fonts are A. V. Hershey's ("Calligraphy for Computers", 1967), from the package Hershey-Fonts.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from core.datasets.no_digits.shapes import Strokes

# Left out are those that some people write as others write a digit: O is 0, l is 1, Z is 2, S is 5,
# Φ is a 0 with a slash.
LATIN = "ACEFHKLMNPRUVWXacdefhkmnpruvwx"
SIGNS = "#%&*+@<>="
GREEK = "EMNRVWXaekpvwx"  # E, N, Ξ, Σ, Χ, Ψ, Ω, α, ε, λ, π, χ, ψ, ω
LEARNED = {"futural": LATIN + SIGNS, "rowmans": LATIN, "scripts": LATIN, "greeks": GREEK}
EXAM = {"timesi": LATIN}  # drawn otherwise, with little feet: never learned from


@cache
def letters(exam: bool = False) -> dict[str, Strokes]:
    """The strokes of each, by font and letter."""
    from HersheyFonts import HersheyFonts

    found, fonts = {}, HersheyFonts()
    for font, wanted in (EXAM if exam else LEARNED).items():
        fonts.load_default_font(font)
        for letter in wanted:
            strokes = [np.array(list(each), float) for each in fonts.strokes_for_text(letter)]
            found[f"{font} {letter}"] = [each for each in strokes if len(each) > 1]
    return found
