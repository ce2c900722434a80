"""How unusual each image is among those of its digit: its distance from their average."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from core.background import OnShare
from core.config import CLASSES
from core.data import Digits, scaled
from core.machine.linear import largest_directions, solve_with_ridge

COMPONENTS = 50  # numbers that stand for an image: of MNIST's differences they keep 82 %
SAMPLE = 3_000  # images, spread evenly over all, from which the components are found
CHUNK = 1024  # images that are turned into float at a time, so that memory stays small
AXES, PROJECTED = 0.55, 0.8  # shares of the time that are over with these steps


@dataclass(frozen=True)
class Distances:
    """How far each image is from the average of its digit. labels: int64 (N,).

    values: float32 (N,); 1 is one usual deviation in one direction. chosen_from: from how many
    images the components are. kept: the share, 0 to 1, of all differences between the N images that
    they keep.
    """

    values: Tensor
    labels: Tensor
    chosen_from: int
    kept: float

    def ranked(self, digit: int) -> Tensor:
        """Where the images of a digit lie, int64 (n,), the most typical one first."""
        found = (self.labels == digit).nonzero()[:, 0]
        return found[self.values[found].argsort()]

    def median(self, digit: int) -> float:
        """Half of the images of a digit are nearer than this."""
        return float(self.values[self.labels == digit].median())


def distances(
    digits: Digits, components: int = COMPONENTS, on_share: OnShare = lambda share: None
) -> Distances:
    """Measure how unusual each image is among those of its digit.

    Each image is summed up in `components` numbers, its principal components (Pearson 1901). Then
    the Mahalanobis distance (1936) to the mean of its digit: a deviation counts little in a
    direction in which this digit often varies, and much in one in which it hardly does. Of more
    than `SAMPLE` images only so many choose the components: all would take longer than a click may.
    """
    flat = digits.images.flatten(1)  # (N, 784)
    some = flat[:: math.ceil(len(flat) / SAMPLE)]
    axes = principal_axes(scaled(some), components)
    points, total = projected(flat, axes, on_share)
    values = torch.zeros(len(flat))
    for digit in digits.labels.unique().tolist():
        on_share(PROJECTED + (1 - PROJECTED) * digit / CLASSES)
        here = digits.labels == digit
        values[here] = mahalanobis(points[here].double()).float()
    # One column after the other: all at once would take 44 MB for MNIST.
    spread = sum(float(each.double().var(correction=0)) for each in points.T)
    kept = spread / total if total else 1.0
    return Distances(values, digits.labels, len(some), kept)


def projected(flat: Tensor, axes: Tensor, on_share: OnShare) -> tuple[Tensor, float]:
    """Images uint8 (N, 784) in the numbers that stand for them, float32 (N, D), at brightness 1;
    and the variance of all pixels together, which those numbers keep a part of.
    """
    # All room for the points is taken at once: parts of it between the chunks would keep the memory
    # of one chunk from being used for the next, and the whole would take 170 MB for MNIST.
    points = torch.empty(len(flat), axes.shape[1])
    sums = torch.zeros(2, flat.shape[1], dtype=torch.float64)
    for start in range(0, len(flat), CHUNK):
        on_share(AXES + (PROJECTED - AXES) * start / len(flat))
        pixels = flat[start : start + CHUNK].float() / 255
        points[start : start + CHUNK] = pixels @ axes
        sums += torch.stack([pixels.sum(0), pixels.square().sum(0)])
    mean, square = sums / len(flat)
    return points, float((square - mean.square()).sum())


def principal_axes(points: Tensor, components: int) -> Tensor:
    """The directions in which points (N, D) differ most: float32 (D, components), strongest first.

    Fewer where the points have not so many coordinates.
    """
    covariance = torch.cov(points.T, correction=0)
    _, axes = largest_directions(covariance.numpy(), components)
    return torch.from_numpy(np.ascontiguousarray(axes, dtype=np.float32))


def mahalanobis(points: Tensor) -> Tensor:
    """Each point's distance to the mean of all, (n, D) -> (n,), in units of how they spread.

    Points that are too few to spread in all directions lie in fewer, and are measured there. A
    spread of less than a millionth of full brightness counts as none.
    """
    away = points - points.mean(0)
    covariance = away.T @ away / len(points)
    inverse = solve_with_ridge(covariance.numpy(), np.eye(len(covariance)), least=1e-12)
    return ((away @ torch.from_numpy(inverse)) * away).sum(1).clamp(min=0).sqrt()
