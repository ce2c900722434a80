"""Digits to draw, what the canvas and a camera would make of them, and how images are compared."""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image, ImageDraw

from core.drawing import prepare
from tests import replay

CLOSE = 0.06  # two images are the same when no pixel differs by more


def curve(*corners: tuple[float, float], points: int = 40) -> np.ndarray:
    """A smooth stroke through corners in a box of 100 × 100, y down."""
    corners = np.array(corners, dtype=float)
    along = np.linspace(0, len(corners) - 1, points)
    stroke = [np.interp(along, np.arange(len(corners)), column) for column in corners.T]
    kernel = np.hanning(9) / np.hanning(9).sum()
    return np.stack([np.convolve(np.pad(c, 4, mode="edge"), kernel, "valid") for c in stroke], 1)


SEVEN = [curve((15, 5), (85, 5), (40, 95)), curve((35, 50), (72, 50))]
FIVE = [curve((30, 10), (25, 45), (60, 40), (75, 65), (50, 95), (20, 85)), curve((30, 10), (75, 8))]
ONE = [curve((50, 0), (50, 100))]
ZERO = [50 + 48 * np.stack([0.6 * np.sin(t), -np.cos(t)], 1) for t in [np.linspace(0, 6.2, 60)]]
DIGITS = {"seven": SEVEN, "five": FIVE, "one": ONE, "zero": ZERO}


def dot(x: float, y: float) -> np.ndarray:
    """A click, in the same box."""
    return np.array([(x, y), (x, y)], dtype=float)


def image(strokes, **drawn) -> np.ndarray:
    return prepare(replay.canvas_json(strokes, **drawn)).image


def painted(
    strokes, side: int = 200, pen: float = 12, ink: int = 255, paper: int = 0
) -> np.ndarray:
    """The strokes as a picture, uint8 (side, side), the digit in the middle."""
    large = Image.new("L", (side * 4, side * 4), paper)
    brush = ImageDraw.Draw(large)
    for stroke in strokes:
        points = ((stroke * 0.7 + 15) * side / 25).tolist()
        brush.line([tuple(point) for point in points], fill=ink, width=round(pen * 4))
        for point in points:
            brush.circle(point, pen * 2, fill=ink)
    return np.asarray(large.reduce(4))


def assert_same(one: np.ndarray, other: np.ndarray, within: float = CLOSE) -> None:
    assert np.abs(one - other).max() < within


def box_of(picture: np.ndarray) -> tuple[int, int]:
    """Height and width of the box of all that can be seen."""
    inked = picture > 0.02
    rows, columns = np.flatnonzero(inked.any(1)), np.flatnonzero(inked.any(0))
    return int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1


def centre_of_mass(picture: np.ndarray) -> np.ndarray:
    y, x = np.indices(picture.shape)
    return np.array([(x * picture).sum(), (y * picture).sum()]) / picture.sum()


def as_batch(*drawings) -> tuple[torch.Tensor, torch.Tensor]:
    most = max(sum(map(len, strokes)) for strokes in drawings)
    points = torch.zeros(len(drawings), most, 2)
    connected = torch.ones(len(drawings), most - 1, dtype=torch.bool)
    for row, strokes in enumerate(drawings):
        together = torch.tensor(np.concatenate(strokes), dtype=torch.float32)
        points[row, : len(together)] = together
        points[row, len(together) :] = together[-1]  # filled up with the last point
        for end in np.cumsum([len(stroke) for stroke in strokes])[:-1]:
            connected[row, end - 1] = False
    return points, connected


def path_drawing(path: list, **properties) -> dict:
    return {"objects": [{"type": "Path", "path": path, "strokeWidth": 10, **properties}]}


# What the canvas sent for a real mouse: a hook and a click.
MOUSE = [(60, 200), (95, 197), (130, 195), (165, 192), (200, 190), (202, 202), (205, 215)]
MOUSE += [(207, 227), (210, 240)]
HOOK = {
    "left": 135,
    "top": 215.2621,
    "width": 150.04,
    "height": 49.5158,
    "path": [
        ["M", 59.98, 200.02],
        ["Q", 60, 200, 77.5, 198.5],
        ["Q", 95, 197, 112.5, 196],
        ["Q", 130, 195, 147.5, 193.5],
        ["Q", 165, 192, 182.5, 191],
        ["Q", 200, 190, 201, 196],
        ["Q", 202, 202, 203.5, 208.5],
        ["Q", 205, 215, 207.5, 227.5],
        ["L", 210.02, 240.02],
    ],
}
CLICK = {"left": 40, "top": 40, "path": [["M", 39.98, 40], ["L", 40.02, 40]]}
