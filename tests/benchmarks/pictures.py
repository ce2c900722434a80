"""An exam on pictures: how many digits on paper, and how many uploaded MNIST images, are read?

`python -m tests.benchmarks.pictures` writes digits of people whom no network learned from on paper
of every kind that people photograph (tests/paper_pictures.py) and reads them as an upload would be.
Then MNIST's validation images are enlarged ten times, cropped to margins from 0 px, and read
beside the images given directly. Each line gives the share read rightly by the mean of all
renderings, its 95 % interval, what could not be read, the same for each rendering alone, and how
long one picture takes: seconds of one processor core, also for photographs of 12 megapixels from
the file to the answer.
"""

from __future__ import annotations

import argparse
import contextlib
import io
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
from core.evaluation import probabilities, read, wilson_interval
from core.strokes.files import read_picture
from tests import paper_pictures

ENLARGED = 10  # times; margins are in pixels of the image as it was
MARGINS = (0, 1, 2, 4, 8)
PHOTO = (4_000, 3_000)  # pixels, width and height
THICKEST = 0.05  # share of the images with the most ink
SEED = 410  # for reporting; what is tuned is tuned on pictures of DEVELOPMENT
DEVELOPMENT = 30

Picture = tuple[np.ndarray, tuple[int, ...]]  # pixels and the digits on it


def papers(kind: str, count: int, seed: int) -> Iterable[Picture]:
    """Digits of writers held back, on paper of one kind."""
    _, pens = split(load())
    for number in range(count):
        random = np.random.default_rng([seed, len(kind), number])
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
        begin = time.process_time()
        try:
            prepared = prepare_all_pixels(pixels)
        except DrawingError:
            refused += 1
            continue
        seconds += time.process_time() - begin
        if len(prepared) != len(labels):
            continue
        shares = torch.stack([probabilities(model, each.renderings) for each in prepared])
        right += shares.mean(1).argmax(1).tolist() == list(labels)
        each = (shares.argmax(2) == torch.tensor(labels)[:, None]).all(0)  # (R,)
        alone += each[[0, -1]].numpy()
    low, high = wilson_interval(right, count)
    each_ms = 1000 * seconds / max(count - refused, 1)
    print(
        f"{title:32s} {right:5d} of {count:5d} = {right / count:6.1%} ({low:.1%}–{high:.1%})  "
        f"refused {refused:3d}   redrawn {alone[0]:5d}  grey {alone[1]:5d}   {each_ms:4.0f} ms",
        flush=True,
    )


def time_photos(model: nn.Module, kind: str, pictures: Iterable[Picture]) -> None:
    """Print how long photographs of 12 megapixels take, from the file to the answer."""
    opening, reading = [], []
    for pixels, _ in pictures:
        photo = Image.fromarray(pixels).resize(PHOTO, Image.Resampling.BICUBIC)
        file = io.BytesIO()
        photo.effect_spread(2).save(file, "JPEG", quality=90)  # grain, as cameras leave it
        begin = time.process_time()
        seen = read_picture(file.getvalue())
        opened = time.process_time()
        with contextlib.suppress(DrawingError):
            for each in prepare_all_pixels(seen):
                read(model, each.renderings)
        opening.append(opened - begin)
        reading.append(time.process_time() - opened)
    whole = 1000 * max(a + b for a, b in zip(opening, reading, strict=True))
    print(
        f"12 megapixels, {kind:22s} opened in {1000 * np.mean(opening):4.0f} ms, "
        f"read in {1000 * np.mean(reading):4.0f} ms, together {whole:4.0f} ms at most",
        flush=True,
    )


def examine_mnist(model: nn.Module, count: int) -> None:
    """Uploaded images beside the images themselves."""
    digits = load_dataset("mnist").validation[-count:]  # development looks at the first ones
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
    parser.add_argument("--count", type=int, default=200, help="pictures of each kind; 0: none")
    parser.add_argument("--mnist", type=int, default=2_000, help="MNIST images; 0: none")
    parser.add_argument("--seed", type=int, default=SEED, help=f"{DEVELOPMENT} while developing")
    parser.add_argument("--photos", type=int, default=3, help="12-megapixel photos of each kind")
    parser.add_argument("--kind", action="append", help="only this kind; repeatable")
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(1)
    model = pretrained.load(chosen.network).model
    kinds = chosen.kind or [*paper_pictures.KINDS, "two digits"]
    for kind in kinds if chosen.count else ():
        examine(model, kind, papers(kind, chosen.count, chosen.seed))
    for kind in kinds if chosen.photos else ():
        time_photos(model, kind, papers(kind, chosen.photos, chosen.seed))
    if chosen.mnist:
        examine_mnist(model, chosen.mnist)


if __name__ == "__main__":
    main()
