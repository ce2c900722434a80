"""The map of digits: the last hidden layer's numbers of many images, in two dimensions.

It flattens these numbers onto a plane (PCA) and finds nearest neighbours among them. The map that
keeps neighbours together (t-SNE) takes seconds and is in core/explain/tsne.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from core.background import OnShare, Refused
from core.data import Digits, scaled
from core.evaluation import CHUNK
from core.machine.linear import largest_directions
from core.model import before_output, output_layer

NEIGHBOURS = 5
EXACT_WIDTH = 256  # layers with more numbers are kept in half precision: there are many images


def features(
    model: nn.Module, images: Tensor, on_images: Callable[[int], None] = lambda count: None
) -> np.ndarray:
    """What the output layer gets for each image: float32 (N, D).

    images: uint8 (N, 28, 28) or float in [0, 1]. D: see `before_output`. on_images hears how many
    more are done. Raises Refused where the numbers are not finite.
    """
    found = []
    for part in images.split(CHUNK):
        pixels = scaled(part) if part.dtype == torch.uint8 else part
        found.append(before_output(model, pixels))
        on_images(len(part))
    values = torch.cat(found)
    if not values.isfinite().all():
        raise Refused(
            "This network's numbers have grown beyond all bounds: there is no map of them."
        )
    return values.numpy()


def features_of_one(model: nn.Module, image: np.ndarray) -> np.ndarray:
    """The same for one image, float32 (28, 28) in [0, 1]: float32 (D,)."""
    return features(model, torch.from_numpy(image[None]))[0]


@dataclass(frozen=True, eq=False)
class Plane:
    """The plane through a cloud of points in D dimensions from which most of its spread is seen.

    mean: (D,); axes: (2, D), the first two principal components (Pearson, 1901); shares: (2,), the
    share of the variance along each. Where a cloud has no second direction, axis and share are 0.
    """

    mean: np.ndarray
    axes: np.ndarray
    shares: np.ndarray

    @property
    def shown(self) -> float:
        """The share of all variance that can be seen on the plane."""
        return float(self.shares.sum())

    def place(self, points: np.ndarray) -> np.ndarray:
        """Points (N, D) seen from the plane: float32 (N, 2)."""
        return ((points - self.mean) @ self.axes.T).astype(np.float32)


def fit_plane(points: np.ndarray) -> Plane:
    """The plane of the points (N, D), N at least 1.

    From the two largest eigenvalues of the covariance: for wide layers this takes half the time
    of a singular value decomposition of the points.
    """
    mean = points.mean(axis=0, dtype=np.float64)
    away = points - mean
    covariance = away.T @ away / len(points)
    axes, shares = np.zeros((2, len(mean))), np.zeros(2)
    total = np.trace(covariance)
    sizes, directions = largest_directions(covariance, 2)
    for number, (size, axis) in enumerate(zip(sizes, directions.T, strict=True)):
        if size > 1e-12 * total:  # below that there is only rounding
            axes[number] = axis * np.sign(axis[np.abs(axis).argmax()])  # else its sign is chance
            shares[number] = size / total
    return Plane(mean, axes, shares)


@dataclass(frozen=True, eq=False)
class DigitMap:
    """A network's map of M images, and what is needed to find neighbours of a new point.

    places: float32 (M, 2), the images on the plane; labels, answers: int64 (M,), the digits that
    they show and what the network reads them as; known: (M, D), the last hidden layer's numbers of
    them divided by `scale`, in half precision where D is above EXACT_WIDTH.
    """

    plane: Plane
    places: np.ndarray
    labels: np.ndarray
    answers: np.ndarray
    known: np.ndarray
    scale: float

    @property
    def width(self) -> int:
        """D, how many numbers the last hidden layer gives for an image."""
        return self.known.shape[1]

    def nearest(
        self, point: np.ndarray, count: int = NEIGHBOURS, without: int | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """The images whose numbers are most like the point's, (D,), the nearest first.

        without: the position of the point itself, if it is among them. Returns their positions,
        int64 (count,), and Euclidean distances, float32 (count,); those of layers in half precision
        are right to about 0.1 % of the largest number of all.
        """
        scaled_point = (point / self.scale).astype(np.float32)
        squares = np.concatenate(
            [
                np.square(self.known[start : start + CHUNK] - scaled_point).sum(axis=1)
                for start in range(0, len(self.known), CHUNK)
            ]
        )
        if without is not None:
            squares[without] = np.inf
        there_are = len(squares) - (without is not None)
        order = np.argsort(squares, kind="stable")[: min(count, there_are)]
        return order, (np.sqrt(squares[order]) * self.scale).astype(np.float32)


def measure_map(
    model: nn.Module, digits: Digits, on_share: OnShare = lambda share: None
) -> DigitMap:
    """The map of these images, at least one. Raises Refused."""
    done = 0

    def count(images: int) -> None:
        nonlocal done
        done += images
        on_share(done / len(digits))

    shown = features(model, digits.images, count)
    with torch.no_grad():
        answers = output_layer(model)(torch.from_numpy(shown)).argmax(dim=1).numpy()
    plane = fit_plane(shown)
    return DigitMap(plane, plane.place(shown), digits.labels.numpy(), answers, *compact(shown))


def compact(values: np.ndarray) -> tuple[np.ndarray, float]:
    """The values divided by a scale, and the scale: half the memory where there are many."""
    if values.shape[1] <= EXACT_WIDTH:
        return values, 1.0
    scale = float(np.abs(values).max()) or 1.0  # half precision ends at 65,504
    return (values / scale).astype(np.float16), scale


def place_in_test(image: np.ndarray, digits: Digits) -> int | None:
    """Where the image, float (28, 28) in [0, 1], lies among the digits; None if it is not there."""
    pixels = torch.from_numpy((image * 255).round().astype(np.uint8))
    found = (digits.images == pixels).all(dim=(1, 2)).nonzero()
    return int(found[0]) if len(found) else None
