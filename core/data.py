"""The digits a network learns from, in memory: MNIST and the built-in handwriting.

It loads, splits and deals out batches. It changes no image (core/datasets/augment.py does) and
shows none. Where the digits come from, and fetching and keeping them, is in core/datasets.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from core.config import CLASSES, DATASETS, IMAGE_SIDE, ConfigError, Limit, TrainingConfig
from core.datasets.mnist import DataUnavailable, OnProgress
from core.datasets.sources import SOURCES, is_at_hand
from core.machine.storage import data_folder
from core.settings.checks import check_choice, check_number

__all__ = [
    "DataUnavailable",
    "DatasetShelf",
    "DigitDataset",
    "Digits",
    "batches",
    "fingerprint",
    "is_at_hand",
    "load_dataset",
    "scaled",
    "split",
    "training_digits",
]

MOST_OTHERS = 8  # datasets on a shelf that are not in config.DATASETS, 2 MB each
SPLIT_SEED = 0  # decides which training images are held out; the same for every run


@dataclass(frozen=True)
class Digits:
    """images: uint8 (N, 28, 28), white ink on black; labels: int64 (N,), the digits they show.

    writers: int64 (N,), who wrote each, where that is known: an index into `DigitDataset.writers`.
    """

    images: Tensor
    labels: Tensor
    writers: Tensor | None = None

    def __post_init__(self) -> None:
        if self.images.dtype != torch.uint8 or self.images.shape[1:] != (IMAGE_SIDE, IMAGE_SIDE):
            raise ValueError(
                f"Images have to be uint8 (N, 28, 28), not {self.images.dtype} "
                f"{tuple(self.images.shape)}."
            )
        if self.labels.dtype != torch.int64 or self.labels.shape != self.images.shape[:1]:
            raise ValueError(
                f"Labels have to be int64 ({len(self.images)},), not {self.labels.dtype} "
                f"{tuple(self.labels.shape)}."
            )

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, index: Tensor | slice) -> Digits:
        writers = self.writers[index] if self.writers is not None else None
        return Digits(self.images[index], self.labels[index], writers)

    def to(self, device: torch.device) -> Digits:
        """The same digits on a device."""
        return Digits(self.images.to(device), self.labels.to(device))


@dataclass(frozen=True)
class DigitDataset:
    """Three parts that share no image: to learn from, to tune on, and for the exam at the end."""

    name: str
    train: Digits
    validation: Digits
    test: Digits
    writers: tuple[str, ...] = ()  # their names, where it is known who wrote
    written: Digits | None = None  # what `train` was made of, where it is few drawings, varied


def load_dataset(
    name: str,
    root: Path | str | None = None,
    validation_images: int = 5_000,
    on_progress: OnProgress | None = None,
) -> DigitDataset:
    """The dataset "mnist" or "generated" from `root` (default: `data_folder()`), got only once.

    `validation_images` of the training part are held out, always the same ones; 0 holds out none.
    `on_progress(what, share)` hears what goes on, share 0 to 1. Raises DataUnavailable with the
    reason, and ConfigError for a name or a number that cannot be.
    """
    check_choice("dataset", name, DATASETS)
    folder = Path(root) if root is not None else data_folder()
    parts = SOURCES[name].load(folder, on_progress or (lambda what, share: None))
    pool, test = (Digits(*part) for part in parts)
    accepted = Limit(0, len(pool) - 1, "images")
    check_number("validation_images", validation_images, whole=True, limit=accepted)
    train, validation = split(pool, validation_images)
    return DigitDataset(name, train, validation, test, SOURCES[name].writer_names())


def split(pool: Digits, held_out: int) -> tuple[Digits, Digits]:
    """The rest and the `held_out` images, chosen at random once and for all."""
    if held_out == 0:
        return pool, pool[:0]
    order = torch.randperm(len(pool), generator=torch.Generator().manual_seed(SPLIT_SEED))
    return pool[order[held_out:].sort().values], pool[order[:held_out].sort().values]


def training_digits(dataset: DigitDataset, config: TrainingConfig) -> Digits:
    """What `config` leaves of the training part: digits excluded, images chosen, labels spoiled.

    Raises ConfigError when no image is left.
    """
    digits = dataset.train
    generator = torch.Generator().manual_seed(config.seed)
    if config.exclude_digits:
        excluded = torch.isin(digits.labels, torch.tensor(config.exclude_digits))
        digits = digits[~excluded]
    if config.training_images is not None and config.training_images < len(digits):
        digits = digits[torch.randperm(len(digits), generator=generator)[: config.training_images]]
    if config.label_noise:
        digits = Digits(digits.images, spoil(digits.labels, config, generator))
    if len(digits) == 0:
        raise ConfigError("exclude_digits", "With these settings no training image is left.")
    return digits


def spoil(labels: Tensor, config: TrainingConfig, generator: torch.Generator) -> Tensor:
    """Labels (N,), the share `config.label_noise` of them replaced by another digit of the set."""
    present = [digit for digit in range(CLASSES) if digit not in config.exclude_digits]
    chosen = torch.randperm(len(labels), generator=generator)
    chosen = chosen[: round(config.label_noise * len(labels))]
    steps = torch.randint(1, len(present), (len(chosen),), generator=generator)
    rank = torch.zeros(CLASSES, dtype=torch.int64)
    rank[present] = torch.arange(len(present))
    wrong = (rank[labels[chosen]] + steps) % len(present)
    spoiled = labels.clone()
    spoiled[chosen] = torch.tensor(present)[wrong]
    return spoiled


def batches(
    digits: Digits, batch_size: int, generator: torch.Generator
) -> Iterator[tuple[Tensor, Tensor]]:
    """Every digit once, in random order: images float32 (B, 28, 28), 0 to 1; labels int64 (B,)."""
    order = torch.randperm(len(digits), generator=generator).to(digits.labels.device)
    for chosen in order.split(batch_size):
        # index_select copies rows several times faster than square brackets do
        yield scaled(digits.images.index_select(0, chosen)), digits.labels.index_select(0, chosen)


def scaled(images: Tensor) -> Tensor:
    """uint8 0 to 255 -> float32 0 to 1, what every network expects."""
    return images.float() / 255


def fingerprint(digits: Digits) -> str:
    """SHA-256 of images and labels: tells whether two sets are the same to the last pixel."""
    checksum = hashlib.sha256(memoryview(digits.images.contiguous().numpy()))  # without a copy
    checksum.update(memoryview(digits.labels.contiguous().numpy()))
    return checksum.hexdigest()


def not_here(name: str) -> DigitDataset:
    """Raises DataUnavailable: here nobody knows of other datasets."""
    raise DataUnavailable("These digits were written in a room, and are only where it was saved.")


class DatasetShelf:
    """Each dataset once in memory, however many visitors ask; a load that failed is tried again.

    get_other: how to get one that is not in config.DATASETS; few of these are kept.
    """

    def __init__(self, get_other: Callable[[str], DigitDataset] | None = None) -> None:
        self._get_other = get_other or not_here
        self._loaded: dict[str, DigitDataset] = {}
        self._locks = {name: threading.Lock() for name in DATASETS}

    def get(self, name: str, on_progress: OnProgress | None = None) -> DigitDataset:
        """The dataset with 5,000 validation images. Raises as `load_dataset` does."""
        lock = self._locks.setdefault(name, threading.Lock())
        while not lock.acquire(timeout=0.2):  # somebody else gets it; whoever waits may give up
            if on_progress:
                on_progress("Waiting: another visitor is getting it", 0.0)
        try:
            if name not in self._loaded:
                self._loaded[name] = self._load(name, on_progress)
            return self._loaded[name]
        finally:
            lock.release()

    def _load(self, name: str, on_progress: OnProgress | None) -> DigitDataset:
        if name in DATASETS:
            return load_dataset(name, on_progress=on_progress)
        dataset = self._get_other(name)
        for old in [each for each in self._loaded if each not in DATASETS][: 1 - MOST_OTHERS]:
            del self._loaded[old]
        return dataset

    def at_hand(self, on_share: Callable[[float], None]) -> DigitDataset:
        """MNIST where it is at hand, otherwise the built-in handwriting: nothing is downloaded.

        `on_share` hears how much of what has to be made is made, 0 to 1.
        """
        if self.ready("mnist") or is_at_hand("mnist"):
            try:
                return self.get("mnist")
            except DataUnavailable:  # its files are damaged, and there is no network
                pass
        return self.get("generated", lambda what, share: on_share(share))

    def ready(self, name: str) -> bool:
        """Whether the dataset is in memory by now."""
        return name in self._loaded
