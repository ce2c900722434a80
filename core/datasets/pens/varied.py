"""Real strokes, written anew: the same digit as another hand might write it.

Whole batches vary as strokes, before they are inked: pieces of the path get longer and shorter, the
line bends, the digit leans, turns and stretches, the pen is another. The ink is that of a visitor's
drawing (core/strokes/ink.py). Nothing here knows a network.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from core.config import IMAGE_SIDE
from core.datasets.pens.collection import Pens
from core.datasets.pens.paths import SAMPLES, Paths, paths_of, resample
from core.strokes.ink import PEN_WIDTH, render

PIECES = 16  # of a path that get longer or shorter, each as one
LIMIT = 2.0  # no hand strays further than this many standard deviations
CHUNK = 1_000  # images made at a time, so that memory stays small

OnProgress = Callable[[int, int], None]


@dataclass(frozen=True)
class Variety:
    """How much hands differ: standard deviations, in sizes of a digit where nothing is said.

    Half as much, and half as much again, taught the tutorial network no more about writers it never
    saw (tests.benchmarks.materials --variety).
    """

    pace: float = 0.06  # variance of the intervals of GPSR, see `pace`; its authors take 0.25
    bend: float = 0.06  # radians by which the line turns off its way, in waves along it
    slip: float = 0.02  # strokes shift against each other
    slant: float = 0.2  # shift to the right per unit of height
    stretch: float = 0.15  # natural logarithm of width / height
    taper: float = 0.12  # the upper half is wider than the lower one
    balance: float = 0.1  # the upper half is larger than the lower one
    turn: float = 0.07  # radians; with the bend, hardly ever so far that a 1 looks like a 7
    pen: float = 0.2  # natural logarithm of the pen's width


USUAL = Variety()
NONE = Variety(*[0.0] * 9)  # every digit as it was written


def choose(pens: Pens, count: int, random: torch.Generator) -> Tensor:
    """`count` digits at random, int64 (count,): labels equally often, and all writers of a label.

    A digit may come more than once. Raises ValueError when there is none.
    """
    if not len(pens):
        raise ValueError("There is no digit to choose from.")
    if not count:
        return torch.zeros(0, dtype=torch.int64)
    _, kind, size = np.unique(
        pens.labels * len(pens.names) + pens.writers, return_inverse=True, return_counts=True
    )
    writers = np.bincount(np.unique(np.stack([pens.labels, pens.writers]), axis=1)[0])
    chances = torch.from_numpy(1 / (size[kind] * writers[pens.labels]))
    return torch.multinomial(chances, count, replacement=True, generator=random)


def write(
    paths: Paths, chosen: Tensor, random: torch.Generator, variety: Variety = USUAL
) -> tuple[Tensor, Tensor]:
    """The digits `chosen`, int64 (B,), as strokes that vary.

    Returns:
        points float32 (B, SAMPLES, 2) about (0, 0), a digit being about 1 in size, y down; and
        which of them are connected, bool (B, SAMPLES - 1), as `render` takes them.
    """
    count = len(chosen)

    def normal(*shape: int) -> Tensor:
        return torch.randn(count, *shape, generator=random).clamp(-LIMIT, LIMIT)

    stroke, connected = paths.stroke[chosen], paths.connected(chosen)
    intervals = 1 + math.sqrt(12 * variety.pace) * torch.rand(count, PIECES, generator=random)
    intervals = intervals.repeat_interleave(SAMPLES // PIECES, dim=1)[:, :-1]
    points = resample(paths, chosen, intervals)
    # Which stroke of its digit each sample lies on, as sums over strokes need it: (B, strokes, S)
    number = stroke - stroke[:, :1]
    member = (number[:, None] == torch.arange(int(number.max()) + 1)[:, None]).float()
    steps = points.diff(dim=1) * connected[:, :, None]
    steps = pace(steps, intervals, member[:, :, 1:] * connected[:, None])
    steps = turned(steps, variety.bend * waves(normal(3), torch.rand(count, 3, generator=random)))
    moved = functional.pad(steps, (0, 0, 1, 0)).cumsum(1) - points
    moved = moved - mean_of_strokes(moved, member)  # each stroke stays about where it was
    slip = variety.slip * normal(int(number.max()) + 1, 2)
    points = points + moved + slip.gather(1, number[:, :, None].expand(-1, -1, 2))
    return lay_out(points, normal(5), variety), connected


def pace(steps: Tensor, intervals: Tensor, member: Tensor) -> Tensor:
    """Where the pen was slow the line gets longer, and shorter where it was fast.

    This is gesture path stochastic resampling (GPSR): E. M. Taranta II, M. Maghoumi, C. R. Pittman,
    J. J. LaViola Jr., "A Rapid Prototyping Approach to Synthetic Data Generation for Improved 2D
    Gesture Recognition", UIST 2016. Points at random intervals are moved until all intervals are
    alike. Here the step is divided by the interval instead of by its own length: the same on a
    straight line, and corners stay sharp.

    Args:
        steps: (B, S, 2), from each point to the next.
        intervals: (B, S), those between the points, as given to `resample`.
        member: (B, strokes, S), 1 where a step belongs to a stroke, else 0.
    """
    average = (member @ intervals[:, :, None]) / member.sum(2, keepdim=True).clamp(min=1)
    return steps * (member.mT @ average) / intervals[:, :, None]


def waves(sizes: Tensor, phases: Tensor) -> Tensor:
    """Three waves along the whole path, of 1/2, 1 and 2 cycles: (B, 3) each -> (B, SAMPLES - 1)."""
    cycles = torch.tensor([0.5, 1.0, 2.0])
    along = torch.arange(SAMPLES - 1) / (SAMPLES - 1)
    angles = 2 * math.pi * (cycles * along[:, None] + phases[:, None])  # (B, S, 3)
    return (angles.sin() @ sizes[:, :, None])[:, :, 0]


def turned(steps: Tensor, angles: Tensor) -> Tensor:
    """Steps (..., 2) turned by angles (...) in radians."""
    x, y = steps.unbind(-1)
    sine, cosine = angles.sin(), angles.cos()
    return torch.stack([x * cosine - y * sine, x * sine + y * cosine], dim=-1)


def mean_of_strokes(values: Tensor, member: Tensor) -> Tensor:
    """For each sample the mean over its stroke: (B, S, 2). member: (B, strokes, S) of 0 and 1."""
    return member.mT @ (member @ values / member.sum(2, keepdim=True).clamp(min=1))


def lay_out(points: Tensor, normals: Tensor, variety: Variety) -> Tensor:
    """Stretch, taper, slant and turn points (B, S, 2), each by a standard normal number (B, 5)."""
    slant, stretch, taper, balance, turn = normals[:, :, None].unbind(1)  # (B, 1) each
    x, y = (points - (points.amin(1, keepdim=True) + points.amax(1, keepdim=True)) / 2).unbind(2)
    y = y + variety.balance * balance * (0.25 - y**2)
    x = x * torch.exp(variety.stretch * stretch) * (1 - variety.taper * taper * 2 * y)
    x = x - variety.slant * slant * y
    return turned(torch.stack([x, y], dim=2), variety.turn * turn)


def vary(paths: Paths, chosen: Tensor, random: torch.Generator, variety: Variety = USUAL) -> Tensor:
    """Images, float32 (B, 28, 28) in [0, 1], white on black, of the digits `chosen`, int64 (B,).

    Every call gives others; the same state of `random`, a generator on the CPU, gives the same.
    Raises IndexError for a digit that is not there.
    """
    if len(chosen) == 0:
        return torch.zeros(0, IMAGE_SIDE, IMAGE_SIDE)
    points, connected = write(paths, chosen, random, variety)
    spread = torch.randn(len(chosen), generator=random).clamp(-LIMIT, LIMIT)
    return render(points, connected, PEN_WIDTH * torch.exp(variety.pen * spread))


def inked(
    pens: Pens,
    chosen: Tensor,
    seed: int = 0,
    variety: Variety = NONE,
    on_progress: OnProgress | None = None,
) -> Tensor:
    """Images to keep, uint8 (B, 28, 28), white on black, of the digits `chosen`, int64 (B,).

    As they were written, or varied; the same seed gives the same images. `on_progress(done, total)`
    is called now and then; what it raises ends the work.
    """
    random, paths = torch.Generator().manual_seed(seed), paths_of(pens)
    images = torch.empty(len(chosen), IMAGE_SIDE, IMAGE_SIDE, dtype=torch.uint8)
    for start in range(0, len(chosen), CHUNK):
        part = slice(start, start + CHUNK)
        images[part] = vary(paths, chosen[part], random, variety).mul(255).round()
        if on_progress:
            on_progress(min(start + CHUNK, len(chosen)), len(chosen))
    return images
