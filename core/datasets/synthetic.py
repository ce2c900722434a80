"""The built-in dataset: handwriting drawn by code, for every place that cannot have MNIST.

Hands vary the styles (core/datasets/hand.py), core/strokes/ink.py inks them as it inks a visitor's
drawing, and here they are roughened as if scanned. It uses no image of MNIST; but how much hands
vary, and which styles are common, was chosen by reading 5,000 MNIST training images.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from core.config import IMAGE_SIDE
from core.datasets import hand
from core.datasets.alphabet import alphabet
from core.datasets.styles import STYLES
from core.strokes.ink import render

CHUNK = 1000  # images made at a time, so that memory stays small

OnProgress = Callable[[int, int], None]


def generate(
    count: int,
    seed: int,
    on_progress: OnProgress | None = None,
    styles: Sequence[str] | None = None,
) -> tuple[Tensor, Tensor, Tensor]:
    """Write digits by hand, so to speak.

    Args:
        count: how many, at least 1. The digits come equally often, give or take one, in mixed
            order; the styles of a digit come about as often as people use them.
        seed: the same seed gives the same images.
        on_progress: called as on_progress(done, total) now and then, the last time with
            done = total. What it raises ends the work.
        styles: names from STYLES to choose from; all of them if None.

    Returns:
        images uint8 (N, 28, 28), white ink on black; labels int64 (N,); the style of each image,
        int64 (N,), an index into tuple(STYLES).

    Raises:
        ValueError: if count is below 1, or styles is empty or names one that is not known.
    """
    if count < 1:
        raise ValueError(f"The count of digits must be at least 1, not {count}.")
    random = torch.Generator().manual_seed(seed)
    style = _choose_styles(count, tuple(STYLES) if styles is None else styles, random)
    images = torch.empty(count, IMAGE_SIDE, IMAGE_SIDE, dtype=torch.uint8)
    for part in _parts(count):
        images[part] = _write(style[part], random)
        if on_progress:
            on_progress(part.stop, count)
    return images, alphabet().digits[style], style


def contact_sheet(per_style: int) -> tuple[list[str], Tensor]:
    """Examples of every style: their names, and images uint8 (styles, per_style, 28, 28)."""
    random = torch.Generator().manual_seed(0)
    style = torch.arange(len(STYLES)).repeat_interleave(per_style)
    images = torch.cat([_write(style[part], random) for part in _parts(len(style))])
    return list(STYLES), images.view(len(STYLES), per_style, IMAGE_SIDE, IMAGE_SIDE)


def _parts(count: int) -> Iterator[slice]:
    return (slice(start, min(start + CHUNK, count)) for start in range(0, count, CHUNK))


def _choose_styles(count: int, names: Sequence[str], random: torch.Generator) -> Tensor:
    """A style for each image, int64 (N,): digits in equal numbers, styles by their weight."""
    unknown = sorted(set(names) - set(STYLES))
    if unknown or not names:
        raise ValueError(f"Unknown styles {unknown}: choose one or more of {', '.join(STYLES)}.")
    digits, weights = alphabet().digits, alphabet().weights
    wanted = torch.tensor([name in names for name in STYLES])
    present = digits[wanted].unique()
    place = torch.arange(count) % len(present)
    place = place[torch.randperm(count, generator=random)]
    chances = weights * wanted * (digits == present[:, None])  # (digits present, S)
    return torch.multinomial(chances[place], 1, generator=random)[:, 0]


def _write(style: Tensor, random: torch.Generator) -> Tensor:
    """Images uint8 (B, 28, 28) of digits in these styles (B,)."""
    path, connected = hand.pen_paths(style, random), alphabet().connected[style]
    images = render(path, connected, hand.pen_widths(path, connected, random))
    return _scan(images, random).mul(255).round().to(torch.uint8)


def _scan(images: Tensor, random: torch.Generator) -> Tensor:
    """Resize, move and roughen the images (B, 28, 28) a little, as if they had been scanned."""
    habits, count, middle = hand.HABITS, len(images), (IMAGE_SIDE - 1) / 2
    spread = torch.randn(count, 1, generator=random).clamp(-hand.LIMIT, hand.LIMIT)
    sizes = habits.size * torch.exp(habits.size_spread * spread)  # (B, 1)
    shifts = habits.off_centre * (2 * torch.rand(count, 2, generator=random) - 1)
    first, last = _box(images)  # (B, 2)
    reach = middle - 1  # of the ink from the middle: the outermost pixels stay empty
    shifts = torch.maximum(shifts, (middle - first) * sizes - reach)
    shifts = torch.minimum(shifts, reach - (last - middle) * sizes)
    where = torch.zeros(count, 2, 3)  # from new to old places, in units of half an image
    where[:, 0, 0] = where[:, 1, 1] = 1 / sizes[:, 0]
    where[:, :, 2] = -shifts / sizes / (IMAGE_SIDE / 2)
    grid = functional.affine_grid(where, [count, 1, IMAGE_SIDE, IMAGE_SIDE], align_corners=False)
    images = functional.grid_sample(images[:, None], grid, align_corners=False)[:, 0]
    images = images / images.amax((1, 2), keepdim=True)
    grain = habits.grain * torch.rand(count, 1, 1, generator=random)
    noise = torch.randn(images.shape, generator=random)
    images = images + grain * noise * 4 * images * (1 - images)  # on the edges of the ink
    brightness = 1 + habits.crispness * torch.rand(count, 1, 1, generator=random)
    return (brightness * images).clamp(0, 1)


def _box(images: Tensor) -> tuple[Tensor, Tensor]:
    """The first and the last pixel with ink, both (B, 2) as x and y."""
    inked = torch.stack([images.amax(1), images.amax(2)], dim=1) > 0  # (B, 2, IMAGE_SIDE)
    pixels = torch.arange(IMAGE_SIDE)
    first = torch.where(inked, pixels, IMAGE_SIDE).amin(2)
    return first, torch.where(inked, pixels, -1).amax(2)
