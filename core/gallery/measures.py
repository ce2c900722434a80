"""What there is to see in a dataset: samples, averages, the typical and the unusual, a batch.

Everything is measured on the digits handed in. It loads nothing and shows nothing; the pictures
are the business of pages/ui/data_*.py.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import one_hot

from core.config import CLASSES
from core.data import Digits, batches, scaled
from core.datasets.augment import harder
from core.datasets.synthetic import STYLES, Style

COMPONENTS = 50  # numbers that stand for an image: of MNIST's differences they keep 82 %
SAMPLE = 3_000  # images, spread evenly over all, from which the components are found
CHUNK = 1024  # images that are turned into float at a time, so that memory stays small
EXACT = 256  # images whose squared pixels float32 still adds up to the last digit
RARE = 0.08  # a style that fewer than 8 of 100 writers of its digit use is called rare


def counts(labels: Tensor) -> Tensor:
    """How many of each digit: labels int64 (N,) -> int64 (10,)."""
    return torch.bincount(labels, minlength=CLASSES)


def sample(labels: Tensor, digit: int | None, count: int, seed: int) -> Tensor:
    """Where `count` images lie, chosen at random, each at most once: int64 (M,), M <= count.

    labels: int64 (N,). digit: only images of this one; None: of all. The same seed gives the same.
    """
    found = torch.arange(len(labels)) if digit is None else (labels == digit).nonzero()[:, 0]
    generator = torch.Generator().manual_seed(seed)
    return found[torch.randperm(len(found), generator=generator)[:count]]


@dataclass(frozen=True)
class Averages:
    """mean, spread: float32 (10, 28, 28) in [0, 1], of each digit; zero for one without images.

    spread is the standard deviation of each pixel: 0 where all images agree, at most 0.5.
    """

    mean: Tensor
    spread: Tensor

    def variation(self) -> Tensor:
        """How much each digit varies over the whole picture, (10,): the root mean square spread."""
        return self.spread.flatten(1).square().mean(1).sqrt()


def averages(digits: Digits) -> Averages:
    """The average image of each digit, and how much its images differ from it, pixel by pixel."""
    sums = pixel_sums(digits)
    mean, square = sums / counts(digits.labels).clamp(min=1)[:, None]
    spread = (square - mean.square()).clamp(min=0).sqrt()
    shape = CLASSES, *digits.images.shape[1:]
    return Averages(scaled(mean).reshape(shape), scaled(spread).reshape(shape))


def pixel_sums(digits: Digits) -> Tensor:
    """Of each digit the sum of each pixel, 0 to 255, and of its square: float64 (2, 10, 784)."""
    flat = digits.images.flatten(1)
    sums = torch.zeros(2, CLASSES, flat.shape[1], dtype=torch.float64)
    for images, labels in zip(flat.split(EXACT), digits.labels.split(EXACT), strict=True):
        pixels, members = images.float(), one_hot(labels, CLASSES).float().T
        sums += torch.stack([members @ pixels, members @ pixels.square()])
    return sums


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


def distances(digits: Digits, components: int = COMPONENTS) -> Distances:
    """Measure how unusual each image is among those of its digit.

    Each image is summed up in `components` numbers, its principal components (Pearson 1901). Then
    the Mahalanobis distance (1936) to the mean of its digit: a deviation counts little in a
    direction in which this digit often varies, and much in one in which it hardly does. Of more
    than `SAMPLE` images only so many choose the components: all would take longer than a click may.
    """
    flat = digits.images.flatten(1)  # (N, 784)
    some = flat[:: math.ceil(len(flat) / SAMPLE)]
    axes = principal_axes(scaled(some), components)
    points = torch.cat([part.float() @ axes for part in flat.split(CHUNK)]) / 255
    values = torch.zeros(len(flat))
    for digit in digits.labels.unique().tolist():
        here = digits.labels == digit
        values[here] = mahalanobis(points[here].double()).float()
    mean, square = pixel_sums(digits).sum(dim=1) / len(flat)  # of all digits: (784,)
    total = float((square - mean.square()).sum()) / 255**2
    kept = float(points.double().var(dim=0, correction=0).sum()) / total if total else 1.0
    return Distances(values, digits.labels, len(some), kept)


def principal_axes(points: Tensor, components: int) -> Tensor:
    """The directions in which points (N, D) differ most: (D, components), the strongest last."""
    return torch.linalg.eigh(torch.cov(points.T, correction=0))[1][:, -components:]


def mahalanobis(points: Tensor) -> Tensor:
    """Each point's distance to the mean of all, (n, D) -> (n,), in units of how they spread."""
    away = points - points.mean(0)
    covariance = away.T @ away / len(points)
    inverse = torch.linalg.pinv(covariance, hermitian=True)  # also where points are few
    return ((away @ inverse) * away).sum(1).clamp(min=0).sqrt()


@dataclass(frozen=True)
class Batch:
    """images, harder: float32 (B, 28, 28) in [0, 1], before and after; labels: int64 (B,)."""

    images: Tensor
    labels: Tensor
    harder: Tensor


def first_batch(digits: Digits, batch_size: int, seed: int, draw: int = 1) -> Batch:
    """The first batch that a run with this seed deals from `digits`, and what is made of it.

    Draw 1 of the harder images is the one that the run itself would train on; others use the same
    images with other chances.
    """
    generator = torch.Generator().manual_seed(seed)
    images, labels = next(batches(digits, batch_size, generator))
    if draw > 1:
        generator.manual_seed(seed + draw)
    return Batch(images, labels, harder(images, generator))


def style_shares() -> dict[str, float]:
    """Of the digits drawn by this program, the share, 0 to 1, of each style among its digit."""
    return {name: style.weight / total_weight(style.digit) for name, style in STYLES.items()}


def total_weight(digit: int) -> float:
    """The weights of all styles of a digit."""
    return sum(style.weight for style in styles_of(digit))


def styles_of(digit: int) -> list[Style]:
    """The styles in which this program writes a digit."""
    return [style for style in STYLES.values() if style.digit == digit]
