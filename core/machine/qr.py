"""QR codes, made here and not asked of anybody: a link that a phone's camera can read.

It gives the squares and a drawing of them; where a code stands and what it says is not decided
here. segno does the work (ISO/IEC 18004).
"""

from __future__ import annotations

import segno

LONGEST = 1_000  # characters; a code of more is too fine for a phone across a room
QUIET = 4  # squares of light round a code, as the standard asks
CORRECTION = "m"  # still read with 15 % of it spoilt, by a reflection or a thumb


def qr_matrix(text: str) -> list[list[bool]]:
    """The squares of the code for `text`, row by row, True is dark; without the light border.

    Raises ValueError for an empty text and for more than LONGEST characters.
    """
    return [[bool(square) for square in row] for row in _code(text).matrix]


def qr_svg(text: str, description: str = "QR code") -> str:
    """The code as an SVG element, dark on white with its border, as large as what holds it.

    `description` is what a screen reader says. Nothing of `text` is in it but the squares.
    Raises ValueError as `qr_matrix` does.
    """
    return _code(text).svg_inline(
        border=QUIET, dark="#000", light="#fff", omitsize=True, title=description
    )


def _code(text: str) -> segno.QRCode:
    if not 0 < len(text) <= LONGEST:
        raise ValueError(
            f"A QR code holds 1 to {LONGEST:,} characters, not {len(text):,}. A shorter link works."
        )
    return segno.make_qr(text, error=CORRECTION)
