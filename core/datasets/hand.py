"""How hands vary: from a style to the path that one pen takes, each time another one.

Sketches of the style are mixed and varied as people do: the hand trembles, strokes start late and
end early, corners get round, the whole digit leans and stretches. It inks nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from core.datasets.alphabet import SAMPLES, SPARE, Alphabet, alphabet

STEP = 0.06  # about the distance of two of the path's points, in heights of a digit
LIMIT = 1.8  # no hand strays further than this many standard deviations
TURN = 2 * math.pi


@dataclass(frozen=True)
class Habits:
    """How much hands differ: standard deviations, in heights of a digit where nothing is said.

    A compromise: with less variation, networks that learn from these digits miss more of MNIST;
    with more, the digits get hard to read for people, too.
    """

    haste: float = 0.35  # natural logarithm; a hasty hand exaggerates the accidents below
    wobble: float = 0.033  # where the pen passes, neighbouring points moving together
    jitter: float = 0.006  # the same, each point on its own
    slip: float = 0.02  # whole strokes shift against each other
    trim: float = 0.07  # strokes begin and end early or late
    tremor: float = 0.006  # waves along the path
    bend: float = 0.045  # waves across the paper

    round_corners: float = 0.75  # share of hands that round their corners, more or less
    lean: float = 0.12  # the mean shift to the right per unit of height
    slant: float = 0.25  # its deviation
    stretch: float = 0.2  # natural logarithm of width / height
    balance: float = 0.12  # the upper half is larger than the lower one
    taper: float = 0.2  # the upper half is wider than the lower one
    bow: float = 0.05  # the whole digit bends sideways
    turn: float = 0.08  # radians

    pen: float = 1.8  # pixels, the median before a scan makes it thicker; 2.5 after it, as MNIST
    pen_spread: float = 0.28  # natural logarithm
    felt_pens: float = 0.12  # share of hands with a pen that is 60 % wider
    size: float = 1.05  # mean scale: MNIST's 20 px hold all ink that is half as bright as the rest
    size_spread: float = 0.03
    off_centre: float = 1.2  # largest shift in pixels; MNIST's centres are rounded to whole pixels
    grain: float = 0.25  # rough paper: largest deviation of the brightness of edges
    crispness: float = 0.8  # largest share by which faint edges are brightened


HABITS = Habits()


def pen_paths(style: Tensor, random: torch.Generator) -> Tensor:
    """Pen paths (B, P, 2) of digits in these styles (B,), each different."""
    letters, habits = alphabet(), HABITS
    count, sketches, points = len(style), *letters.sketches.shape[1:3]
    strokes = 1 + int(letters.stroke.max())

    def normal(*shape: int) -> Tensor:
        return torch.randn(count, *shape, generator=random).clamp(-LIMIT, LIMIT)

    def uniform(*shape: int) -> Tensor:
        return torch.rand(count, *shape, generator=random)

    haste = torch.exp(habits.haste * normal(1, 1))  # (B, 1, 1)
    control = _mix(letters, style, uniform(sketches))  # (B, C, 2)
    wobble = habits.wobble * (letters.kinship[style] @ normal(points, 2))
    control = control + haste * (wobble + habits.jitter * normal(points, 2))

    roundness = (1 - uniform(1, 1) / habits.round_corners).clamp(min=0)
    curve = torch.lerp(letters.sharp[style] @ control, letters.flowing[style] @ control, roundness)
    path = _trim(letters, style, curve, habits.trim * haste[:, 0] * normal(2 * strokes))
    slip = habits.slip * haste * normal(strokes, 2)
    path = path + slip.gather(1, letters.stroke[style][:, :, None].expand(-1, -1, 2))

    path = path + habits.tremor * haste * _tremor(path, normal(4, 2), TURN * uniform(4))
    path = path - path.mean(1, keepdim=True)
    path = path + habits.bend * haste * _bend(path, normal(3, 4), TURN * uniform(3))
    return _lay_out(path, normal(6), habits)


def _mix(letters: Alphabet, style: Tensor, lots: Tensor) -> Tensor:
    """Control points (B, C, 2): mostly of one sketch of each style, a little of the others."""
    known = letters.has_sketch[style].float()  # (B, K)
    shares = (-torch.log(lots.clamp(min=1e-6))) ** 2.5 * known
    shares = shares / shares.sum(1, keepdim=True)
    average = known / known.sum(1, keepdim=True)
    shares = torch.lerp(average, shares, 1.2)  # some go beyond the sketches
    return torch.einsum("bk,bkcd->bcd", shares, letters.sketches[style])


def _trim(letters: Alphabet, style: Tensor, curve: Tensor, longer: Tensor) -> Tensor:
    """Samples (B, P, 2) of strokes whose ends (B, 2 strokes) reach so much further, or less far."""
    stroke = letters.stroke[style]  # (B, P)
    longer = (longer / STEP).clamp(-SPARE, SPARE - 0.01)
    start = letters.first[style] - longer.gather(1, 2 * stroke)
    stop = letters.last[style] + longer.gather(1, 2 * stroke + 1)
    place = torch.lerp(start, stop, letters.along[style])
    before = place.floor()
    index = before.long()[:, :, None].expand(-1, -1, 2)
    return torch.lerp(
        curve.gather(1, index), curve.gather(1, index + 1), (place - before)[:, :, None]
    )


def _tremor(path: Tensor, sizes: Tensor, phases: Tensor) -> Tensor:
    """Four small waves along the way that the pen has travelled (B, P, 2)."""
    cycles = torch.tensor([0.7, 1.2, 1.9, 2.8])  # to each height of a digit
    travelled = functional.pad(path.diff(dim=1).norm(dim=2), (1, 0)).cumsum(1)  # (B, P)
    angles = TURN * travelled[:, :, None] * cycles + phases[:, None]  # (B, P, 4)
    return angles.sin() @ sizes


def _bend(path: Tensor, waves: Tensor, phases: Tensor) -> Tensor:
    """How paper that bends in three long waves moves the points of the path (B, P, 2)."""
    directions, sizes = waves.split(2, dim=2)  # (B, 3, 2)
    angles = path @ (2.5 * directions.mT) + phases[:, None]  # (B, P, 3)
    return angles.sin() @ sizes


def _lay_out(path: Tensor, normals: Tensor, habits: Habits) -> Tensor:
    """Lean, stretch, taper and turn the paths (B, P, 2), which lie about (0, 0)."""
    slant, stretch, turn, taper, balance, bow = (normals[:, i, None] for i in range(6))
    x, y = path.unbind(2)
    y = y + habits.balance * balance * (0.25 - y**2)
    x = x * torch.exp(habits.stretch * stretch) * (1 + habits.taper * taper * y)
    x = x - (habits.lean + habits.slant * slant) * y + habits.bow * bow * (1 - 4 * y**2)
    sine, cosine = torch.sin(habits.turn * turn), torch.cos(habits.turn * turn)
    return torch.stack([x * cosine - y * sine, x * sine + y * cosine], dim=2)


def pen_widths(path: Tensor, connected: Tensor, random: torch.Generator) -> Tensor:
    """Widths (B,) in pixels, spread as MNIST's, of pens that leave the loops of the paths open."""
    spread = HABITS.pen_spread * torch.randn(len(path), generator=random)
    felt = 1 + 0.6 * (torch.rand(len(path), generator=random) < HABITS.felt_pens)
    size = path.amax(1) - path.amin(1)  # (B, 2)
    length = (path.diff(dim=1).norm(dim=2) * connected).sum(1)
    detour = (length - size.norm(dim=1)).clamp(min=0.02)  # what is more than one straight line
    around = path - path.mean(1, keepdim=True)
    area = 8 * torch.linalg.det(around.mT @ around / SAMPLES).clamp(min=0).sqrt()  # of an ellipse
    room = 20 / size.amax(1) * (area + 0.02) / detour  # pixels to the sides of the line
    widths = HABITS.pen * felt * torch.exp(spread)
    return torch.minimum(widths, 0.45 * room).clamp(1.1, 6.0)
