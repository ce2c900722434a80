"""A network's reading of one image as numbers that a browser can draw, and the file of recordings.

The file is made by `python -m core.demonstration.make` and holds nothing but what was measured
then. Reading it needs no torch, so that Home can play it before torch is imported.
"""

from __future__ import annotations

import base64
import json
import math
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from core.strokes.stages import Stage

FILE = Path(__file__).parent / "recording.json"

Stroke = list[list[int]]  # points [x, y], x to the right and y down


@dataclass(frozen=True)
class Shape:
    """How many units a layer has, and how many numbers across and down each of them hands on."""

    noun: str  # what one unit is called: picture, filter, unit
    units: int
    side: int  # 1 where a unit hands on one number


@dataclass(frozen=True, eq=False)
class Reading:
    """What one image became on its way through a network.

    shapes: of the picture itself and of every hidden layer, in order.
    levels: uint8 (units, side, side) for each of them; 255 is the largest number of that layer.
    shares: the ten probabilities, sum 1.
    none: whether the network says that it is no digit.
    """

    shapes: tuple[Shape, ...]
    levels: tuple[np.ndarray, ...]
    shares: tuple[float, ...]
    none: bool = False

    @property
    def answer(self) -> int:
        """The digit that it was read as."""
        return int(np.argmax(self.shares))

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON: the levels of all layers, one after the other, as `packed`."""
        together = np.concatenate([each.ravel() for each in self.levels])
        return {
            "shapes": [asdict(shape) for shape in self.shapes],
            "levels": packed(together),
            "shares": [round(share, 6) for share in self.shares],
            "none": self.none,
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Reading:
        """The reading that `to_dict` wrote."""
        shapes = tuple(Shape(**shape) for shape in values["shapes"])
        sizes = [shape.units * shape.side**2 for shape in shapes]
        parts = np.split(unpacked(values["levels"]), np.cumsum(sizes)[:-1])
        levels = tuple(
            part.reshape(shape.units, shape.side, shape.side)
            for part, shape in zip(parts, shapes, strict=True)
        )
        return cls(shapes, levels, tuple(values["shares"]), values["none"])


@dataclass(frozen=True, eq=False)
class Written:
    """A real pen digit, and what the network made of it. digit: what its writer meant."""

    digit: int
    strokes: list[Stroke]  # as in core.datasets.pens: the longer side from 0 to 255
    reading: Reading


@dataclass(frozen=True, eq=False)
class Recording:
    """All that was recorded.

    weights: SHA-256 of the file of the network that read the digits; digits: in the order shown;
    steps: from the strokes of the first of them to what the network sees; samples: uint8
    (N, 28, 28), more digits of the same writers; losses: of every batch of a short training on
    pen digits, in nats; confusion: int64 (10, 10), of the tutorial network's exam on pen digits,
    rows the true digit.
    """

    weights: str
    digits: tuple[Written, ...]
    steps: tuple[Stage, ...]
    samples: np.ndarray
    losses: tuple[float, ...]
    confusion: np.ndarray

    def to_json(self) -> str:
        """The text of the file."""
        digits = [
            {"digit": each.digit, "strokes": each.strokes, "reading": each.reading.to_dict()}
            for each in self.digits
        ]
        values = {
            "weights": self.weights,
            "digits": digits,
            "steps": [[each.title, each.reason, packed(greys(each.image))] for each in self.steps],
            "samples": packed(self.samples.ravel()),
            "losses": [round(loss, 3) for loss in self.losses],
            "confusion": self.confusion.tolist(),
        }
        return json.dumps(values) + "\n"


@cache
def load(path: Path = FILE) -> Recording:
    """The recording that ships, read once: change nothing in it."""
    values = json.loads(path.read_text("utf-8"))
    return Recording(
        weights=values["weights"],
        digits=tuple(
            Written(each["digit"], each["strokes"], Reading.from_dict(each["reading"]))
            for each in values["digits"]
        ),
        steps=tuple(
            Stage(title, reason, square(unpacked(image)) / np.float32(255))
            for title, reason, image in values["steps"]
        ),
        samples=unpacked(values["samples"]).reshape(-1, 28, 28),
        losses=tuple(values["losses"]),
        confusion=np.array(values["confusion"]),
    )


def greys(image: np.ndarray) -> np.ndarray:
    """Brightness in [0, 1] as whole numbers: uint8, row after row."""
    return (255 * image).round().astype(np.uint8).ravel()


def square(numbers: np.ndarray) -> np.ndarray:
    """Rows of a square again: (N * N,) -> (N, N)."""
    return numbers.reshape(math.isqrt(len(numbers)), -1)


def packed(numbers: np.ndarray | Sequence[int]) -> str:
    """uint8 (N,), compressed (zlib) and in letters (base64), as a browser can take it apart."""
    return base64.b64encode(zlib.compress(np.asarray(numbers, np.uint8).tobytes(), 9)).decode()


def unpacked(text: str) -> np.ndarray:
    """What `packed` was given: uint8 (N,)."""
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), np.uint8)
