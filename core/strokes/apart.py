"""Which strokes make one digit: a drawing of several digits side by side is taken apart.

It goes by where strokes lie and how they meet, and keeps together what people write in pieces: a 5
with a loose hat, a 4 in two strokes, a broken 7. The bounds below were chosen on the 8,127 real
digits that ship (core/datasets/pens) and pairs of them. It knows no network.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from core.strokes.pen import DrawingError, Strokes

# All as shares of a digit's height.
TOUCHING = 0.04  # lines nearer than this meet
SMALL = 0.45  # what is less tall beside a digit is a piece of it, such as a hat
FAR = 0.35  # ... unless it lies further away: of 8,127 digits, one piece did
ABOVE_EACH_OTHER = 0.5  # share of the narrower one's width that lies over or under the other
WIDEST = 2.1  # width of a single digit; the widest of 8,127 has 2.06
BARE_LINE = 0.95  # straightness of a line that is no row of digits
OVERLAP = 0.2  # of two pieces side by side
MANY_STROKES = 30  # of more than these nobody writes a few digits: it is left as it is
POINTS_COMPARED = 200  # of each stroke, for the distance to others


class SeveralDigits(DrawingError):
    """There seem to be several digits, and they cannot be told apart."""


TOO_CLOSE = (
    "There seem to be several digits here, too close together to tell them apart. "
    "Leave more room between them, or draw one at a time."
)


@dataclass(frozen=True, eq=False)
class _Piece:
    """Some strokes, by number, and the box around them: two corners, float64 (2,) each."""

    strokes: tuple[int, ...]
    low: np.ndarray
    high: np.ndarray

    @property
    def width(self) -> float:
        return float(self.high[0] - self.low[0])

    @property
    def height(self) -> float:
        return float(self.high[1] - self.low[1])

    def __add__(self, other: _Piece) -> _Piece:
        low, high = np.minimum(self.low, other.low), np.maximum(self.high, other.high)
        return _Piece(self.strokes + other.strokes, low, high)


def digits_apart(strokes: Strokes) -> list[Strokes]:
    """The digits of a drawing, left to right, at least one.

    Args:
        strokes: what was drawn, without stray dots and without lines around the digits.

    Raises:
        SeveralDigits: there seem to be several, and they cannot be parted: what is drawn is wider
            than any digit, or two tall pieces meet side by side that are not those of one digit.
    """
    lines = strokes.apart()
    if len(lines) > MANY_STROKES:
        return [strokes]
    distances = _distances(lines)
    pieces = [_Piece((number,), line.min(0), line.max(0)) for number, line in enumerate(lines)]
    pieces = _joined(pieces, lambda one, other: _belong(one, other, distances))
    pieces = _with_small_pieces(pieces, distances)
    pieces.sort(key=lambda piece: piece.low[0] + piece.high[0])
    digits = _with_fours(pieces, lines, distances)
    for digit in digits:
        if _seem_several(digit, lines, distances):
            raise SeveralDigits(TOO_CLOSE)
    numbers = np.arange(len(lines))
    return [strokes.only(np.isin(numbers, digit.strokes)) for digit in digits]


def _distances(lines: list[np.ndarray]) -> np.ndarray:
    """float64 (S, S): how near every two strokes come to one another, in canvas pixels."""
    fewer = [line[:: -(-len(line) // POINTS_COMPARED)] for line in lines]
    found = np.zeros((len(lines), len(lines)))
    for one in range(len(lines)):
        for other in range(one):
            x, y = (np.subtract.outer(fewer[one][:, k], fewer[other][:, k]) for k in (0, 1))
            found[one, other] = found[other, one] = np.sqrt((x * x + y * y).min())
    return found


def _between(one: _Piece, other: _Piece, distances: np.ndarray) -> float:
    return float(distances[np.ix_(one.strokes, other.strokes)].min())


def _joined(pieces: list[_Piece], belong: Callable[[_Piece, _Piece], bool]) -> list[_Piece]:
    """The pieces, those that belong together made one, until none do."""
    done: list[_Piece] = []
    for piece in pieces:
        for known in [each for each in done if belong(each, piece)]:
            done.remove(known)
            piece = known + piece
        done.append(piece)
    return done if len(done) == len(pieces) else _joined(done, belong)


def _belong(one: _Piece, other: _Piece, distances: np.ndarray) -> bool:
    """Whether two pieces lie over one another, or meet as the lines of one digit do."""
    tall = max(one.height, other.height, 1e-9)
    shared = min(one.high[0], other.high[0]) - max(one.low[0], other.low[0])
    little = 0.02 * tall  # an upright line has no width
    if shared + little >= ABOVE_EACH_OTHER * (min(one.width, other.width) + little):
        return True
    if _between(one, other, distances) >= TOUCHING * tall:
        return False
    # Two tall pieces that only just meet, on one line of writing, are two digits.
    both = one + other
    side_by_side = shared < OVERLAP * tall and min(one.height, other.height) > 0.55 * tall
    return not (side_by_side and both.width > 0.8 * both.height)


def _with_small_pieces(pieces: list[_Piece], distances: np.ndarray) -> list[_Piece]:
    """Every piece too small for a digit goes to the nearest one, or away where none is near."""
    while len(pieces) > 1:
        tallest = max(piece.height for piece in pieces)
        small = min(pieces, key=lambda piece: piece.height)
        if small.height >= SMALL * tallest:
            break
        pieces.remove(small)
        nearest = min(pieces, key=lambda piece: _between(piece, small, distances))
        if _between(nearest, small, distances) < FAR * tallest:
            pieces[pieces.index(nearest)] = nearest + small
    return pieces


def _with_fours(
    pieces: list[_Piece], lines: list[np.ndarray], distances: np.ndarray
) -> list[_Piece]:
    """Pieces from left to right, an angle and the line beside it made one 4."""
    digits = pieces[:1]
    for piece in pieces[1:]:
        if _four(digits[-1], piece, lines, distances):
            digits[-1] = digits[-1] + piece
        else:
            digits.append(piece)
    return digits


def _four(left: _Piece, right: _Piece, lines: list[np.ndarray], distances: np.ndarray) -> bool:
    """Whether these are the two strokes of a 4: a bent one, and lower to its right a straight one.

    So are a loop and a stem, of a 9. Of the 165 such digits that ship, three are missed.
    """
    both = left + right
    tall = max(left.height, right.height)
    lower = right.high[1] - left.high[1] > 0.13 * tall and right.low[1] > left.low[1] - 0.05 * tall
    near = _between(left, right, distances) < 0.18 * tall
    bent = min(_straightness(lines[number]) for number in left.strokes) < 0.84
    straight = max(_straightness(lines[number]) for number in right.strokes) > 0.6
    return bool(lower and near and bent and straight and both.width < 0.85 * both.height)


def _straightness(line: np.ndarray) -> float:
    """From 0 for a closed loop to 1 for a straight line."""
    length = np.linalg.norm(np.diff(line, axis=0), axis=1).sum()
    return float(np.linalg.norm(line[-1] - line[0]) / max(length, 1e-9))


def _seem_several(digit: _Piece, lines: list[np.ndarray], distances: np.ndarray) -> bool:
    """Whether what could not be parted is too wide for a digit, other than a bare line, or has two
    tall pieces side by side that are not those of a 4.
    """
    if digit.width > WIDEST * digit.height:
        return min(_straightness(lines[number]) for number in digit.strokes) < BARE_LINE
    alone = [
        _Piece((number,), lines[number].min(0), lines[number].max(0)) for number in digit.strokes
    ]
    tall = [piece for piece in alone if piece.height > 0.6 * digit.height]
    tall.sort(key=lambda piece: piece.low[0] + piece.high[0])
    return any(
        left.high[0] - right.low[0] < OVERLAP * digit.height
        and not _four(left, right, lines, distances)
        for left, right in pairwise(tall)
    )
