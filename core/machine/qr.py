"""QR codes, made here and not asked of anybody: a link that a phone's camera can read.

It gives the squares; how they are drawn, where a code stands and what it says is not decided here.
segno does the work (ISO/IEC 18004).
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
    if not 0 < len(text) <= LONGEST:
        raise ValueError(
            f"A QR code holds 1 to {LONGEST:,} characters, not {len(text):,}. A shorter link works."
        )
    code = segno.make_qr(text, error=CORRECTION)
    return [[bool(square) for square in row] for row in code.matrix]
