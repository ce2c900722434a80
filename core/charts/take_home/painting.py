"""Paints texts, tiles, bars and lines with Pillow, with smooth edges. It knows no network.

Everything is painted twice as large and shrunk at the end. The letters are those that Pillow brings
along, which has few beyond English: others lose their accents, or are left out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

Point = tuple[float, float]

FINER = 2  # times larger, while it is painted
PAPER, INK = (255, 255, 255), (20, 21, 26)
TILE = (22, 22, 22)  # the dark of every tile in the app
STRONG, FAINT, TRACK = 0.85, 0.4, 0.12  # of the ink
ANCHORS = {"top": "la", "middle": "ma", "left": "lm", "right": "rm", "centre": "mm"}
SMALLEST = 20  # pixels of height that a text may shrink to
MISSING = "\uffff"  # no font has it: what is painted in its place is what any missing letter gets


@dataclass(frozen=True)
class Box:
    """A place on the picture, in its pixels."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def middle(self) -> float:
        """Across."""
        return self.left + self.width / 2

    @property
    def corner(self) -> Point:
        """The upper left one."""
        return (self.left, self.top)


class Painting:
    """A white picture to paint on; all measures in its pixels, strengths from 0 to 1."""

    def __init__(self, width: int, height: int) -> None:
        self._picture = Image.new("RGB", (width * FINER, height * FINER), PAPER)
        self._pen = ImageDraw.Draw(self._picture)

    def finished(self) -> Image.Image:
        """The picture in its own size."""
        return self._picture.reduce(FINER)

    def text(
        self,
        place: Point,
        text: str,
        size: int,
        align: str = "top",
        bold: bool = False,
        widest: float | None = None,
    ) -> None:
        """A line of text, shown as it is. align: a key of ANCHORS, what `place` is of the text.

        widest: it is made smaller to be no wider, and shortened where that is not enough.
        """
        text = drawable(text)
        stroke = FINER * size // 40 if bold else 0
        if widest is not None:
            text, size = fitted(text, size, widest)
        anchor, font = ANCHORS[align], font_of(size * FINER)
        self._pen.text(_finer(place), text, INK, font, anchor, stroke_width=stroke)

    def tile(self, box: Box, image: np.ndarray, sharp: bool = False) -> None:
        """White ink on a dark tile. image: float (H, W) in [0, 1]; sharp: its squares are seen."""
        levels = np.clip(np.asarray(image, dtype=float), 0, 1)[..., None]
        colours = (np.array(TILE) * (1 - levels) + 255 * levels).round().astype(np.uint8)
        picture = Image.fromarray(colours)
        side = (round(box.width * FINER), round(box.height * FINER))
        filter_ = Image.Resampling.NEAREST if sharp else Image.Resampling.BICUBIC
        mask = Image.new("L", side)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, side[0] - 1, side[1] - 1), 8 * FINER, 255)
        self._picture.paste(picture.resize(side, filter_), _whole(box.corner), mask)

    def bar(self, box: Box, share: float, strength: float) -> None:
        """A bar that fills this share of its track."""
        self._pen.rounded_rectangle(_finer_box(box), 3 * FINER, _shade(TRACK))
        if share * box.width * FINER >= 1:
            full = Box(box.left, box.top, box.width * share, box.height)
            self._pen.rounded_rectangle(_finer_box(full), 3 * FINER, _shade(strength))

    def line(self, points: Sequence[Point], width: float, strength: float) -> None:
        """Through these points."""
        places = [_finer(point) for point in points]
        self._pen.line(places, _shade(strength), round(width * FINER), joint="curve")

    def arrow(self, left: float, right: float, y: float) -> None:
        """From left to right, small."""
        self.line([(left, y), (right, y)], 2.5, FAINT)
        self.line([(right - 9, y - 8), (right, y), (right - 9, y + 8)], 2.5, FAINT)

    def squares(self, box: Box, dark: np.ndarray) -> None:
        """A square of dark squares, bool (N, N), each as many whole pixels wide as fit."""
        side = max(1, int(box.width // len(dark))) * FINER
        shown = Image.fromarray(np.where(dark, 0, 255).astype(np.uint8))
        large = shown.resize((side * len(dark),) * 2, Image.Resampling.NEAREST)
        self._picture.paste(large.convert("RGB"), _whole(box.corner))


@cache
def font_of(size: int) -> ImageFont.FreeTypeFont:
    """The font that comes with Pillow."""
    return ImageFont.load_default(size)


@cache
def has(letter: str) -> bool:
    """Whether the font has this letter."""
    font = font_of(32)
    return letter == " " or bytes(font.getmask(letter)) != bytes(font.getmask(MISSING))


def drawable(text: str) -> str:
    """The text in letters that the font has: narrow spaces as spaces, é as e; others left out."""
    apart = unicodedata.normalize("NFKD", text)
    letters = ["x" if letter == "×" else letter for letter in apart]
    return "".join(letter for letter in letters if has(letter))


def fitted(text: str, size: int, widest: float) -> tuple[str, int]:
    """The text and its size in pixels, so that it is no wider."""
    while size > SMALLEST and font_of(size).getlength(text) > widest:
        size -= 1
    shortened = text
    while len(shortened) > 1 and font_of(size).getlength(shortened) > widest:
        shortened = shortened[:-2].rstrip() + "…"
    return shortened, size


def _finer(point: Point) -> Point:
    return (point[0] * FINER, point[1] * FINER)


def _whole(point: Point) -> tuple[int, int]:
    return (round(point[0] * FINER), round(point[1] * FINER))


def _finer_box(box: Box) -> tuple[float, float, float, float]:
    return (*_finer(box.corner), *_finer((box.right, box.bottom)))


def _shade(strength: float) -> tuple[int, int, int]:
    """The ink, so strong, on the paper."""
    pairs = zip(PAPER, INK, strict=True)
    return tuple(round(paper + strength * (ink - paper)) for paper, ink in pairs)
