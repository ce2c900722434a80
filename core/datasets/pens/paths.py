"""Follows real strokes at any pace: points on their lines, as many for every digit.

It changes no shape; what varies the strokes is in core/datasets/pens/varied.py.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from core.datasets.pens.collection import BOX, Pens

SAMPLES = 64  # points that a digit is drawn through, more than one to a pixel of its path


@dataclass(frozen=True)
class Paths:
    """The strokes of N digits, ready to be followed at any pace. `paths_of` makes it.

    Attributes:
        points: float32 (P, 2), of all digits, each in a box of its own, longer side 0 to 1.
        way: float64 (P,), how long the line is from the very first point to this one.
        first, last: int64 (S,), the points between which each stroke of any digit lies.
        stroke: int64 (N, SAMPLES), the stroke that each sample of a digit lies on, in order.
    """

    points: Tensor
    way: Tensor
    first: Tensor
    last: Tensor
    stroke: Tensor

    def connected(self, chosen: Tensor) -> Tensor:
        """bool (B, SAMPLES - 1): whether a sample and the next lie on one stroke."""
        return self.stroke[chosen].diff(dim=1) == 0


def paths_of(pens: Pens) -> Paths:
    """The strokes of `pens`, with SAMPLES points dealt out to the strokes of each by their length.

    Raises ValueError for a digit of more strokes than that would suffice for.
    """
    points = pens.points.astype(np.float32) / BOX
    first = np.flatnonzero(pens.begins)
    last = np.append(first[1:], len(points)) - 1
    moves = np.hypot(*np.diff(points, axis=0, prepend=points[:1]).T)
    way = np.cumsum(np.where(pens.begins, 0, moves), dtype=np.float64)
    counts = _samples_of(way[last] - way[first], pens.owners[first])
    return Paths(
        torch.from_numpy(points),
        torch.from_numpy(way),
        torch.from_numpy(first),
        torch.from_numpy(last),
        torch.from_numpy(np.repeat(np.arange(len(first)), counts).reshape(len(pens), SAMPLES)),
    )


def _samples_of(lengths: np.ndarray, owners: np.ndarray) -> np.ndarray:
    """How many samples, int64 (S,), each stroke gets: at least 2, SAMPLES in all for each digit."""
    strokes = np.bincount(owners)
    if strokes.max() > SAMPLES // 2:
        raise ValueError(f"A digit has {strokes.max()} strokes; {SAMPLES // 2} is the most.")
    share = lengths / np.maximum(np.bincount(owners, lengths), 1e-9)[owners]
    counts = 2 + (share * (SAMPLES - 2 * strokes[owners])).astype(np.int64)
    first = np.flatnonzero(np.diff(owners, prepend=-1))  # gets what is left by rounding down
    counts[first] += SAMPLES - np.bincount(owners, counts).astype(np.int64)
    return counts


def resample(paths: Paths, chosen: Tensor, intervals: Tensor) -> Tensor:
    """Follow each stroke from its first point to its last, at uneven intervals.

    Args:
        chosen: int64 (B,), the digits.
        intervals: positive float (B, SAMPLES - 1), how far it is from each sample to the next, in
            relation to the others of the same stroke.

    Returns:
        float32 (B, SAMPLES, 2), points on the line, in the order in which they were written.
    """
    stroke, connected = paths.stroke[chosen], paths.connected(chosen)
    gone = functional.pad((intervals.double() * connected).cumsum(1), (1, 0))  # (B, SAMPLES)
    start = torch.searchsorted(stroke, stroke)  # the sample where its stroke begins
    end = torch.searchsorted(stroke, stroke, right=True) - 1
    start, end = gone.gather(1, start), gone.gather(1, end)
    first, last = paths.first[stroke], paths.last[stroke]
    place = torch.lerp(paths.way[first], paths.way[last], (gone - start) / (end - start))
    before = torch.searchsorted(paths.way, place, right=True) - 1
    before = torch.maximum(torch.minimum(before, last - 1), first)  # a dot has first = last
    after = torch.minimum(before + 1, last)
    gap = (paths.way[after] - paths.way[before]).clamp(min=1e-12)
    share = ((place - paths.way[before]) / gap).clamp(0, 1).float()
    return torch.lerp(paths.points[before], paths.points[after], share[:, :, None])
