"""Which pieces of ink are digits, and which are what lies round the sheet, circles, underlines,
other writing or dust.

Shape and place alone decide: nothing here knows a network.
"""

from __future__ import annotations

import numpy as np

from core.strokes.photo.pieces import Piece

SPECK = 0.15  # a piece no longer than this share of the digit is dust or other writing
NEAR = 0.12  # pieces of one digit are no further apart, in lengths of the digit
INNER = 0.2  # what is clear of the picture's edges counts from this share of the longest piece on
AS_THICK = 2.2  # pens of one hand differ by less than this factor
HELD = 0.3  # what a circle is drawn round has at least this share of its length
ROUND = 0.8  # of all directions in which a circle is met from its middle
FLAT = 4  # an underline is this many times as wide as high
AS_HIGH = 0.6  # digits side by side: the smaller one has at least this share of the height
BESIDE = 0.2  # digits side by side overlap by no more, in widths of the narrower one
DIRECTIONS = 36

Digit = list[Piece]


def digits_of(labels: np.ndarray, pieces: list[Piece]) -> list[Digit]:
    """The digits, from left to right, each as its pieces, the longest first; maybe none."""
    pieces = without_surroundings(pieces)
    pieces = without_enclosures(labels, pieces)
    pieces = without_underlines(pieces)
    if not pieces:
        return []
    highest = max(piece.height for piece in pieces)
    longest = max(pieces, key=lambda piece: piece.length)
    bodies: list[Digit] = []
    for piece in sorted(pieces, key=lambda piece: -piece.length):
        if piece is longest or piece.height >= AS_HIGH * highest:
            join(piece, bodies)
    bodied = {piece.number for digit in bodies for piece in digit}
    for piece in sorted(pieces, key=lambda piece: -piece.length):
        if piece.number not in bodied:
            attach(piece, bodies)
    return sorted(bodies, key=lambda digit: min(piece.left for piece in digit))


def without_surroundings(pieces: list[Piece]) -> list[Piece]:
    """Without desk, thumb and the edges of the paper: what touches the picture's edges beside a
    digit that does not, unless it may be a part of that digit."""
    inner = [piece for piece in pieces if not piece.edges]
    longest = max((piece.length for piece in pieces), default=0)
    main = max(inner, key=lambda piece: piece.length, default=None)
    if main is None or main.length <= INNER * longest:
        return pieces
    return inner + [
        piece
        for piece in pieces
        if piece.edges == 1
        and piece.thickness < AS_THICK * main.thickness
        and piece.gap(main) < NEAR * main.length
    ]


def without_enclosures(labels: np.ndarray, pieces: list[Piece]) -> list[Piece]:
    """What is drawn round something is left out, and then all that lies outside it."""
    for outer in sorted(pieces, key=lambda piece: -piece.length):
        held = [piece for piece in pieces if outer.holds(piece)]
        main = max(held, key=lambda piece: piece.length, default=None)
        if main is not None and main.length >= HELD * outer.length and is_round(labels, outer, main):
            return without_enclosures(labels, held)
    return pieces


def is_round(labels: np.ndarray, outer: Piece, inner: Piece) -> bool:
    """The outer piece is a thin line that is met in nearly all directions from the inner one."""
    if outer.thickness > 0.2 * outer.length:
        return False
    window = labels[outer.top : outer.low, outer.left : outer.right] == outer.number
    y, x = np.nonzero(window)
    angles = np.arctan2(y + outer.top - inner.middle[1], x + outer.left - inner.middle[0])
    met = np.unique(np.floor(angles / (2 * np.pi) * DIRECTIONS))
    return len(met) >= ROUND * DIRECTIONS


def without_underlines(pieces: list[Piece]) -> list[Piece]:
    """Without long flat lines below something that is not flat."""
    high = [piece for piece in pieces if piece.width < FLAT * piece.height]
    main = max(high, key=lambda piece: piece.height, default=None)
    if main is None:
        return pieces
    return [
        piece
        for piece in pieces
        if piece in high or piece.middle[1] < main.low - 0.05 * main.height
    ]


def join(piece: Piece, bodies: list[Digit]) -> None:
    """A high piece is part of the digit that it overlaps from side to side, or one of its own."""
    for digit in bodies:
        for part in digit:
            across = min(part.right, piece.right) - max(part.left, piece.left)
            narrower = max(min(part.width, piece.width), 0.2 * piece.height)
            if across > BESIDE * narrower and part.gap(piece) < NEAR * part.length:
                digit.append(piece)
                return
    bodies.append([piece])


def attach(piece: Piece, bodies: list[Digit]) -> None:
    """A small piece belongs to the digit that it lies within or near to, or to none."""
    nearest = min(bodies, key=lambda digit: min(piece.gap(part) for part in digit))
    length = nearest[0].length
    if piece.length > SPECK * length and piece.gap(nearest[0]) < NEAR * length:
        nearest.append(piece)
