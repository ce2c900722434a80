"""What the clicks on the Data page cost the server, and what is computed once for everybody.

    python -m tests.benchmarks.data_page

Uses MNIST where it is beside the project, the built-in handwriting elsewhere.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import torch

from core import gallery
from core.data import DigitDataset, load_dataset
from core.synthetic import contact_sheet
from pages.ui.data_wall import numbers_html
from pages.ui.reading import picture
from tests.conftest import MNIST_FILES

REPEATS = 50


def open_dataset() -> DigitDataset:
    """MNIST, or the built-in handwriting where the files of MNIST are not there."""
    with tempfile.TemporaryDirectory() as folder:
        if not MNIST_FILES.is_dir():
            return load_dataset("generated", folder)
        raw = Path(folder) / "MNIST" / "raw"
        raw.parent.mkdir()
        raw.symlink_to(MNIST_FILES.resolve(), target_is_directory=True)
        return load_dataset("mnist", folder)


def milliseconds(work: Callable[[int], object], repeats: int) -> float:
    """The median time of `work`, which is told how often it was called before."""
    times = []
    for number in range(repeats):
        start = time.perf_counter()
        work(number)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def clicks(dataset: DigitDataset) -> dict[str, Callable[[int], object]]:
    """Each kind of click on the page, and the work behind it up to the picture that is sent."""
    digits, distances = dataset.train, gallery.distances(dataset.train)

    def wall(number: int, digit: int | None = None) -> str:
        shown = gallery.sample(digits.labels, digit, 48, number)
        return picture(digits.images[shown].flatten(0, 1).numpy())

    def batch(number: int, harder: bool) -> str:
        made = gallery.first_batch(digits, 128, 0 if harder else number, number + 1)
        return picture((made.harder if harder else made.images).flatten(0, 1).numpy())

    return {
        "another wall": wall,
        "a wall of one digit": lambda number: wall(number, number % 10),
        "one image with its numbers": lambda number: numbers_html(digits.images[number].numpy()),
        "unusual ones of a digit": lambda number: distances.ranked(number % 10),
        "a batch of another seed": lambda number: batch(number, harder=False),
        "a harder batch, another draw": lambda number: batch(number, harder=True),
        "counts of the three parts": lambda number: [
            gallery.counts(part.labels)
            for part in (dataset.train, dataset.validation, dataset.test)
        ],
    }


def main() -> None:
    torch.set_num_threads(1)  # as the app does
    dataset = open_dataset()
    print(f"{dataset.name}: {len(dataset.train):,} training images")
    once = {
        "averages and their spread": lambda number: gallery.averages(dataset.train),
        "distances to the average": lambda number: gallery.distances(dataset.train),
        "contact sheet of the styles": lambda number: contact_sheet(8),
    }
    print(f"\n{'at a click (median)':<32} {'ms':>9}")
    for name, work in clicks(dataset).items():
        print(f"{name:<32} {milliseconds(work, REPEATS):>9.1f}")
    print(f"\n{'once for everybody':<32} {'ms':>9}")
    for name, work in once.items():
        print(f"{name:<32} {milliseconds(work, 3):>9.1f}")


if __name__ == "__main__":
    main()
