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
SMALL, BROAD = 0.08, 3  # or from this share on, where all that touches them is this much broader
TIGHT = 0.4  # what lies within a circle that fills the picture has more of its length
ABOVE = 0.5  # halves of a broken digit, one above the other, are no further apart
STROKE = 4  # a stroke is this many times longer than thick, a speck is not
AS_THICK = 2.2  # pens of one hand differ by less than this factor
HELD = 0.3  # what a circle is drawn round has at least this share of its length
ROUND = 0.6  # of all directions in which a circle is met from its middle
BELOW = 0.05  # an underline is this far below at least, in heights of what it underlines
FLAT = 4  # an underline is this many times as wide as high
AS_HIGH = 0.6  # digits side by side: the smaller one has at least this share of the height
DIRECTIONS = 36
LINE = 0.3  # the line of a circle is thinner than this share of what it is drawn round
APART = 0.08  # digits side by side have this gap at least, in heights

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
        alike = 1 / AS_THICK < piece.usual / longest.usual < AS_THICK
        if piece is longest or (piece.height >= AS_HIGH * highest and alike):
            join(piece, bodies)
    bodied = {piece.number for digit in bodies for piece in digit}
    for piece in sorted(pieces, key=lambda piece: -piece.length):
        if piece.number not in bodied:
            attach(piece, bodies)
    return sorted(bodies, key=lambda digit: min(piece.left for piece in digit))


def without_surroundings(pieces: list[Piece]) -> list[Piece]:
    """Without desk, thumb and the edges of the paper: what touches the picture's edges beside a
    digit that does not, unless it may be a part of that digit or another one."""
    inner = [piece for piece in pieces if not piece.edges]
    longest = max((piece.length for piece in pieces), default=0)
    main = max(inner, key=lambda piece: piece.length, default=None)
    if main is None or main.length <= SMALL * longest or any(fills(p, main) for p in pieces):
        return pieces
    thin = all(piece.thickness > BROAD * main.thickness for piece in pieces if piece.edges)
    if main.length <= INNER * longest and (main.length < STROKE * main.usual or not thin):
        return pieces
    return inner + [
        piece
        for piece in pieces
        if piece.edges == 1
        and piece.thickness < AS_THICK * main.thickness
        and (piece.gap(main) < NEAR * main.length or piece.height > AS_HIGH * main.height)
    ]


def fills(piece: Piece, inner: Piece) -> bool:
    """A stroke from edge to edge is a digit cropped closely, what lies within it a part of it."""
    thin = piece.thickness < LINE * piece.length and piece.thickness < AS_THICK * inner.thickness
    return piece.edges >= 2 and thin and piece.holds(inner) and inner.length < TIGHT * piece.length


def without_enclosures(labels: np.ndarray, pieces: list[Piece]) -> list[Piece]:
    """What is drawn round something is left out, and all that lies beside it.

    A circle or a box may be one piece or several.
    """
    for main in sorted(pieces, key=lambda piece: -piece.length):
        round_it = [
            piece
            for piece in pieces
            if piece is not main
            and not main.holds(piece)
            and (piece.holds(main) or piece.gap(main) > NEAR * main.length)
            and piece.thickness < LINE * main.length
        ]
        longest = max((piece.length for piece in round_it), default=0)
        if main.length >= HELD * longest and surrounded(labels, main, round_it):
            dropped = {piece.number for piece in round_it}
            return [piece for piece in pieces if piece.number not in dropped]
    return pieces


def surrounded(labels: np.ndarray, inner: Piece, others: list[Piece]) -> bool:
    """The others are met in nearly all directions from the middle of the inner piece."""
    if not others:
        return False
    y, x = np.nonzero(np.isin(labels, [piece.number for piece in others]))
    angles = np.arctan2(y - inner.middle[1], x - inner.middle[0])
    met = np.unique(np.floor(angles / (2 * np.pi) * DIRECTIONS))
    return len(met) >= ROUND * DIRECTIONS


def without_underlines(pieces: list[Piece]) -> list[Piece]:
    """Without long flat lines below something that is not flat."""
    high = [piece for piece in pieces if piece.width < FLAT * piece.height]
    main = max(high, key=lambda piece: piece.height, default=None)
    if main is None:
        return pieces
    return [
        piece for piece in pieces if piece in high or piece.top < main.low + BELOW * main.height
    ]


def join(piece: Piece, bodies: list[Digit]) -> None:
    """A high piece is part of the digit that it overlaps from side to side, or one of its own."""
    for digit in bodies:
        for part in digit:
            across = max(part.left, piece.left) - min(part.right, piece.right)
            if across < APART * part.height and part.gap(piece) < ABOVE * part.length:
                digit.append(piece)
                return
    bodies.append([piece])


def attach(piece: Piece, bodies: list[Digit]) -> None:
    """A small piece belongs to the digit that it lies within or near to, or to none."""
    nearest = min(bodies, key=lambda digit: min(piece.gap(part) for part in digit))
    length = nearest[0].length
    if piece.length > SPECK * length and piece.gap(nearest[0]) < NEAR * length:
        nearest.append(piece)
