"""What is said when no digit stands out on a picture: what is in the way, and what would work.

It only looks at what was seen and refused: whether it is read is decided elsewhere in this folder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.strokes.photo.contrast import edge_share
from core.strokes.photo.pieces import pieces_of

if TYPE_CHECKING:
    from core.strokes.photo.choice import Found

START = "No digit stands out on this picture: "
CUT = 0.04  # share of the picture's edge that is inked, from which on it is the edge that is odd
BROAD = 0.4  # a shadow's thickness beside its length; few strokes are as thick
ROUND = 0.5  # a dot is about as thick as long
MANY = 4  # a digit has no more pieces
WEAK = 0.15  # ink of less contrast is hard to see for anybody


def why_not(found: list[Found], small: float) -> str:
    """One or two plain sentences about the best of what was seen, which was not good enough.

    small: share of the picture's longer side that a digit is longer than.
    """
    if not found:
        return (
            f"{START}nothing on it is clearly darker or lighter than the paper and its lines. "
            "If a digit is there, it is too faint. Write it with a dark pen, or take the picture "
            "in better light."
        )
    best = max(found, key=lambda each: each.score)
    for is_so, words in reasons(best, small):
        if is_so:
            return START + words
    return (
        f"{START}what is on it does not look like the line of a pen. Write one digit large with a "
        "dark pen on plain paper, and let it fill the picture."
    )


def is_dot(found: Found, small: float) -> bool:
    """Whether there is only a dot on plain paper in even light; `small` as in `why_not`."""
    if found.size > small or found.seen.cost:
        return False
    pieces = pieces_of(np.logical_or.reduce(found.digits))[1]
    return all(piece.usual > ROUND * piece.length for piece in pieces)


def reasons(best: Found, small: float) -> list[tuple[bool, str]]:
    """Whether each thing that may be in the way is, and what to say, the surest first."""
    union = np.logical_or.reduce(best.digits)
    pieces = pieces_of(union)[1]
    broad = any(piece.thickness > BROAD * piece.length for piece in pieces)
    at_edge = edge_share(union) > CUT
    return [
        (
            broad and at_edge,
            "a shadow or something else that is broad covers a part of it. Let the light fall "
            "evenly on the paper, and let only paper be on the picture.",
        ),
        (
            at_edge,
            "what is on it is cut off by the edge of the picture. Leave some paper free on every "
            "side of the digit.",
        ),
        (
            best.seen.ruled,
            "only the lines of the paper do, or what is written is as thin and faint as they are. "
            "Write with a thicker or darker pen, or on plain paper.",
        ),
        (
            best.size <= small,
            "what is on it is small beside the picture. Go nearer, or cut the picture so that the "
            "digit fills it.",
        ),
        (
            broad,
            "there is a broad patch on it, as of a shadow, and no line of a pen. Write with a dark "
            "pen on plain paper, in even light.",
        ),
        (
            len(pieces) > MANY,
            "there is other writing or a pattern on it. Let only the digit be on the picture.",
        ),
        (
            best.seen.full < WEAK,
            "the ink is too faint. Write with a dark pen, or take the picture in better light.",
        ),
    ]
