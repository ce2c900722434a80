"""Who wrote the digits of the built-in handwriting, and how one of them becomes many."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from core.datasets.pens.collection import COLLECTIONS, Pens, split
from core.datasets.pens.varied import USUAL, inked

EACH = 5  # of each digit are shown of a writer


def described(name: str) -> str:
    """A writer of `DigitDataset.writers` in words: "pendigits 12" or "program 1 with flag"."""
    collection, word = name.split(maxsplit=1)
    if collection == "phone":
        return f"written on phone {word}"
    if collection in COLLECTIONS:
        return f"written by person {word} of {collection.capitalize()}"
    return f"drawn by this program, as “{word}”"


def held_back(pens: Pens) -> set[str]:
    """The names of those who are kept for the exam."""
    _, judges = split(pens)
    return {judges.names[writer] for writer in np.unique(judges.writers)}


def some_of(pens: Pens, writer: str, each: int = EACH) -> np.ndarray:
    """Where the first digits of a writer lie, int64 (n,): 0 to 9, at most `each` of every one."""
    mine = pens.writers == pens.names.index(writer)
    found = [np.flatnonzero(mine & (pens.labels == digit))[:each] for digit in range(10)]
    return np.concatenate(found)


def as_written(pens: Pens, places: np.ndarray) -> Tensor:
    """Images uint8 (n, 28, 28) of these digits, with an even pen."""
    return inked(pens, torch.from_numpy(places))


def written_anew(pens: Pens, place: int, count: int) -> Tensor:
    """One digit as other hands might have written it: images uint8 (count, 28, 28)."""
    return inked(pens, torch.full((count,), place), variety=USUAL)
