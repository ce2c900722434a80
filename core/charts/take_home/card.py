"""The card as a picture of 1200×630 pixels, the size that messengers and networks show whole.

It draws what it is given and measures nothing. Who gives it is pages/ui/widgets/take_home; how
texts and parts are painted is in painting.py.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.charts.series import smooth, thin
from core.charts.take_home.painting import FAINT, STRONG, Box, Painting

WIDTH, HEIGHT = 1200, 630
EDGE = 48  # left free on every side
CURVE_POINTS = 400
LOWEST_TOP = 1e-6  # of the curve's axis: a run that only ever lost nothing is a flat line

# From left to right: what was drawn, what the network saw, what it read, how sure it is of each.
DRAWN = Box(EDGE, 56, 280, 280)
SEEN = Box(380, 112, 168, 168)
ANSWER = Box(572, 56, 224, 280)
BARS = Box(836, 44, WIDTH - EDGE - 836, 330)
# Below: the network, its curve, the way to go on.
NAME = Box(EDGE, 438, 540, 50)
CURVE = Box(640, 432, 300, 120)
CODE = Box(WIDTH - EDGE - 168, 424, 168, 168)


@dataclass(frozen=True, eq=False)
class HomeCard:
    """What stands on the card. All texts are shown as they are.

    drawn: float (H, W) in [0, 1], white ink on black, any size. whose: whose digit it is.
    seen: float (28, 28) in [0, 1]. answer: a digit or "?". sure: in words, below the answer.
    shares: the ten probabilities, and `percents` the same in words. network, score: its name, what
    it scored and on how many images. losses: (iterations,) of its training, in nats, or None.
    link: where to go on, "" where that is not known; code: the squares of its QR code.
    """

    drawn: np.ndarray
    whose: str
    seen: np.ndarray
    answer: str
    sure: str
    shares: Sequence[float]
    percents: Sequence[str]
    network: str
    score: str
    losses: np.ndarray | None = None
    link: str = ""
    code: Sequence[Sequence[bool]] = ()


def card_png(card: HomeCard) -> bytes:
    """The picture as a PNG file."""
    painting = Painting(WIDTH, HEIGHT)
    _reading(painting, card)
    painting.line([(EDGE, 404), (WIDTH - EDGE, 404)], 1.5, FAINT)
    painting.text(NAME.corner, card.network, 40, widest=NAME.width)
    painting.text((EDGE, 498), card.score, 26, widest=NAME.width)
    said = card.link.partition("://")[2].partition("?")[0].rstrip("/")  # the code has all of it
    painting.text((EDGE, 548), f"Digit Lab  {said}", 24, widest=NAME.width)
    if card.losses is not None and len(card.losses):
        _curve(painting, card.losses)
    if card.code:
        painting.squares(CODE, np.asarray(card.code, dtype=bool))
    file = io.BytesIO()
    painting.finished().save(file, format="PNG")
    return file.getvalue()


def _reading(painting: Painting, card: HomeCard) -> None:
    """The upper half, with an arrow from each part to the next."""
    margin = round(0.1 * max(card.drawn.shape))  # the ink does not touch the edge
    painting.tile(DRAWN, np.pad(card.drawn, margin))
    painting.text((DRAWN.middle, 348), card.whose, 24, align="middle", widest=320)
    painting.tile(SEEN, card.seen, sharp=True)
    painting.text((SEEN.middle, 292), "It sees 28 x 28", 24, align="middle")
    for start, end in ((DRAWN.right, SEEN.left), (SEEN.right, ANSWER.left + 12)):
        painting.arrow(start + 10, end - 10, 196)
    painting.text((ANSWER.middle, 196), card.answer, 300, align="centre", bold=True)
    painting.text((ANSWER.middle, 348), card.sure, 26, align="middle", widest=250)
    best = int(np.argmax(card.shares))
    row = BARS.height / len(card.shares)
    for digit, (share, percent) in enumerate(zip(card.shares, card.percents, strict=True)):
        top, is_best = BARS.top + digit * row, digit == best
        painting.text((BARS.left, top + row / 2), str(digit), 22, align="left", bold=is_best)
        track = Box(BARS.left + 28, top + 7, BARS.width - 132, row - 14)
        painting.bar(track, share, STRONG if is_best else 0.45)
        painting.text((BARS.right, top + row / 2), percent, 22, align="right", bold=is_best)


def _curve(painting: Painting, losses: np.ndarray) -> None:
    """How wrong it was, batch by batch, averaged so that it can be seen; the axis begins at 0."""
    span = max(1, len(losses) // 50)
    positions, values = thin(smooth(losses, span), CURVE_POINTS)
    finite = np.isfinite(values)
    positions, values = positions[finite], values[finite]
    if not len(values):
        return
    x = CURVE.left + CURVE.width * positions / max(len(losses) - 1, 1)
    y = CURVE.bottom - CURVE.height * values / max(float(values.max()), LOWEST_TOP)
    painting.line([(CURVE.left, CURVE.top), (CURVE.left, CURVE.bottom)], 1.5, FAINT)
    painting.line([(CURVE.left, CURVE.bottom), (CURVE.right, CURVE.bottom)], 1.5, FAINT)
    painting.line(list(zip(x.tolist(), y.tolist(), strict=True)), 3.5, STRONG)
    said = f"How wrong it was: {len(losses):,} batches"
    painting.text((CURVE.middle, 562), said, 20, align="middle", widest=CURVE.width)
