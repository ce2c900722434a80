"""Gets the four MNIST files, checks and reads them. The tables are torchvision's; a test compares.

A file is kept only when its checksum is right, so whatever breaks, the next try starts clean. What
is done with the images is the business of core/data.py. torchvision itself is not imported: it
brings 80 MB of other things, which a server would keep for as long as it runs.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import logging
import os
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from core.datasets.download import DownloadError, download, plain
from core.machine.storage import way_out, write_safely

if TYPE_CHECKING:  # whether the files are here can be told without torch
    from torch import Tensor

# bytes packed and unpacked, by torchvision's file names
SIZES = {
    "train-images-idx3-ubyte.gz": (9_912_422, 47_040_016),
    "train-labels-idx1-ubyte.gz": (28_881, 60_008),
    "t10k-images-idx3-ubyte.gz": (1_648_877, 7_840_016),
    "t10k-labels-idx1-ubyte.gz": (4_542, 10_008),
}
PACKED = {  # MD5 of the same four
    "train-images-idx3-ubyte.gz": "f68b3c2dcbeaaa9fbdd348bbdeb94873",
    "train-labels-idx1-ubyte.gz": "d53e105ee54ea40749a09fcbcd1e9432",
    "t10k-images-idx3-ubyte.gz": "9fb629c4189551a2d022fa330f9573f3",
    "t10k-labels-idx1-ubyte.gz": "ec29112dd5afa0611ce80d1b7f02629c",
}
# and of what is in them; torchvision knows only those above
UNPACKED = {
    "train-images-idx3-ubyte.gz": "6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte.gz": "a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte.gz": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte.gz": "27ae3e4e09519cfbb04c329615203637",
}
MIRRORS = ("https://ossci-datasets.s3.amazonaws.com/mnist/", "http://yann.lecun.com/exdb/mnist/")

IDX_HEADER = 4  # bytes: two of zero, one for the kind of number, and how many lengths follow
PIECE = 1_000_000  # bytes unpacked at once, so that nothing large lies beside the images

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
    files: dict[str, Path | Unkept] = {}
    done, total = 0, sum(packed for packed, _ in SIZES.values())

    def tell(received: int) -> None:
        on_progress("Downloading MNIST", (done + received) / total)

    for name, checksum in PACKED.items():
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
        with path.open("rb") as file:
            return hashlib.file_digest(file, "md5").hexdigest()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DataUnavailable(f"{path} cannot be read: {plain(error)}.") from error


def read(path: Path | Unkept) -> Tensor:
    """What is in one file, packed or not: images uint8 (N, 28, 28), labels int64 (N,).

    The format, IDX, is described at http://yann.lecun.com/exdb/mnist/.
    """
    import torch

    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            lengths = file.read(IDX_HEADER)[-1]
            shape = [int.from_bytes(file.read(4), "big") for _ in range(lengths)]
            numbers = torch.empty(shape, dtype=torch.uint8)
            rest = memoryview(numbers.numpy()).cast("B")
            while read := file.readinto(rest[:PIECE]):
                rest = rest[read:]
            if rest:
                raise EOFError("the file ends too early")
    except (OSError, EOFError, ValueError, LookupError, zlib.error) as error:
        raise DataUnavailable(f"MNIST could not be unpacked: {plain(error)}.") from error
    return numbers if "idx3" in path.name else numbers.long()


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
        self.name, self.suffix = path.name, path.suffix


def sources() -> list[str]:
    """Download addresses, best first: DIGITLAB_MNIST_MIRROR, then the usual ones."""
    mirror = os.environ.get("DIGITLAB_MNIST_MIRROR")
    addresses = [mirror] if mirror else []
    addresses += MIRRORS
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
