"""Pen strokes become white ink on black, 28×28 pixels, the way MNIST's digits look.

Many drawings at once, for a visitor's drawing and for the built-in handwriting alike. Strokes in,
images out: it knows neither the canvas nor pictures, and no network.
"""

import math

import torch
from torch import Tensor

from core.config import IMAGE_SIDE

BOX = 20.0  # longest side of the box that holds all ink, in pixels, as in MNIST
CENTRE = 14.0  # where MNIST's centre of mass lies, counting pixel centres from 0
# Measured on 6,000 MNIST training images as 2 · area / outline at half brightness: 2.52 px mean,
# 2.44 px median. A pen of 2.4 px here measures 2.49 px in the same way.
PEN_WIDTH = 2.4
EDGE = 1.05  # pixels over which an edge fades from ink to paper, measured likewise

STEP = 0.5  # pixels between the stamps that make up a line
_CHUNK = 64  # images drawn at a time: the working set then stays in the processor's cache


def render(points: Tensor, connected: Tensor, pen_width: float | Tensor = PEN_WIDTH) -> Tensor:
    """Draw strokes as white ink on black, laid out as MNIST's digits are.

    Args:
        points: float (B, P, 2), finite, x to the right and y down, in any unit. Fill a short
            drawing up by repeating its last point, connected: that adds no ink.
        connected: bool (B, P-1), True where points i and i+1 belong to one stroke. A point
            connected to nothing is a dot as wide as the pen.
        pen_width: width of the pen in pixels of the image, one for all or float (B,).

    Returns:
        float32 (B, 28, 28) in [0, 1]. The longest side of the box that holds all ink is 20 px,
        width and height keep their ratio, and the ink's centre of mass is at pixel (14, 14)
        unless that would push ink over the edge. MNIST was laid out like this
        (http://yann.lecun.com/exdb/mnist/), though with whole-pixel moves.
    """
    widths = torch.as_tensor(pen_width, dtype=torch.float32).expand(len(points))
    images = torch.empty(len(points), IMAGE_SIDE, IMAGE_SIDE)
    for start in range(0, len(points), _CHUNK):
        part = slice(start, start + _CHUNK)
        images[part], _ = draw(points[part].float(), connected[part], widths[part])
    return images


def draw(points: Tensor, connected: Tensor, widths: Tensor) -> tuple[Tensor, Tensor]:
    """The images (B, 28, 28), and the points (B, P, 2) where they lie in them, in pixels."""
    points = _fit_to_box(points, widths)
    owners, stamps = _stamps(points, connected)
    shift = _centring(points.amax(1), owners, stamps, widths)  # (B, 2)
    return _ink(owners, stamps + shift[owners], widths), points + shift[:, None]


def _fit_to_box(points: Tensor, widths: Tensor) -> Tensor:
    """Scale so that the line with its pen and faded edge is 20 px along the longer side."""
    low, high = points.amin(1), points.amax(1)  # (B, 2)
    extent = (high - low).amax(1).clamp(min=1e-30)  # (B,)
    scale = (BOX - EDGE - widths).clamp(min=0) / extent
    return (points - low[:, None]) * scale[:, None, None]


def _stamps(points: Tensor, connected: Tensor) -> tuple[Tensor, Tensor]:
    """The places (N, 2) where the pen touches the paper, and for each the image (N,) it is in.

    A line is a row of such places half a pixel apart: next to a round pen more than two pixels
    wide, nobody can tell.
    """
    moves = torch.zeros_like(points)  # (B, P, 2), from each point to the next of its stroke
    moves[:, :-1] = (points[:, 1:] - points[:, :-1]) * connected[..., None]
    counts = (moves.norm(dim=2) / STEP).ceil().long()  # (B, P)
    counts[:, :-1] += ~connected
    counts[:, -1] += 1
    counts = counts.flatten()
    origins = torch.repeat_interleave(counts)  # (N,), the point that each stamp follows
    number = torch.arange(len(origins)) - (counts.cumsum(0) - counts)[origins]
    along = (number / counts[origins])[:, None]
    stamps = points.flatten(0, 1)[origins] + along * moves.flatten(0, 1)[origins]
    return origins // points.shape[1], stamps


def _centring(extent: Tensor, owners: Tensor, stamps: Tensor, widths: Tensor) -> Tensor:
    """How far to move each drawing, (B, 2), so that its ink balances in the middle.

    Args:
        extent: (B, 2), the drawing's points lie between 0 and here.
    """
    reach = ((widths + EDGE) / 2)[:, None]  # of the ink beyond the middle of its line
    lowest, highest = reach - 0.5, IMAGE_SIDE - 0.5 - reach - extent  # moves that lose no ink
    shift = (lowest + highest) / 2
    shift = shift + CENTRE - _centre_of_mass(_ink(owners, stamps + shift[owners], widths))
    return torch.minimum(torch.maximum(shift, lowest), highest)


def _ink(owners: Tensor, stamps: Tensor, widths: Tensor) -> Tensor:
    """Images (B, 28, 28) of round stamps (N, 2), looking only at the pixels near each stamp."""
    border = math.ceil((float(widths.max()) + EDGE) / 2)  # no stamp reaches further
    across = IMAGE_SIDE + 2 * border
    offsets = torch.arange(1 - border, border + 1)  # (2R,)
    corner = stamps.floor()
    squares = ((corner - stamps)[:, :, None] + offsets).square()  # (N, 2, 2R), along x and y
    squared = squares[:, 1, :, None] + squares[:, 0, None, :]  # (N, 2R, 2R)
    x, y = (corner.long() + border).unbind(1)
    cells = ((owners * across + y) * across + x)[:, None, None]
    cells = cells + offsets[:, None] * across + offsets  # (N, 2R, 2R)
    nearest = torch.full((len(widths) * across * across,), math.inf)
    nearest.scatter_reduce_(0, cells.flatten(), squared.flatten(), "amin")
    distance = nearest.view(-1, across, across)[:, border:-border, border:-border].sqrt()
    return ((widths[:, None, None] / 2 - distance) / EDGE + 0.5).clamp(0, 1)


def _centre_of_mass(images: Tensor) -> Tensor:
    """Where the ink balances, (B, 2) as x and y in pixels."""
    pixels = torch.arange(images.shape[-1], dtype=images.dtype)
    weights = torch.stack([images.sum(1), images.sum(2)], dim=1)  # (B, 2, side)
    return (weights * pixels).sum(2) / images.sum((1, 2))[:, None].clamp(min=1e-9)
