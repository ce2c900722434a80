"""An exam on pictures: how many digits on paper, and how many uploaded MNIST images, are read?

`python -m tests.benchmarks.pictures` writes digits of people whom no network learned from on paper
of every kind that people photograph (tests/paper_pictures.py) and reads them as an upload would be.
Then MNIST's validation images are enlarged ten times, cropped to margins from 0 px, and read
beside the images given directly. Each line gives the share read rightly by the mean of all
renderings, its 95 % interval, what could not be read, and the same for each rendering alone.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Sequence

import numpy as np
import torch
from PIL import Image
from torch import nn

from core import pretrained
from core.data import load_dataset
from core.datasets.pens.collection import load, split
from core.drawing import DrawingError, prepare_all_pixels
from core.evaluation import probabilities, wilson_interval
from tests import paper_pictures

ENLARGED = 10  # times; margins are in pixels of the image as it was
MARGINS = (0, 1, 2, 4, 8)
THICKEST = 0.05  # share of the images with the most ink
SEED = 30

Picture = tuple[np.ndarray, tuple[int, ...]]  # pixels and the digits on it


def papers(kind: str, count: int) -> Iterable[Picture]:
    """Digits of writers held back, on paper of one kind."""
    _, pens = split(load())
    for number in range(count):
        random = np.random.default_rng([SEED, len(kind), number])
        chosen = random.integers(len(pens))
        strokes, label = pens.strokes(chosen), int(pens.labels[chosen])
        if kind in paper_pictures.KINDS:
            yield paper_pictures.KINDS[kind](strokes, random), (label,)
        else:
            other = random.integers(len(pens))
            both = paper_pictures.two_digits(strokes, pens.strokes(other), random)
            yield both, (label, int(pens.labels[other]))


def enlarged(image: np.ndarray, margin: int | None) -> np.ndarray:
    """An MNIST image, uint8 (28, 28), as somebody may upload it; None leaves it uncropped."""
    if margin is not None:
        rows, columns = np.flatnonzero(image.any(1)), np.flatnonzero(image.any(0))
        image = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        image = np.pad(image, margin)
    size = (image.shape[1] * ENLARGED, image.shape[0] * ENLARGED)
    return np.asarray(Image.fromarray(image).resize(size, Image.Resampling.BICUBIC))


def examine(model: nn.Module, title: str, pictures: Iterable[Picture]) -> None:
    """Read all pictures and print one line."""
    right, alone, refused, count, seconds = 0, np.zeros(2, int), 0, 0, 0.0
    for pixels, labels in pictures:
        count += 1
        begin = time.perf_counter()
        try:
            prepared = prepare_all_pixels(pixels)
        except DrawingError:
            refused += 1
            continue
        seconds += time.perf_counter() - begin
        if len(prepared) != len(labels):
            continue
        shares = torch.stack([probabilities(model, each.renderings) for each in prepared])
        right += shares.mean(1).argmax(1).tolist() == list(labels)
        each = (shares.argmax(2) == torch.tensor(labels)[:, None]).all(0)  # (R,)
        alone += each[[0, -1]].numpy()
    low, high = wilson_interval(right, count)
    ms = 1000 * seconds / max(count - refused, 1)
    print(
        f"{title:32s} {right:5d} of {count:5d} = {right / count:6.1%} ({low:.1%}–{high:.1%})  "
        f"refused {refused:3d}   redrawn {alone[0]:5d}  grey {alone[1]:5d}   {ms:4.0f} ms",
        flush=True,
    )


def examine_mnist(model: nn.Module, count: int) -> None:
    """Uploaded images beside the images themselves."""
    digits = load_dataset("mnist").validation[:count]
    images, labels = digits.images.numpy(), digits.labels.tolist()
    ink = images.reshape(len(images), -1).sum(1, dtype=np.int64)
    thick = np.argsort(-ink)[: max(1, round(THICKEST * len(images)))]
    for title, chosen in (("all", range(len(images))), ("the thickest", thick)):
        direct = probabilities(model, torch.tensor(images[list(chosen)]) / 255).argmax(1)
        right = sum(int(a) == labels[i] for a, i in zip(direct, chosen, strict=True))
        print(f"{title}, given directly: {right} of {len(chosen)} = {right / len(chosen):.1%}")
        for margin in (*MARGINS, None):
            uploads = [(enlarged(images[i], margin), (labels[i],)) for i in chosen]
            name = "uncropped" if margin is None else f"margin {margin} px"
            examine(model, f"  {title}, {name}", uploads)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.pictures",
        description="Examine networks on pictures of digits.",
    )
    parser.add_argument("--network", default="default", help="default or tutorial")
    parser.add_argument("--count", type=int, default=200, help="pictures of each kind")
    parser.add_argument("--mnist", type=int, default=2_000, help="MNIST images; 0: none")
    parser.add_argument("--kind", action="append", help="only this kind; repeatable")
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(1)
    model = pretrained.load(chosen.network).model
    for kind in chosen.kind or [*paper_pictures.KINDS, "two digits"]:
        examine(model, kind, papers(kind, chosen.count))
    if chosen.mnist:
        examine_mnist(model, chosen.mnist)


if __name__ == "__main__":
    main()
