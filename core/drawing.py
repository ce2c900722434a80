"""What was drawn becomes the 28×28 image that a network expects.

`prepare`, `prepare_all` and `prepare_pixels` lead from a canvas or a picture to there, by way of
core/strokes; `render` inks any strokes. Nothing here knows a network or a screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np
import torch

from core.strokes.apart import SeveralDigits, digits_apart
from core.strokes.around import without_lines_around
from core.strokes.canvas import read_strokes
from core.strokes.ink import PEN_WIDTH, draw, render
from core.strokes.pen import DrawingError, EmptyDrawing, Strokes
from core.strokes.stages import Stage, picture_stages, stroke_stages

if TYPE_CHECKING:
    from core.strokes.pictures import Lines

__all__ = [
    "DrawingError",
    "EmptyDrawing",
    "Prepared",
    "SeveralDigits",
    "Stage",
    "prepare",
    "prepare_all",
    "prepare_all_pixels",
    "prepare_one",
    "prepare_pixels",
    "render",
]

# A stroke this short beside the longest one is a stray dot: on a digit of 20 px it is 1.6 px
# long, less than the pen is wide.
STRAY = 0.08
DOT = 0.25  # a stroke no longer than this share of the brush's width is a dot


@dataclass(frozen=True, eq=False)
class Prepared:
    """A drawing as a network expects it.

    Attributes:
        image: float32 (28, 28) in [0, 1], white ink on black.
        renderings: float32 (R, 28, 28) in [0, 1], `image` and then the same digit drawn in other
            ways. A network's answer is the mean of its answers to them: core.evaluation.read.
        strokes: those of this digit, as they lie on the canvas; None for a picture.
    """

    image: np.ndarray
    _make_stages: Callable[[], tuple[Stage, ...]] = field(repr=False)
    _others: tuple[np.ndarray, ...] = field(default=(), repr=False)
    strokes: Strokes | None = field(default=None, repr=False)

    @cached_property
    def renderings(self) -> np.ndarray:
        return np.stack([self.image, *self._others])

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """Each step from what was drawn to `image`, drawn when first asked for."""
        return self._make_stages()


def prepare(canvas_json: dict | None) -> Prepared:
    """What was drawn on the canvas, taken for one digit, as a network expects it.

    The result does not depend on where, how large or with which brush the digit was drawn. A
    dot beside a real stroke is left out: a stroke whose box is at most 8 % as long as the
    longest stroke's. So are an underline, a circle and a box that stand clear of the digit.

    Args:
        canvas_json: what the canvas returns as `json_data`.

    Raises:
        EmptyDrawing: nothing was drawn, or only a dot.
        DrawingError: the JSON is not what the canvas sends; the message says why.
    """
    strokes = read_strokes(canvas_json)
    return _prepared(strokes, without_lines_around(_without_dots(strokes)))


def prepare_all(canvas_json: dict | None) -> list[Prepared]:
    """The digits drawn side by side on the canvas, left to right, at least one; each as `prepare`.

    Raises:
        SeveralDigits: there seem to be several digits, too close together to be told apart.
        EmptyDrawing, DrawingError: as `prepare` does.
    """
    strokes = read_strokes(canvas_json)
    digits = digits_apart(without_lines_around(_without_dots(strokes)))
    return [_prepared(strokes, digit) for digit in digits]


def prepare_one(canvas_json: dict | None) -> Prepared:
    """The one digit on the canvas, where it has to be one.

    Raises:
        SeveralDigits: there seem to be several.
        EmptyDrawing, DrawingError: as `prepare` does.
    """
    digit, *more = prepare_all(canvas_json)
    if more:
        raise SeveralDigits(
            f"There seem to be {1 + len(more)} digits here. Only one can be read at this place: "
            "press Clear, or Undo, and leave one."
        )
    return digit


def prepare_pixels(pixels: np.ndarray) -> Prepared:
    """A digit on a photograph, a scan or a canvas picture, as a network expects it.

    As `prepare_all_pixels`, for a picture of one digit.

    Raises:
        EmptyDrawing: nothing stands out from the paper, or only a dot.
        DrawingError: the array is no picture, or there seem to be several digits on it; the message
            says which.
    """
    from core.strokes.pictures import find_lines  # loads a large imaging library

    return _redrawn(find_lines(pixels))


def prepare_all_pixels(pixels: np.ndarray) -> list[Prepared]:
    """All digits on a picture, left to right, at least one, as a network expects them.

    Ink is told from paper, dark on light or light on dark; the middle of its lines is found and
    drawn again like a drawing's strokes. The grey ink itself, scaled, is the second rendering; on
    a ground of one brightness, which no photographed paper has, it is three more, in three sizes.

    Args:
        pixels: uint8 (H, W), (H, W, 3) or (H, W, 4), for instance from `read_picture` in
            core/strokes/files.py.

    Raises:
        EmptyDrawing: nothing stands out from the paper, or only a dot.
        DrawingError: the array is not of that kind; the message says why.
    """
    from core.strokes.pictures import find_all_lines  # loads a large imaging library

    return [_redrawn(lines) for lines in find_all_lines(pixels)]


def _redrawn(lines: Lines) -> Prepared:
    dots = len(lines.points)  # so close together that they make lines
    image, placed = _render_strokes(Strokes(lines.points, np.ones(dots, bool), np.ones(dots)))
    return Prepared(image, partial(picture_stages, lines, placed, image), lines.scaled)


def _prepared(strokes: Strokes, digit: Strokes) -> Prepared:
    """One digit of all that was drawn."""
    image, placed = _render_strokes(digit)
    stages = partial(stroke_stages, strokes, digit, placed, image)
    return Prepared(image, stages, strokes=digit)


def _without_dots(strokes: Strokes) -> Strokes:
    lengths = strokes.lengths()  # (S,)
    if np.all(lengths <= DOT * strokes.brush_widths[strokes.begins]):
        raise EmptyDrawing("That is only a dot. Draw a whole digit.")
    return strokes.only(lengths > STRAY * lengths.max())


def _render_strokes(strokes: Strokes) -> tuple[np.ndarray, Strokes]:
    """The image (28, 28) of one drawing, and the strokes as they lie in it."""
    points = strokes.points - strokes.points.min(0)
    points /= points.max()  # from 0 to 1: float32 then loses nothing that can be seen
    pen = torch.tensor([PEN_WIDTH])
    images, placed = draw(
        torch.tensor(points[None], dtype=torch.float32), torch.tensor(strokes.connected[None]), pen
    )
    widths = np.full(len(points), PEN_WIDTH)
    return images[0].numpy(), Strokes(placed[0].numpy(), strokes.begins, widths)
