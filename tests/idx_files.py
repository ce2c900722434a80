"""Files in MNIST's own format (IDX, packed with gzip), small, and tables that know them.

The format: http://yann.lecun.com/exdb/mnist/, "FILE FORMATS FOR THE MNIST DATABASE".
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest
import torch
from torch import Tensor

from core.datasets import mnist
from tests.torchvision_guard import import_torchvision

UBYTE = 8  # the code for unsigned bytes, all that MNIST has


@dataclass(frozen=True)
class IdxFiles:
    """Four files in `folder`, and what is in them: images uint8 (N, 28, 28), labels int64 (N,)."""

    folder: Path
    images: Tensor
    labels: Tensor
    test_images: Tensor
    test_labels: Tensor


def write(folder: Path, training: int, test: int) -> IdxFiles:
    """Images of noise, which no packing makes smaller, and labels by chance."""
    generator = torch.Generator().manual_seed(7)
    tensors = []
    for count in (training, test):
        tensors.append(torch.randint(256, (count, 28, 28), generator=generator, dtype=torch.uint8))
        tensors.append(torch.randint(10, (count,), generator=generator))
    for name, tensor in zip(mnist.SIZES, tensors, strict=True):
        (folder / name).write_bytes(gzip.compress(idx(tensor), mtime=0))
    return IdxFiles(folder, *tensors)


def idx(tensor: Tensor) -> bytes:
    """A tensor of whole numbers from 0 to 255, in this format."""
    lengths = b"".join(length.to_bytes(4, "big") for length in tensor.shape)
    return bytes([0, 0, UBYTE, tensor.dim()]) + lengths + tensor.to(torch.uint8).numpy().tobytes()


def expect(files: IdxFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on, these four are what the app and torchvision take for MNIST."""
    sizes, packed_sums, unpacked_sums = {}, {}, {}
    for name in mnist.SIZES:
        packed = (files.folder / name).read_bytes()
        unpacked = gzip.decompress(packed)
        sizes[name] = len(packed), len(unpacked)
        packed_sums[name] = hashlib.md5(packed).hexdigest()
        unpacked_sums[name] = hashlib.md5(unpacked).hexdigest()
    monkeypatch.setattr(mnist, "SIZES", sizes)
    monkeypatch.setattr(mnist, "UNPACKED", unpacked_sums)
    monkeypatch.setattr(mnist, "PACKED", packed_sums)
    monkeypatch.setattr(import_torchvision().datasets.MNIST, "resources", [*packed_sums.items()])
