"""Digits that real people wrote with a pen, as strokes: read from the one file that ships.

It holds every point of three free collections; `core.datasets.pens.make` made it from them. How
strokes are varied and inked is in core/datasets/pens/varied.py. The full texts of the licences are
in core/datasets/pens/licences.txt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

FILE = Path(__file__).parent / "pens.npz"
BOX = 255  # longer side of the box that a digit is stored in, finer than any of the tablets
HELD_BACK = 0.2  # share of each collection's writers that only judge
SPLIT_SEED = 0  # decides which writers these are, once and for all


@dataclass(frozen=True)
class Collection:
    """Where strokes come from, and what their authors ask for in return."""

    title: str
    credit: str
    licence: str
    address: str


COLLECTIONS = {
    "pendigits": Collection(
        "Pen-Based Recognition of Handwritten Digits, training part",
        "E. Alpaydin, F. Alimoglu, UCI Machine Learning Repository",
        "CC BY 4.0, https://creativecommons.org/licenses/by/4.0",
        "https://doi.org/10.24432/C5MG6K",
    ),
    "pencil": Collection(
        "handwritten-digits-corpus, written with an Apple Pencil",
        "Copyright (c) 2020 Sebastian Kahl",
        "Apache-2.0",
        "https://github.com/skahl/handwritten-digits-corpus",
    ),
    "lipitk": Collection(
        "Lipi core toolkit, sample numerals",
        "Copyright (c) 2006 Hewlett-Packard Development Company, L.P.",
        "MIT",
        "https://github.com/pablospe/LipiTk",
    ),
}


@dataclass(frozen=True)
class Pens:
    """N digits as strokes, each in a box of its own: x to the right, y down, longer side 0 to 255.

    Attributes:
        points: uint8 (P, 2), the points of all strokes of all digits one after the other.
        begins: bool (P,), True where the pen was put down, at each stroke's first point.
        owners: int64 (P,), ascending: the digit, 0 to N-1, that each point belongs to.
        labels: int64 (N,), the digits they show.
        writers: int64 (N,), who wrote them, as an index into `names`.
        names: of all writers, as "pendigits 12": the collection, and its own word for the writer.
    """

    points: np.ndarray
    begins: np.ndarray
    owners: np.ndarray
    labels: np.ndarray
    writers: np.ndarray
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.labels)

    def strokes(self, index: int) -> list[np.ndarray]:
        """The strokes of one digit, float64 (points, 2) each, in the order of writing."""
        mine = slice(*np.searchsorted(self.owners, [index, index + 1]))
        return np.split(self.points[mine].astype(float), np.flatnonzero(self.begins[mine])[1:])

    def only(self, chosen: np.ndarray) -> Pens:
        """The digits for which the bool array `chosen` (N,) is True; `names` stay all."""
        kept = chosen[self.owners]
        return replace(
            self,
            points=self.points[kept],
            begins=self.begins[kept],
            owners=(np.cumsum(chosen) - 1)[self.owners[kept]],
            labels=self.labels[chosen],
            writers=self.writers[chosen],
        )


@cache
def load(path: Path = FILE) -> Pens:
    """All digits that ship, read once: change none of them. Raises ValueError for another file."""
    try:
        with np.load(path, allow_pickle=False) as file:
            # which stroke each point belongs to, and which digit each stroke
            stroke = np.repeat(np.arange(len(file["stroke_points"])), file["stroke_points"])
            digit = np.repeat(np.arange(len(file["digit_strokes"])), file["digit_strokes"])
            return Pens(
                points=np.cumsum(file["steps"], axis=1, dtype=np.uint8).T,  # see make.pack
                begins=np.diff(stroke, prepend=-1) > 0,
                owners=digit[stroke],
                labels=file["labels"].astype(np.int64),
                writers=file["writers"].astype(np.int64),
                names=tuple(file["names"].tolist()),
            )
    except (KeyError, IndexError, ValueError, EOFError, OSError, BadZipFile) as error:
        raise ValueError(f"{path} is not the file of pen strokes: {error}") from error


def boxed(strokes: Sequence[np.ndarray]) -> np.ndarray:
    """All points, uint8 (points, 2), in a box at (0, 0) whose longer side is 255."""
    points = np.concatenate(strokes)
    points = points - points.min(0)
    return np.rint(points / points.max() * BOX).astype(np.uint8)


def pens_of(drawings: Sequence[Sequence[np.ndarray]]) -> Pens:
    """Strokes of any kind, to be varied and inked as digits are: all of label 0, by nobody.

    drawings: of each its strokes, float (points, 2), y down.
    """
    lengths = [[len(stroke) for stroke in strokes] for strokes in drawings]
    owners = np.repeat(np.arange(len(drawings)), [sum(each) for each in lengths])
    begins = np.zeros(len(owners), bool)
    begins[np.cumsum([0, *(length for each in lengths for length in each)])[:-1]] = True
    nobody = np.zeros(len(drawings), np.int64)
    points = np.concatenate([boxed(strokes) for strokes in drawings])
    return Pens(points, begins, owners, nobody, nobody, ("",))


def split(pens: Pens) -> tuple[Pens, Pens]:
    """Those to learn from, and those of the writers held back to judge: always the same writers.

    A fifth of each collection's writers is held back, and nobody is in both. One of them is "pencil
    s6", who wrote so slowly that the collection's author advises not to learn from it.
    """
    random = np.random.default_rng(SPLIT_SEED)
    judges: list[int] = []
    for key in COLLECTIONS:
        writers = [number for number, name in enumerate(pens.names) if name.split()[0] == key]
        judges += random.permutation(writers)[: round(HELD_BACK * len(writers))].tolist()
    held_back = np.isin(pens.writers, judges)
    return pens.only(~held_back), pens.only(held_back)
