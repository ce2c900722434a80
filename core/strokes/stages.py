"""The steps from a drawing or a picture to what the network sees, as images with their reasons.

For people to look at: it shows what core/drawing.py and core/strokes/pictures.py did and
decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

from core.strokes.pen import Strokes

if TYPE_CHECKING:
    from core.strokes.pictures import Lines

CANVAS = 280  # the drawing box that the first stage shows, in canvas pixels
_SIDE = 140  # width and height of a painted stage, in pixels
_FINER = 4  # stages are painted this many times larger, then shrunk, for smooth edges


@dataclass(frozen=True, eq=False)
class Stage:
    """One step on the way from a drawing to the network.

    Attributes:
        title: what the image shows, in a few words.
        reason: why the step is there, in one plain sentence.
        image: float32 (height, width) in [0, 1], white ink on black; of any size.
    """

    title: str
    reason: str
    image: np.ndarray


def stroke_stages(
    strokes: Strokes, digit: Strokes, placed: Strokes, image: np.ndarray
) -> tuple[Stage, ...]:
    """The steps from the canvas.

    Args:
        strokes: all that was drawn.
        digit: the same without stray dots.
        placed: the digit as it lies in `image`, with the pen of `image`, in its pixels.
        image: float32 (28, 28), what the network sees.
    """
    drawn = Stage(
        "As drawn",
        "These are the strokes, as they lie in the drawing box.",
        _painted(strokes, *_canvas_window(strokes)),
    )
    cropped = Stage(
        "Cropped",
        "It should not matter where or how large you draw, so only the part with the digit stays.",
        _painted(digit, *_window(digit)),
    )
    return drawn, cropped, *_last_stages(placed, image)


def picture_stages(lines: Lines, placed: Strokes, image: np.ndarray) -> tuple[Stage, ...]:
    """The steps from a picture; `placed` and `image` as in `stroke_stages`."""
    given = Stage("Your picture", "This is how bright your picture is at each point.", lines.grey)
    ink = Stage(
        "Ink found",
        "Paper, shadows and dust are taken away, and ink becomes white, so that only what you "
        "wrote is left.",
        lines.ink,
    )
    cropped = Stage(
        "Cropped",
        "It should not matter where or how large you write, so only the part with the digit stays.",
        lines.digit,
    )
    as_it_is = Stage(
        "Read as it is, too",
        "How thick the ink is says something as well, so the network is also given the ink itself, "
        "only smaller. Its answer is the mean.",
        lines.scaled[-1],
    )
    evened, _, seen = _last_stages(placed, image)
    return given, ink, cropped, as_it_is, evened, seen


def _last_stages(placed: Strokes, image: np.ndarray) -> tuple[Stage, ...]:
    evened = Stage(
        "Pen width evened",
        "A thick and a thin pen should read the same, so the lines are drawn again with the pen "
        "width of the digits that the network learned from.",
        _painted(placed, *_window(placed)),
    )
    centred = Stage(
        "Centred",
        "The digits that the network learned from balance in the middle, so yours is moved there.",
        _painted(placed, np.array([-0.5, -0.5]), len(image)),  # pixel 0 has its middle at 0
    )
    seen = Stage(
        "What the network sees",
        "The picture becomes 28 × 28 grey values: these 784 numbers are all that it gets.",
        image,
    )
    return evened, centred, seen


def _window(strokes: Strokes) -> tuple[np.ndarray, float]:
    """Corner (2,) and side of the smallest square round all ink."""
    low, high = _ink_box(strokes)
    side = float((high - low).max())
    return (low + high - side) / 2, side


def _canvas_window(strokes: Strokes) -> tuple[np.ndarray, float]:
    """Corner (2,) and side of the drawing box, or of more where ink lies beyond it."""
    low, high = _ink_box(strokes)
    low, high = np.minimum(low, 0), np.maximum(high, CANVAS)
    return low, float((high - low).max())


def _ink_box(strokes: Strokes) -> tuple[np.ndarray, np.ndarray]:
    reach = strokes.brush_widths[:, None] / 2
    return (strokes.points - reach).min(0), (strokes.points + reach).max(0)


def _painted(strokes: Strokes, corner: np.ndarray, side: float) -> np.ndarray:
    """float32 (140, 140): the strokes, seen through a square window."""
    scale = _SIDE * _FINER / side
    picture = Image.new("L", (_SIDE * _FINER, _SIDE * _FINER))
    pen = ImageDraw.Draw(picture)
    places = ((strokes.points - corner) * scale).tolist()
    widths = (strokes.brush_widths * scale).clip(_FINER).tolist()  # the thinnest can be seen, too
    before = places[0]
    for place, begins, width in zip(places, strokes.begins, widths, strict=True):
        pen.circle(place, width / 2, fill=255)
        if not begins:
            pen.line((*before, *place), fill=255, width=round(width))
        before = place
    return np.asarray(picture.reduce(_FINER), dtype=np.float32) / 255
