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

from core.machine.storage import write_safely
from core.machine.vision import import_torchvision

if TYPE_CHECKING:  # whether the files are here can be told without torch
    from torch import Tensor

SILENCE = 8.0  # seconds without a byte after which a download is given up
BLOCK = 1 << 16  # bytes read at a time at the most: small enough for a smooth progress bar

# bytes packed and unpacked, by torchvision's file names
SIZES = {
    "train-images-idx3-ubyte.gz": (9_912_422, 47_040_016),
    "train-labels-idx1-ubyte.gz": (28_881, 60_008),
    "t10k-images-idx3-ubyte.gz": (1_648_877, 7_840_016),
    "t10k-labels-idx1-ubyte.gz": (4_542, 10_008),
}
# MD5 of the same four unpacked; torchvision knows only those of the packed ones
UNPACKED = {
    "train-images-idx3-ubyte.gz": "6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte.gz": "a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte.gz": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte.gz": "27ae3e4e09519cfbb04c329615203637",
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
    files: dict[str, Path] = {}
    done = 0
    for name, checksum in checksums.items():
        file = usable_file(raw / name, checksum)
        if file is None:
            file = raw / name
            keep(file, download(file, checksum, share_of_all(done, on_progress)))
        files[name] = file
        done += SIZES[name][0]
    on_progress("Unpacking MNIST", 1.0)
    images_train, labels_train, images_test, labels_test = (read(files[name]) for name in SIZES)
    return (images_train, labels_train), (images_test, labels_test)


def share_of_all(done: int, on_progress: OnProgress) -> Callable[[int], None]:
    """Turns bytes of one file into the share of all four."""
    total = sum(packed for packed, _ in SIZES.values())
    return lambda received: on_progress("Downloading MNIST", (done + received) / total)


def is_here(root: Path) -> bool:
    """Whether all four files lie under `root`, packed or unpacked. Looks at no content."""
    raw = root / "MNIST" / "raw"
    try:
        return all(
            (raw / name).is_file() or (raw / name).with_suffix("").is_file() for name in SIZES
        )
    except OSError:  # a folder that cannot be looked into holds nothing for us
        return False


def usable_file(path: Path, checksum: str) -> Path | None:
    """The packed file, or torchvision's unpacked one: the first that is as it should be."""
    if checksum_of(path) == checksum:
        return path
    unpacked = path.with_suffix("")
    return unpacked if checksum_of(unpacked) == UNPACKED[path.name] else None


def checksum_of(path: Path) -> str | None:
    """The MD5 of a file; None where there is none. Raises DataUnavailable if it is unreadable."""
    try:
        return hashlib.md5(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DataUnavailable(f"{path} cannot be read: {plain(error)}.") from error


def read(path: Path) -> Tensor:
    """One file as a tensor, by torchvision's reader, unpacked in a folder of its own if packed."""
    readers = import_torchvision().datasets.mnist
    reader = readers.read_image_file if "idx3" in path.name else readers.read_label_file
    try:
        if path.suffix != ".gz":
            return reader(str(path))
        with tempfile.TemporaryDirectory(prefix="digit-lab-") as folder:
            unpacked = Path(folder) / path.stem
            unpacked.write_bytes(gzip.decompress(path.read_bytes()))
            return reader(str(unpacked))
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


def download(path: Path, checksum: str, on_bytes: Callable[[int], None]) -> bytes:
    """The content of the file that belongs at `path`, from the first source that has it right."""
    addresses, name = sources(), path.name
    reasons = [f"the file {name} on this machine is damaged"] if path.exists() else []
    for address in addresses:
        try:
            content = transfer(
                address + name, SILENCE / len(addresses), on_bytes, most=SIZES[name][0]
            )
        except (OSError, http.client.HTTPException, ValueError) as error:
            reasons.append(f"{host_of(address)}: {plain(error)}")
            continue
        if hashlib.md5(content).hexdigest() == checksum:
            return content
        reasons.append(f"{host_of(address)}: what it sent is not the right file (wrong checksum)")
    raise DataUnavailable(f"MNIST could not be downloaded ({'; '.join(reasons)}).")


def transfer(url: str, patience: float, on_bytes: Callable[[int], None], most: int) -> bytes:
    """The bytes behind `url`. Raises TimeoutError after `patience` seconds without a byte, and
    ConnectionError for a transfer that breaks off or goes on beyond `most` bytes.

    A thread does the reading, because looking up a host's name cannot be given a time limit.
    """
    blocks: queue.Queue[bytes | Exception | int] = queue.Queue()
    enough = threading.Event()
    arguments = (url, patience, blocks, enough)
    threading.Thread(target=read_blocks, args=arguments, daemon=True).start()
    content, expected = bytearray(), None
    try:
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
                if len(content) > most:
                    raise ConnectionError("what it sent is not the right file (too long)")
                on_bytes(len(content))
            elif expected is not None and len(content) != expected:
                raise ConnectionError(f"broke off after {len(content):,} of {expected:,} bytes")
            else:
                return bytes(content)
    finally:
        enough.set()


def read_blocks(
    url: str,
    patience: float,
    blocks: queue.Queue[bytes | Exception | int],
    enough: threading.Event,
) -> None:
    """Puts the announced length, if any, then bytes as they come, and b"" at the end, or the error.

    It ends early once nobody wants more.
    """
    try:
        with urllib.request.urlopen(url, timeout=patience) as response:
            if length := response.headers.get("Content-Length"):
                blocks.put(int(length))
            while not enough.is_set() and (block := response.read1(BLOCK)):
                blocks.put(block)
            blocks.put(b"")
    except Exception as error:  # whatever it is, the reader of the queue has to hear of it
        blocks.put(error)


def host_of(address: str) -> str:
    """The part of an address that a person recognises."""
    try:
        return urllib.parse.urlsplit(address).hostname or address
    except ValueError:  # an address that is none
        return address


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
