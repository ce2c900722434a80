"""Opens a zip that anybody may have made: what it claims is checked before anything is unpacked.

Nothing is ever written: parts are read where they are, and never more of one than it was allowed.
The layout is that of PKWARE's APPNOTE.TXT, 4.3.16.
"""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Mapping

from core.machine.storage import size_and_most

BEGIN, END, LARGE_END = b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x07"
END_LENGTH, LARGE_END_LENGTH = 22, 20  # bytes
LONGEST_LIST = 4_096  # bytes; that of three files has some 200
LOCKED = 0x1  # among the flags of a part
SHOWN = 40  # letters of a name


class UnsafeZip(ValueError):
    """It is not what it should be. The message says why, as a part of a sentence."""


def opened(content: bytes, most: Mapping[str, int]) -> zipfile.ZipFile:
    """The zip, ready to be read. Raises UnsafeZip.

    most: the names of the parts that it has to hold, no more and no less, each with the bytes that
    it may have at most.
    """
    if content[: len(BEGIN)] != BEGIN:
        raise UnsafeZip("it is of another kind, or damaged")
    _check_end(content)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnsafeZip("it is damaged") from error
    names = [part.filename for part in archive.infolist()]
    if sorted(names) != sorted(most):
        raise UnsafeZip(_wrong_names(names, list(most)))
    for part in archive.infolist():
        _check(part, most[part.filename])
    return archive


def _check_end(content: bytes) -> None:
    """The list of what it holds stands at its end, and is read whole: it may not be long."""
    end = content[-END_LENGTH:]
    if end[:4] != END or end[-2:] != b"\0\0":
        raise UnsafeZip("its end is missing")
    large = content[-END_LENGTH - LARGE_END_LENGTH :]
    if large[:4] == LARGE_END or int.from_bytes(end[12:16], "little") > LONGEST_LIST:
        raise UnsafeZip("it holds too many files")


def _wrong_names(names: list[str], expected: list[str]) -> str:
    other = next((name for name in names if name not in expected), None)
    if other is None:
        return f"it does not hold {', '.join(expected)}, each once"
    seen = "".join(letter for letter in other if letter.isprintable())[:SHOWN]
    return f"it holds {seen!r}, which is no part of a run"


def _check(part: zipfile.ZipInfo, most: int) -> None:
    if stat.S_ISLNK(part.external_attr >> 16):
        raise UnsafeZip(f"{part.filename} in it is a link")
    if part.flag_bits & LOCKED:
        raise UnsafeZip(f"{part.filename} in it is locked with a password")
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnsafeZip(f"{part.filename} in it is packed in an unusual way")
    if part.file_size > most:
        size = size_and_most(part.file_size, most)
        raise UnsafeZip(f"{part.filename} in it would unpack to {size}")
