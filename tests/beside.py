"""Digits written side by side, made of real single ones, with lines around them where wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from core import drawing
from tests import replay
from tests.drawn import as_batch
from tests.replay import Stroke

SAME = 0.02  # mean difference of two images of one digit, drawn alone and among others


@dataclass(frozen=True)
class Beside:
    """Several digits on one sheet: the strokes of each, where they lie."""

    digits: list[list[Stroke]]

    @property
    def strokes(self) -> list[Stroke]:
        return [stroke for digit in self.digits for stroke in digit]


def side_by_side(
    digits: Sequence[Sequence[Stroke]],
    gap: float,
    random: np.random.Generator,
    least_size: float = 0.75,
) -> Beside:
    """The digits on one line, left to right.

    Args:
        gap: between the boxes of their lines, as a share of a digit's height; the ink reaches
            half a brush further.
        random: for the height of each, from `least_size` to 1, and how far it stands off the line
            of writing, up to 0.08.
    """
    placed: list[list[Stroke]] = []
    right = -gap
    for strokes in digits:
        points = np.concatenate(strokes)
        scale = random.uniform(least_size, 1) / max(np.ptp(points[:, 1]), 1e-9)
        corner = np.array([points[:, 0].min(), points[:, 1].max()])
        move = np.array([right + gap, random.uniform(-0.08, 0.08)])
        placed.append([(np.asarray(stroke) - corner) * scale + move for stroke in strokes])
        right = max(stroke[:, 0].max() for stroke in placed[-1])
    return Beside(placed)


def underline(beside: Beside, random: np.random.Generator) -> Stroke:
    """A line below all, by hand."""
    low, high = _box(beside)
    reach = max(high[0] - low[0], 0.4 * (high[1] - low[1])) * random.uniform(0.45, 0.7, 2)
    level = high[1] + random.uniform(0.1, 0.25) * (high[1] - low[1])
    middle, slope = (low[0] + high[0]) / 2, 0.03 * reach.sum() * random.uniform(-1, 1)
    return np.array([(middle - reach[0], level), (middle + reach[1], level + slope)])


def circle(beside: Beside, random: np.random.Generator) -> Stroke:
    """A line round all, by hand."""
    low, high = _box(beside)
    radius = np.hypot(*(high - low)) / 2 * random.uniform(1.1, 1.3, 2)
    turn = np.linspace(0, 2 * np.pi * random.uniform(0.97, 1.05), 60) + random.uniform(0, 6)
    return (low + high) / 2 + radius * np.stack([np.cos(turn), np.sin(turn)], 1)


def box(beside: Beside, random: np.random.Generator) -> Stroke:
    """Four straight lines round all, in one stroke."""
    low, high = _box(beside)
    room = random.uniform(0.1, 0.25) * (high - low).max()
    (left, top), (right, bottom) = low - room, high + room
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)])
    corners += random.normal(0, 0.01, (5, 2))
    along = np.linspace(0, 4, 81)
    return np.stack([np.interp(along, np.arange(5), column) for column in corners.T], 1)


AROUND: dict[str, Callable[[Beside, np.random.Generator], Stroke]] = {
    "underlined": underline,
    "circled": circle,
    "boxed": box,
}


def outcome(beside: Beside, around: Sequence[Stroke] = ()) -> str:
    """What `prepare_all` makes of the drawing: "right" when every digit comes out as it does when
    it is drawn alone; otherwise "several" (it says so), "one", or "wrong".
    """
    try:
        found = drawing.prepare_all(canvas_of([*beside.strokes, *around]))
    except drawing.SeveralDigits:
        return "several"
    if len(found) == len(beside.digits):
        pairs = zip(found, beside.digits, strict=True)
        return "right" if all(is_digit(each.image, digit) for each, digit in pairs) else "wrong"
    return "one" if len(found) == 1 else "wrong"


def canvas_of(strokes: Sequence[Stroke]) -> dict:
    return replay.canvas_json(strokes, size=0.9, brush=18)


def is_digit(image: np.ndarray, digit: Sequence[Stroke]) -> bool:
    """Whether an image is that of this digit drawn alone, or of all its strokes: beside others, a
    dot or a loose foot of a 1 may stay that goes when it is alone.
    """
    points, connected = as_batch(digit)
    alone = drawing.prepare(canvas_of(digit)).image, drawing.render(points, connected)[0].numpy()
    return any(np.abs(image - each).mean() < SAME for each in alone)


def _box(beside: Beside) -> tuple[np.ndarray, np.ndarray]:
    points = np.concatenate(beside.strokes)
    return points.min(0), points.max(0)
