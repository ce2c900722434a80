"""Gets the four MNIST files, checks and reads them, through torchvision's own tables and readers.

A file is kept only when its checksum is right, so whatever breaks, the next try starts clean. What
is done with the images is the business of core/data.py.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import logging
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from core.datasets.download import DownloadError, download, plain
from core.machine.storage import way_out, write_safely
from core.machine.vision import import_torchvision

if TYPE_CHECKING:  # whether the files are here can be told without torch
    from torch import Tensor

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

MEGABYTES = round(sum(packed for packed, _ in SIZES.values()) / 1e6)  # to download, 12

# Where a school or a firm looks into encrypted connections, on its own certificate.
WAYS_OUT = (
    "Your network seems to look into encrypted connections, as many schools have it. Two ways out: "
    "name its certificate in SSL_CERT_FILE and start the app again, or put MNIST's four files into "
    "{} by hand."
)

log = logging.getLogger(__name__)

OnProgress = Callable[[str, float], None]  # what is being done, and the share done, 0 to 1
# images uint8 (N, 28, 28), labels int64 (N,) and, where they are known, writers int64 (N,)
Part = tuple["Tensor", ...]


class DataUnavailable(RuntimeError):
    """A dataset cannot be had now. The message says why and what would work."""


def writer_names() -> tuple[str, ...]:
    """None: MNIST does not say who wrote what."""
    return ()


def load(root: Path, on_progress: OnProgress) -> tuple[Part, Part]:
    """MNIST's 60,000 training and 10,000 test images, from files under `root` or downloaded there.

    Raises DataUnavailable with the reason.
    """
    raw = root / "MNIST" / "raw"
    checksums = dict(import_torchvision().datasets.MNIST.resources)
    files: dict[str, Path | Unkept] = {}
    done, total = 0, sum(packed for packed, _ in SIZES.values())

    def tell(received: int) -> None:
        on_progress("Downloading MNIST", (done + received) / total)

    for name, checksum in checksums.items():
        path = raw / name
        files[name] = usable_file(path, checksum) or keep(path, fetch(path, checksum, tell))
        done += SIZES[name][0]
    on_progress("Unpacking MNIST", 1.0)
    images_train, labels_train, images_test, labels_test = (read(files[name]) for name in SIZES)
    return (images_train, labels_train), (images_test, labels_test)


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


def read(path: Path | Unkept) -> Tensor:
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


def keep(path: Path, content: bytes) -> Path | Unkept:
    """Save a file that was downloaded; where it lies. What cannot be kept is used all the same."""
    try:
        write_safely(path, content)
        return path
    except OSError as error:
        where = f"{path.parent} cannot be written: {plain(error)}"
        log.warning("MNIST is in memory only, for %s. %s", where, way_out(error))
        return Unkept(path, content)


class Unkept(io.BytesIO):
    """A file that is in memory only. It is read as one on disk is."""

    def __init__(self, path: Path, content: bytes) -> None:
        super().__init__(content)
        self.name, self.stem, self.suffix = path.name, path.stem, path.suffix
        self.read_bytes = self.getvalue


def sources() -> list[str]:
    """Download addresses, best first: DIGITLAB_MNIST_MIRROR, then torchvision's."""
    mirror = os.environ.get("DIGITLAB_MNIST_MIRROR")
    addresses = [mirror] if mirror else []
    addresses += import_torchvision().datasets.MNIST.mirrors
    return [address.rstrip("/") + "/" for address in addresses]


def fetch(path: Path, checksum: str, on_bytes: Callable[[int], None]) -> bytes:
    """The content of the file that belongs at `path`, from the first source that has it right."""
    damaged = f"the file {path.name} on this machine is damaged; " if path.exists() else ""
    addresses = [source + path.name for source in sources()]
    try:
        return download(addresses, checksum, SIZES[path.name][0], on_bytes)
    except DownloadError as error:
        ways = f" {WAYS_OUT.format(path.parent)}" if error.inspected else ""
        said = f"MNIST could not be downloaded ({damaged}{error}).{ways}"
        raise DataUnavailable(said) from error
