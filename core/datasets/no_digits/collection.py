"""Many drawings that are no digit, written by as many hands.

A network that is to say "that is no digit" learns from them; others, of letters and writers that it
never saw, say how often it does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

from core.datasets.no_digits.letters import letters
from core.datasets.no_digits.shapes import SHAPES, Strokes
from core.datasets.pens.collection import Pens, load, pens_of, split
from core.datasets.pens.varied import OnProgress, Variety, inked

WIDE = Variety(bend=0.09, slip=0.04, slant=0.25, stretch=0.25, taper=0.2, balance=0.2, turn=0.12)
Random = np.random.Generator
Maker = Callable[[Random, Pens, bool], Strokes]  # hears whose digits, and whether for an exam

# The halves of digits that are no digit themselves, and what can lie over what without being one.
HALVES = {0: ("left", "right", "top", "bottom"), 2: ("bottom",)}
OVER_EACH_OTHER = 2, 4, 5, 7


def a_letter(random: Random, pens: Pens, exam: bool) -> Strokes:
    """Of one of the fonts."""
    return list(letters(exam).values())[random.integers(len(letters(exam)))]


def a_shape(random: Random, pens: Pens, exam: bool) -> Strokes:
    """One of SHAPES."""
    return list(SHAPES.values())[random.integers(len(SHAPES))]


def a_scribble(random: Random, pens: Pens, exam: bool) -> Strokes:
    """One to three lines that turn at random, round or edged."""
    strokes = []
    for _ in range(random.integers(1, 4)):
        turns = random.uniform(0, 1, (random.integers(6, 16), 2)) * random.uniform(0.3, 1, 2)
        along = np.linspace(0, len(turns) - 1, 12 * len(turns))
        path = np.stack([np.interp(along, range(len(turns)), axis) for axis in turns.T], axis=1)
        width = random.choice([1, 9, 15])  # a running mean rounds the corners
        smooth = [np.convolve(axis, np.ones(width) / width, "valid") for axis in path.T]
        strokes.append(np.stack(smooth, axis=1) + random.uniform(0, 0.5, 2))
    return strokes


def some_marks(random: Random, pens: Pens, exam: bool) -> Strokes:
    """A few short lines here and there, as of a pen that hardly writes."""
    starts = random.uniform(0, 1, (random.integers(3, 9), 2))
    return [np.stack([start, start + random.normal(0, 0.12, 2)]) for start in starts]


def two_digits(random: Random, pens: Pens, exam: bool) -> Strokes:
    """Side by side, now and then touching; some over each other."""
    if random.random() < 0.9:
        first, second = sized(pens, random), sized(pens, random)
        gap = np.concatenate(first)[:, 0].max() + random.uniform(-0.1, 0.5)
    else:
        pair = random.choice(OVER_EACH_OTHER, 2, replace=False)
        first, second = (sized(pens, random, digit) for digit in pair)
        gap = random.uniform(-0.2, 0.2)
    shift = gap, random.uniform(-0.2, 0.2)
    return [*first, *(stroke + shift for stroke in second)]


def half_a_digit(random: Random, pens: Pens, exam: bool) -> Strokes:
    """What is left of a digit when half of it is gone, where that is no digit."""
    digit = random.choice(list(HALVES))
    strokes = [dense(stroke) for stroke in sized(pens, random, digit)]
    half = random.choice(HALVES[digit])
    axis, sign = (half in ("top", "bottom")), (1 if half in ("left", "top") else -1)
    along = sign * np.concatenate(strokes)[:, int(axis)]
    edge = np.quantile([along.min(), along.max()], random.uniform(0.4, 0.6))
    kept = [inside(stroke, sign * stroke[:, int(axis)] < edge) for stroke in strokes]
    return [run for runs in kept for run in runs] or strokes


def inside(stroke: np.ndarray, wanted: np.ndarray) -> list[np.ndarray]:
    """The unbroken runs of a stroke's points that are wanted."""
    cuts = np.flatnonzero(np.diff(wanted)) + 1
    runs = zip(np.split(stroke, cuts), np.split(wanted, cuts), strict=True)
    return [run for run, good in runs if good[0] and len(run) > 2]


def dense(stroke: np.ndarray) -> np.ndarray:
    """The same line through many points."""
    along = np.linspace(0, len(stroke) - 1, 8 * len(stroke))
    return np.stack([np.interp(along, range(len(stroke)), axis) for axis in stroke.T], axis=1)


def sized(pens: Pens, random: Random, digit: int | None = None) -> Strokes:
    """A digit, 1 high."""
    some = np.arange(len(pens)) if digit is None else np.flatnonzero(pens.labels == digit)
    strokes = pens.strokes(int(random.choice(some)))
    points = np.concatenate(strokes)
    return [(stroke - points.min(0)) / max(1.0, np.ptp(points[:, 1])) for stroke in strokes]


KINDS: dict[str, tuple[Maker, float]] = {  # and their shares
    "letter or sign": (a_letter, 0.5),
    "shape": (a_shape, 0.16),
    "scribble": (a_scribble, 0.1),
    "marks": (some_marks, 0.02),
    "two digits": (two_digits, 0.16),
    "half a digit": (half_a_digit, 0.06),
}


def no_digits(
    count: int, seed: int, exam: bool = False, on_progress: OnProgress | None = None
) -> tuple[Tensor, Tensor]:
    """Images uint8 (count, 28, 28), white on black, and of which of KINDS each is, int64 (count,).

    exam: with letters of other fonts and digits of other writers than those to learn from. The same
    seed gives the same images.
    """
    random = np.random.default_rng([seed, exam])
    pens = split(load())[int(exam)]
    makers, shares = zip(*KINDS.values(), strict=True)
    kinds = random.choice(len(makers), count, p=np.array(shares) / sum(shares))
    drawings = [makers[kind](random, pens, exam) for kind in kinds]
    return drawn_as(drawings, seed, on_progress), torch.from_numpy(kinds)


def drawn_as(
    drawings: Sequence[Strokes], seed: int, on_progress: OnProgress | None = None
) -> Tensor:
    """These drawings by as many hands: images uint8 (N, 28, 28), white on black."""
    return inked(pens_of(drawings), torch.arange(len(drawings)), seed, WIDE, on_progress)
