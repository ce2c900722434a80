"""What each unit adds to the sums of the layer that listens to it, for one image.

These are the parts of one forward pass, not of the training; core/explain/passage.py says what came
of them. Nothing is changed on the network.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from core.model import Off, outputs, steps

Link = tuple[int, int, float]  # from which place, to which place, and what it adds


def contributions(model: nn.Module, image: np.ndarray, off: Off | None = None) -> list[np.ndarray]:
    """What each unit adds to each unit of the next layer: float32 (from, to), layer by layer.

    image: float (28, 28) in [0, 1]. The first `from` are the 784 pixels, or the whole picture as
    one where a convolution looks at it; the last `to` are the ten scores. Dense layers: weight
    times what was handed on. Convolutions: the mean over all places, on the scale that the batch
    normalisation behind it gives the filter. Together with the biases the parts are the whole sum.
    off: these units hand on zero, by their layer's name. Raises ValueError for one not there.
    """
    picture = torch.as_tensor(image, dtype=torch.float32)[None]
    handed_on = outputs(model, picture, off)
    given, found, channels = picture[None], [], 1
    for name, step in steps(model):
        if isinstance(step, nn.Conv2d):
            found.append(_of_maps(step, given))
            channels = step.out_channels
        elif isinstance(step, nn.BatchNorm2d):
            scale = (step.weight / torch.sqrt(step.running_var + step.eps)).detach().numpy()
            found[-1] = found[-1] * scale
        elif isinstance(step, nn.Linear):
            sources = channels if channels > 1 else step.in_features
            found.append(_of_numbers(step, given[0], sources))
            channels = 1
        given = handed_on[name]
    return found


def strongest_links(
    parts: np.ndarray,
    sources: Sequence[int],
    targets: Sequence[int],
    each: int,
    of_sources: bool = True,
) -> list[Link]:
    """The largest parts, (from, to), of each target, and of each source, among those shown.

    sources, targets: the units shown; links name their places in these lists. each: so many for
    every one of them, at most. of_sources: False where nobody asks what one source adds, as of
    pixels. Parts of zero are none; the largest come first.
    """
    shown = parts[np.ix_(list(sources), list(targets))]
    size = np.abs(shown)
    wanted = np.zeros(shown.shape, dtype=bool)
    for axis in (0, 1) if of_sources else (0,):
        order = np.argsort(-size, axis=axis, kind="stable")
        largest = order.take(range(min(each, size.shape[axis])), axis)
        np.put_along_axis(wanted, largest, True, axis)
    places = np.argwhere(wanted & (size > 0) & np.isfinite(size)).tolist()
    places.sort(key=lambda place: -size[tuple(place)])
    return [(source, target, float(f"{shown[source, target]:.3g}")) for source, target in places]


def _of_numbers(layer: nn.Linear, given: Tensor, sources: int) -> np.ndarray:
    """Of a dense layer: numbers (D,) from `sources` units, each of which hands on D / sources."""
    parts = layer.weight.detach() * given.flatten()  # (to, D)
    return parts.reshape(len(parts), sources, -1).sum(dim=2).T.numpy()


def _of_maps(layer: nn.Conv2d, given: Tensor) -> np.ndarray:
    """Of a convolution: maps (1, from, h, w), each of which all filters look at alone."""
    count = given.shape[1]
    kernels = layer.weight.detach().transpose(0, 1).flatten(0, 1)[:, None]  # (from * to, 1, 3, 3)
    maps = functional.conv2d(given, kernels, padding=layer.padding, groups=count)
    return maps.mean(dim=(0, 2, 3)).reshape(count, -1).numpy()
