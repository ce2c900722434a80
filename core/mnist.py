"""Gets the four MNIST files, checks and reads them, through torchvision's own tables and readers.

A file is kept only when its checksum is right, so whatever breaks, the next try starts clean. What
is done with the images is the business of core/data.py.
"""

from __future__ import annotations

import gzip
import hashlib
import http.client
import os
import queue
import tempfile
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from core.storage import write_safely
from core.vision import import_torchvision

if TYPE_CHECKING:  # whether the files are here can be told without torch
    from torch import Tensor

SILENCE = 8.0  # seconds without a byte after which a download is given up
BLOCK = 1 << 16  # bytes read at a time: small enough for a smooth progress bar

# bytes packed and unpacked, by torchvision's file names
SIZES = {
    "train-images-idx3-ubyte.gz": (9_912_422, 47_040_016),
    "train-labels-idx1-ubyte.gz": (28_881, 60_008),
    "t10k-images-idx3-ubyte.gz": (1_648_877, 7_840_016),
    "t10k-labels-idx1-ubyte.gz": (4_542, 10_008),
}

OnProgress = Callable[[str, float], None]  # what is being done, and the share done, 0 to 1
Part = tuple["Tensor", "Tensor"]  # images uint8 (N, 28, 28), labels int64 (N,)


class DataUnavailable(RuntimeError):
    """A dataset cannot be had now. The message says why and what would work."""


def load(root: Path, on_progress: OnProgress) -> tuple[Part, Part]:
    """MNIST's 60,000 training and 10,000 test images, from files under `root` or downloaded there.

    Raises DataUnavailable with the reason.
    """
    raw = root / "MNIST" / "raw"
    checksums = dict(import_torchvision().datasets.MNIST.resources)
    damaged = [name for name in checksums if is_damaged(raw / name, checksums[name])]
    done = 0
    for name, checksum in checksums.items():
        if not is_usable(raw / name, checksum):
            report = share_of_all(done, on_progress)
            keep(raw / name, download(name, checksum, report, damaged))
        done += SIZES[name][0]
    on_progress("Unpacking MNIST", 1.0)
    with tempfile.TemporaryDirectory(prefix="digit-lab-") as folder:
        images_train, labels_train, images_test, labels_test = (
            read(raw / name, Path(folder)) for name in SIZES
        )
    return (images_train, labels_train), (images_test, labels_test)


def share_of_all(done: int, on_progress: OnProgress) -> Callable[[int], None]:
    """Turns bytes of one file into the share of all four."""
    total = sum(packed for packed, _ in SIZES.values())
    return lambda received: on_progress("Downloading MNIST", (done + received) / total)


def is_here(root: Path) -> bool:
    """Whether all four files lie under `root`, packed or unpacked. Looks at no content."""
    raw = root / "MNIST" / "raw"
    return all((raw / name).is_file() or (raw / name).with_suffix("").is_file() for name in SIZES)


def is_usable(path: Path, checksum: str) -> bool:
    """The packed file with the right checksum, or torchvision's unpacked one of the right size."""
    if path.is_file() and not is_damaged(path, checksum):
        return True
    unpacked = path.with_suffix("")
    return unpacked.is_file() and unpacked.stat().st_size == SIZES[path.name][1]


def is_damaged(path: Path, checksum: str) -> bool:
    """Whether the file is there, but not the file that it should be."""
    try:
        return hashlib.md5(path.read_bytes()).hexdigest() != checksum
    except FileNotFoundError:
        return False
    except OSError as error:
        raise DataUnavailable(f"{path} cannot be read: {plain(error)}.") from error


def read(path: Path, scratch: Path) -> Tensor:
    """One file as a tensor, by torchvision's reader, unpacked in `scratch` where necessary."""
    readers = import_torchvision().datasets.mnist
    unpacked = path.with_suffix("")
    try:
        if path.is_file():
            unpacked = scratch / unpacked.name
            unpacked.write_bytes(gzip.decompress(path.read_bytes()))
        is_images = "idx3" in path.name
        tensor = (readers.read_image_file if is_images else readers.read_label_file)(str(unpacked))
        unpacked.unlink() if unpacked.parent == scratch else None
        return tensor
    except (OSError, ValueError, LookupError, RuntimeError, AssertionError) as error:
        raise DataUnavailable(f"MNIST could not be unpacked: {plain(error)}.") from error


def keep(path: Path, content: bytes) -> None:
    """Save a file that was downloaded."""
    try:
        write_safely(path, content)
    except OSError as error:
        raise DataUnavailable(
            f"MNIST was downloaded, but {path.parent} cannot be written: {plain(error)}. Free some "
            "space there, or name another folder in DIGITLAB_HOME."
        ) from error


def sources() -> list[str]:
    """Download addresses, best first: DIGITLAB_MNIST_MIRROR, then torchvision's."""
    mirror = os.environ.get("DIGITLAB_MNIST_MIRROR")
    addresses = [mirror] if mirror else []
    addresses += import_torchvision().datasets.MNIST.mirrors
    return [address.rstrip("/") + "/" for address in addresses]


def download(
    name: str, checksum: str, on_bytes: Callable[[int], None], damaged: list[str]
) -> bytes:
    """The content of one file from the first source that has it right."""
    addresses = sources()
    reasons = [f"the file {name} on this machine is damaged"] if name in damaged else []
    for address in addresses:
        try:
            content = transfer(address + name, SILENCE / len(addresses), on_bytes)
        except (OSError, http.client.HTTPException, ValueError) as error:
            reasons.append(f"{host_of(address)}: {plain(error)}")
            continue
        if hashlib.md5(content).hexdigest() == checksum:
            return content
        reasons.append(f"{host_of(address)}: what it sent is not the right file (wrong checksum)")
    raise DataUnavailable(f"MNIST could not be downloaded ({'; '.join(reasons)}).")


def transfer(url: str, patience: float, on_bytes: Callable[[int], None]) -> bytes:
    """The bytes behind `url`. Raises TimeoutError after `patience` seconds without a byte.

    A thread does the reading, because looking up a host's name cannot be given a time limit.
    """
    blocks: queue.Queue[bytes | Exception | int] = queue.Queue()
    threading.Thread(target=read_blocks, args=(url, patience, blocks), daemon=True).start()
    content, expected = bytearray(), None
    while True:
        try:
            block = blocks.get(timeout=patience)
        except queue.Empty:
            raise TimeoutError from None
        if isinstance(block, Exception):
            raise block
        if isinstance(block, int):
            expected = block
        elif block:
            content += block
            on_bytes(len(content))
        elif expected is not None and len(content) != expected:
            raise ConnectionError(f"broke off after {len(content):,} of {expected:,} bytes")
        else:
            return bytes(content)


def read_blocks(url: str, patience: float, blocks: queue.Queue[bytes | Exception | int]) -> None:
    """Puts the announced length, if any, then blocks of bytes, and b"" at the end, or the error."""
    try:
        with urllib.request.urlopen(url, timeout=patience) as response:
            if length := response.headers.get("Content-Length"):
                blocks.put(int(length))
            while block := response.read(BLOCK):
                blocks.put(block)
            blocks.put(b"")
    except Exception as error:  # whatever it is, the reader of the queue has to hear of it
        blocks.put(error)


def host_of(address: str) -> str:
    """The part of an address that a person recognises."""
    return urllib.parse.urlsplit(address).hostname or address


def plain(error: Exception) -> str:
    """An error in plain words."""
    if isinstance(error, urllib.error.HTTPError):
        return f"answered with error {error.code}"
    if isinstance(error, urllib.error.URLError):
        error = error.reason if isinstance(error.reason, Exception) else error
    if isinstance(error, TimeoutError):
        return "did not answer in time"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower() if error.filename is None else error.strerror
    return str(error) or type(error).__name__
