"""How well a network still reads when the digits move: shifted, turned, resized, redrawn, noisy.

`sweep` measures step by step and yields every result, so that whoever reads it can stop at any
time; `Sweep` reads it in a thread of its own. The changes are exact and repeat; the random ones
that training uses are in core/datasets/augment.py.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.data import Digits, scaled
from core.datasets.augment import thicken
from core.evaluation import Evaluation, evaluate

IMAGES = 2_000  # measured on so many: the 95 % interval is then at most 4.4 points wide
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


def sample(digits: Digits, count: int = IMAGES) -> Digits:
    """`count` of the digits, always the same ones, drawn by chance; all where there are fewer.

    The first of MNIST's test images are easier than the last, so the first would not do.
    """
    order = torch.randperm(len(digits), generator=torch.Generator().manual_seed(0))
    return digits[order[:count]]


def changed(digits: Digits, change: Change, strength: float) -> Digits:
    """The digits after the change, as uint8 again; at the neutral strength the very same."""
    if strength == change.neutral:
        return digits
    images = change.apply(scaled(digits.images), strength)
    return Digits((images * 255).round().to(torch.uint8), digits.labels)


@dataclass(frozen=True)
class Point:
    """One measurement: the number of the network, the strength of the change, the exam."""

    network: int
    strength: float
    result: Evaluation


def sweep(models: Sequence[nn.Module], digits: Digits, change: Change) -> Iterator[Point]:
    """Examine every network at every strength of the change, all on the same images."""
    for strength in change.strengths:
        harder = changed(digits, change, strength)
        for number, model in enumerate(models):
            yield Point(number, strength, evaluate(model, harder))


class Sweep:
    """A sweep in the background. It can be looked at and stopped at any time."""

    _turn = threading.Lock()  # sweeps of several visitors take turns, one measurement each

    def __init__(self, models: Sequence[nn.Module], digits: Digits, change: Change) -> None:
        self.total = len(models) * len(change.strengths)
        self._steps = sweep(models, digits, change)
        self._points: list[Point] = []
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweep", daemon=True)
        self._thread.start()

    def points(self) -> list[Point]:
        """What has been measured so far."""
        return list(self._points)

    @property
    def over(self) -> bool:
        """Whether it has come to its end or was stopped."""
        return not self._thread.is_alive()

    @property
    def complete(self) -> bool:
        """Whether everything has been measured."""
        return len(self._points) == self.total

    def stop(self) -> None:
        """End it after the measurement that goes on; what was measured stays."""
        self._stopped.set()

    def wait(self, seconds: float) -> bool:
        """Wait for its end; whether it came."""
        self._thread.join(seconds)
        return self.over

    def _run(self) -> None:
        while not self._stopped.is_set():
            with self._turn:
                point = next(self._steps, None)
            if point is None:
                return
            self._points.append(point)
