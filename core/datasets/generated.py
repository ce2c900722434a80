"""The built-in handwriting: real strokes written anew, and digits that the program draws.

Four of five images are strokes of real people, varied (core/datasets/pens); the fifth the program
draws (core/datasets/synthetic.py), for ways of writing that those people do not have. The exam is
of people whose strokes are not learned from, just as they wrote. Made once and kept on disk; what
is done with the digits is the business of core/data.py.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from core.machine.storage import write_safely

if TYPE_CHECKING:  # whether the digits are here can be told without torch
    from torch import Tensor

    from core.datasets.mnist import OnProgress, Part

# How many to learn from: what two cores make in 3 seconds. With a fifth drawn by the program the
# tutorial network reads more of writers it never saw than with none, and 7 points more of MNIST
# (tests.benchmarks.materials).
WRITTEN, DRAWN = 19_200, 4_800
SEED = 1

CORE = Path(__file__).parent.parent
MADE_BY = (  # what decides how a digit looks, under core/
    *("datasets/sketches.txt", "datasets/styles.py", "datasets/curves.py"),
    *("datasets/alphabet.py", "datasets/hand.py", "datasets/synthetic.py"),
    *("datasets/generated.py", "strokes/ink.py"),
    *("datasets/pens/pens.npz", "datasets/pens/collection.py"),
    *("datasets/pens/paths.py", "datasets/pens/varied.py"),
)

log = logging.getLogger(__name__)


def load(root: Path, on_progress: OnProgress) -> tuple[Part, Part]:
    """24,000 training and 1,617 test digits, always the same, from `root` or made and put there.

    They come also where they cannot be kept: made again for as long as the app runs.
    """
    from safetensors import SafetensorError
    from safetensors.torch import save

    path = file_under(root)
    try:
        tensors = read(path)
    except (OSError, ValueError, SafetensorError):  # not made yet, or damaged
        tensors = make(on_progress)
        try:
            write_safely(path, save(tensors, {"sha256": digest(tensors)}))
        except OSError as error:
            log.warning("The built-in handwriting could not be kept in %s: %s", path.parent, error)
    train, test = (
        tuple(tensors[f"{part}_{what}"] for what in ("images", "labels", "writers"))
        for part in ("training", "test")
    )
    return train, test


def is_here(root: Path) -> bool:
    """Whether the digits lie under `root`, as this code makes them. Looks at no content."""
    try:
        return file_under(root).is_file()
    except OSError:  # a folder that cannot be looked into holds nothing for us
        return False


def file_under(root: Path) -> Path:
    """Where the digits belong; its name changes with what makes them."""
    return root / "generated" / f"{fingerprint()}.safetensors"


def fingerprint() -> str:
    """Changes whenever what makes the digits changes, so that no stale digits are used."""
    sha = hashlib.sha256()
    for name in MADE_BY:
        sha.update((CORE / name).read_bytes())
    return sha.hexdigest()[:16]


def read(path: Path) -> dict[str, Tensor]:
    """The digits as they were written. Raises ValueError when they are others now."""
    from safetensors import safe_open

    with safe_open(path, framework="pt") as file:
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        if (file.metadata() or {}).get("sha256") != digest(tensors):
            raise ValueError(f"{path} is damaged.")
    return tensors


def digest(tensors: Mapping[str, Tensor]) -> str:
    """A checksum over names and numbers."""
    sha = hashlib.sha256()
    for name, tensor in sorted(tensors.items()):
        sha.update(name.encode())
        sha.update(tensor.numpy().data)
    return sha.hexdigest()


def make(on_progress: OnProgress) -> dict[str, Tensor]:
    """Of both parts images, labels and writers: an index into `writer_names()`, int64 (N,)."""
    import torch

    from core.datasets.pens.collection import load as load_pens
    from core.datasets.pens.collection import split
    from core.datasets.pens.varied import USUAL, choose, inked
    from core.datasets.synthetic import generate

    learned, held_back = split(load_pens())
    random = torch.Generator().manual_seed(SEED)
    chosen = choose(learned, WRITTEN, random)
    with ThreadPoolExecutor(1, initializer=torch.set_num_threads, initargs=(1,)) as second_core:
        drawn = second_core.submit(generate, DRAWN, SEED)
        written = inked(
            learned,
            chosen,
            SEED,
            USUAL,
            lambda done, total: on_progress("Writing digits", done / total),
        )
    images, labels, styles = drawn.result()
    mixed = torch.randperm(WRITTEN + DRAWN, generator=random)
    pen_labels, pen_writers = torch.from_numpy(learned.labels), torch.from_numpy(learned.writers)
    return {
        "training_images": torch.cat([written, images])[mixed],
        "training_labels": torch.cat([pen_labels[chosen], labels])[mixed],
        "training_writers": torch.cat([pen_writers[chosen], len(learned.names) + styles])[mixed],
        "test_images": inked(held_back, torch.arange(len(held_back))),
        "test_labels": torch.from_numpy(held_back.labels),
        "test_writers": torch.from_numpy(held_back.writers),
    }


def writer_names() -> tuple[str, ...]:
    """The people, as core/datasets/pens names them, then the styles in which the program draws."""
    from core.datasets.pens.collection import load as load_pens
    from core.datasets.styles import STYLES

    return (*load_pens().names, *(f"program {style}" for style in STYLES))
