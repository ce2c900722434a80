"""Ways to change digits: shifted, turned, resized, redrawn, noisy.

They are exact and repeat, so that strengths and networks can be compared; the random changes that
training uses are in core/datasets/augment.py.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from core.datasets.augment import thicken

DIRECTIONS = ((0, 1), (0, -1), (1, 0), (-1, 0))  # right, left, down, up


@dataclass(frozen=True)
class Change:
    """One way to change images. `apply` maps float32 (B, 28, 28) in [0, 1] to the same."""

    label: str
    axis: str  # what the strength is, with its unit
    words: str  # the change at a strength, which stands for {}
    strengths: tuple[float, ...]
    neutral: float  # the strength at which nothing changes
    apply: Callable[[Tensor, float], Tensor]
    description: str


def shifted(images: Tensor, pixels: float) -> Tensor:
    """Moved by whole pixels: the first image right, then left, down, up, and so on in turn."""
    reach = round(pixels)
    side = images.shape[-1]
    wide = functional.pad(images, (reach, reach, reach, reach))
    moved = torch.empty_like(images)
    for number, (down, right) in enumerate(DIRECTIONS):
        top, left = reach * (1 - down), reach * (1 - right)
        moved[number::4] = wide[number::4, top : top + side, left : left + side]
    return moved


def rotated(images: Tensor, degrees: float) -> Tensor:
    """Turned about the middle: every other image clockwise, the rest the other way."""
    signs = torch.ones(len(images))
    signs[1::2] = -1
    angles = signs * math.radians(degrees)
    zero = torch.zeros_like(angles)
    rows = [angles.cos(), angles.sin(), zero, -angles.sin(), angles.cos(), zero]
    matrices = torch.stack(rows, dim=1).reshape(-1, 2, 3)
    maps = images[:, None]  # (B, 1, 28, 28)
    places = functional.affine_grid(matrices, list(maps.shape), align_corners=False)
    return functional.grid_sample(maps, places, align_corners=False)[:, 0].clamp(0, 1)


def resized(images: Tensor, percent: float) -> Tensor:
    """Made about this large round the middle, in per cent of what it was; it stays 28 × 28.

    To the nearest even number of pixels, so that the middle stays where it is.
    """
    side = images.shape[-1]
    new = 2 * round(side * percent / 200)
    small = functional.interpolate(
        images[:, None], (new, new), mode="bilinear", antialias=True, align_corners=False
    )[:, 0]
    margin = (side - new) // 2  # below zero: what stands over is cut off
    return functional.pad(small, (margin, margin, margin, margin)).clamp(0, 1)


def redrawn(images: Tensor, pixels: float) -> Tensor:
    """Lines this many pixels wider, or narrower where the number is below zero."""
    left = pixels / 2  # on either side of a line
    while left:
        step = max(-1.0, min(1.0, left))
        images = thicken(images, torch.full((len(images),), step)).clamp(0, 1)
        left -= step
    return images


def noisy(images: Tensor, spread: float) -> Tensor:
    """Every pixel brighter or darker by chance; `spread` is the standard deviation.

    The chance is always the same, so that strengths and networks can be compared.
    """
    noise = torch.randn(images.shape, generator=torch.Generator().manual_seed(0))
    return (images + spread * noise).clamp(0, 1)


CHANGES = {
    "shift": Change(
        "Shift",
        "moved by so many pixels",
        "moved by {:g} pixels",
        (0, 1, 2, 3, 4, 5, 6),
        0,
        shifted,
        "A quarter of the digits moves right, a quarter left, a quarter down, a quarter up. "
        "Ink that leaves the picture is lost.",
    ),
    "rotation": Change(
        "Rotation",
        "turned by so many degrees",
        "turned by {:g} degrees",
        (0, 10, 20, 30, 40, 50, 60),
        0,
        rotated,
        "Half of the digits turn clockwise, half the other way.",
    ),
    "size": Change(
        "Size",
        "size in per cent of the usual",
        "at {:g} % of the usual size",
        (43, 57, 71, 86, 100, 114, 129),
        100,
        resized,
        "The digits shrink or grow about the middle of the picture.",
    ),
    "pen": Change(
        "Pen width",
        "lines wider by so many pixels",
        "with lines changed by {:+g} pixels",
        (-1.5, -1, -0.5, 0, 1, 2, 3, 4),
        0,
        redrawn,
        "The lines become thinner or thicker. MNIST's are about 2.5 pixels wide.",
    ),
    "noise": Change(
        "Noise",
        "strength of the noise (1: from paper to ink)",
        "with noise of strength {:g}",
        (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6),
        0,
        noisy,
        "Every pixel becomes brighter or darker by chance (the standard deviation is given).",
    ),
}
