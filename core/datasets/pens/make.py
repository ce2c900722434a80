"""Makes the file of pen strokes that ships, from the collections as their authors published them.

    python -m core.datasets.pens.make ../shared/data

It reads pendigits/pendigits-orig.tra, pens/pencil.json.gz and pens/lipitk.json.gz in that folder,
and nothing else: what is kept for the exam never gets in.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.datasets.pens.collection import FILE, boxed
from core.machine.storage import write_safely

_COMMENT = re.compile(r"\.COMMENT\s+(\d+)\s+(\d+)\s+\d+")  # digit, writer, which of the writer's


@dataclass(frozen=True)
class Digit:
    """A digit as a collection has it: strokes float (points, 2) in any unit, y down."""

    label: int
    writer: str
    strokes: list[np.ndarray]


def read_pendigits(path: Path) -> Iterator[Digit]:
    """The digits of a PenDigits file in UNIPEN format, y turned down.

    The second number of a digit's .COMMENT says who wrote it: 30 numbers, about 250 digits each.
    The digits of all writers lie mixed, so their order says nothing.
    """
    for segment in path.read_text("latin-1").split(".SEGMENT")[1:]:
        label, writer = _COMMENT.search(segment).groups()
        downs = segment.split(".PEN_DOWN")[1:]
        strokes = [
            np.array(down.split(".PEN_UP")[0].split(), float).reshape(-1, 2) for down in downs
        ]
        yield Digit(int(label), f"pendigits {writer}", [s * (1, -1) for s in strokes if len(s)])


def read_json(path: Path, collection: str) -> Iterator[Digit]:
    """The digits of a gzipped JSON file: {"digits": [{"label", "writer", "strokes"}]}, y down."""
    for digit in json.loads(gzip.decompress(path.read_bytes()))["digits"]:
        strokes = [np.array(stroke, float) for stroke in digit["strokes"] if stroke]
        yield Digit(digit["label"], f"{collection} {digit['writer']}", strokes)


def pack(digits: Sequence[Digit]) -> bytes:
    """The file, in NumPy's compressed format without pickle.

    Points are stored as the step from the one before, modulo 256, x and y apart: a third smaller.
    """
    points = np.concatenate([boxed(digit.strokes) for digit in digits])  # (P, 2)
    names = list(dict.fromkeys(digit.writer for digit in digits))
    content = io.BytesIO()
    np.savez_compressed(
        content,
        steps=np.diff(np.ascontiguousarray(points.T), prepend=np.zeros((2, 1), np.uint8)),
        stroke_points=np.array([len(s) for d in digits for s in d.strokes], np.uint16),
        digit_strokes=np.array([len(digit.strokes) for digit in digits], np.uint8),
        labels=np.array([digit.label for digit in digits], np.uint8),
        writers=np.array([names.index(digit.writer) for digit in digits], np.uint8),
        names=np.array(names),
    )
    return content.getvalue()


def read_all(folder: Path) -> list[Digit]:
    """The digits of the three collections that may be learned from, one after another."""
    return [
        *read_pendigits(folder / "pendigits" / "pendigits-orig.tra"),
        *read_json(folder / "pens" / "pencil.json.gz", "pencil"),
        *read_json(folder / "pens" / "lipitk.json.gz", "lipitk"),
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m core.datasets.pens.make",
        description="Make the file of pen strokes that ships with the app.",
    )
    parser.add_argument("folder", type=Path, help="where the collections lie")
    digits = read_all(parser.parse_args(arguments).folder)
    content = pack(digits)
    write_safely(FILE, content)
    writers = len({digit.writer for digit in digits})
    print(f"{FILE}: {len(digits):,} digits of {writers} writers, {len(content):,} bytes")


if __name__ == "__main__":
    main()
