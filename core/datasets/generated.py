"""Keeps the built-in handwriting on disk, so that it is drawn only once.

It is drawn by core/datasets/synthetic.py; what is done with the digits is the business of
core/data.py.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from core.machine.storage import write_safely

if TYPE_CHECKING:  # whether the digits are here can be told without torch
    from torch import Tensor

    from core.datasets.mnist import OnProgress, Part

TRAINING = 60_000  # as many as MNIST has, so that runs on both compare
TEST = 10_000

CORE = Path(__file__).parent.parent
DRAWN_BY = (  # the code that decides how a digit looks, under core/
    *("datasets/glyphs.py", "datasets/curves.py", "datasets/alphabet.py"),
    *("datasets/hand.py", "datasets/synthetic.py", "strokes/ink.py"),
)

log = logging.getLogger(__name__)


def load(root: Path, on_progress: OnProgress) -> tuple[Part, Part]:
    """60,000 training and 10,000 test digits, always the same, from `root` or drawn and put there.

    They come also where they cannot be kept: drawn again for as long as the app runs.
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
    training = tensors["training_images"], tensors["training_labels"]
    return training, (tensors["test_images"], tensors["test_labels"])


def is_here(root: Path) -> bool:
    """Whether the digits lie under `root`, as this code draws them. Looks at no content."""
    try:
        return file_under(root).is_file()
    except OSError:  # a folder that cannot be looked into holds nothing for us
        return False


def file_under(root: Path) -> Path:
    """Where the digits belong; its name changes with the code that draws them."""
    return root / "generated" / f"{fingerprint_of_the_code()}.safetensors"


def fingerprint_of_the_code() -> str:
    """Changes whenever the code that draws the digits changes, so that no stale digits are used."""
    source = "".join((CORE / name).read_text("utf-8") for name in DRAWN_BY)
    return hashlib.sha256(f"{source}{TRAINING} {TEST}".encode()).hexdigest()[:16]


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
    """Draw them: `training_images`, `training_labels`, `test_images`, `test_labels`."""
    from core.datasets import synthetic

    def report(offset: int) -> Callable[[int, int], None]:
        return lambda done, _: on_progress("Drawing digits", (offset + done) / (TRAINING + TEST))

    images, labels, _ = synthetic.generate(TRAINING, seed=1, on_progress=report(0))
    test_images, test_labels, _ = synthetic.generate(TEST, seed=2, on_progress=report(TRAINING))
    return {
        "training_images": images,
        "training_labels": labels,
        "test_images": test_images,
        "test_labels": test_labels,
    }
