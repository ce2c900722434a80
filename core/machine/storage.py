"""Where the app keeps files, how it writes them (whole or not at all), how large is too large."""

from __future__ import annotations

import errno
import math
import os
import secrets
import socket
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from zlib import crc32

OLD = 3_600.0  # seconds after which what was left half done is cleared away, whoever left it
MEGABYTE = 2**20  # bytes, as Streamlit counts what is uploaded
PROCESS = secrets.token_hex(4)  # tells this process from an earlier one with the same number


def home() -> Path:
    """The app's folder: DIGITLAB_HOME, or `digit-lab` in the user's data folder.

    A user without a home folder gets one among the temporary files.
    """
    if (chosen := os.environ.get("DIGITLAB_HOME")) and not home_problem():
        return Path(os.path.expanduser(chosen))
    try:
        return _user_data_folder() / "digit-lab"
    except RuntimeError:  # Path.home() knows none
        return Path(tempfile.gettempdir()) / f"digit-lab-{getattr(os, 'getuid', int)()}"


def home_problem() -> str:
    """Why DIGITLAB_HOME is not used, in a sentence; "" where it is, or is not set."""
    chosen = os.environ.get("DIGITLAB_HOME", "")
    if not os.path.expanduser(chosen).startswith("~"):  # it leaves a name that it does not know
        return ""
    return (
        f"The server's setting DIGITLAB_HOME is {chosen[:80]!r}, and no user of this machine has "
        "that name. Until it is put right, it is as if it were not set."
    )


def data_folder() -> Path:
    """Where datasets lie, in torchvision's layout: `MNIST/raw/*.gz` under this folder."""
    return home() / "data"


def why_nothing_is_kept() -> str:
    """Why nothing can be written in the app's folder, in a sentence; "" where it can be."""
    try:
        write_safely(home() / ".writable", b"")
        return ""
    except OSError as error:
        return f"Nothing is kept on this server: {home()} cannot be written ({error.strerror})."


def write_safely(path: Path, content: bytes, sync: bool = False) -> None:
    """Write a file so that nobody ever sees half of it. Raises OSError and then leaves nothing.

    sync: it is on the disk before it takes its place, so that a power cut leaves no half either.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in path.parent.glob(f".{path.name}.*"):
        if is_left_over(left):
            left.unlink(missing_ok=True)
    scratch = path.with_name(scratch_name(f".{path.name}."))
    try:
        with scratch.open("wb") as file:
            file.write(content)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        os.replace(scratch, path)
    except BaseException:
        with suppress(OSError):
            scratch.unlink()
        raise


def way_out(error: Exception) -> str:
    """What would help where a file cannot be written, as a sentence."""
    if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT):
        return "Free some space there."
    return "Let the app write there, or name another folder in DIGITLAB_HOME."


def size_and_most(size: int, most: int) -> str:
    """That a file of `size` bytes is over `most`: "15.1 MB, and 15 MB is the most". Rounded up, so
    that it is more in words too."""
    return f"{math.ceil(10 * size / MEGABYTE) / 10:,} MB, and {most // MEGABYTE} MB is the most"


def scratch_name(prefix: str) -> str:
    """A name for what is being written; it tells who writes, see `is_left_over`."""
    return f"{prefix}{_machine()}-{os.getpid()}-{PROCESS}-{secrets.token_hex(4)}"


def is_left_over(path: Path) -> bool:
    """Whether what has a `scratch_name` was left half done: by a process of this machine that is no
    more, or long ago. Another server may be writing into the same folder at this moment."""
    try:
        if time.time() - path.stat().st_mtime > OLD:
            return True
        machine, number, process, _ = path.name.rsplit(".", 1)[-1].split("-")[-4:]
        return machine == _machine() and process != PROCESS and not _lives(int(number))
    except (OSError, ValueError):  # gone in this moment, or none of ours
        return False


def _lives(process: int) -> bool:
    """Whether there is another process with this number. Told on POSIX alone: asking kills there
    where it is not."""
    if os.name != "posix":
        return True
    if process == os.getpid():  # an earlier one, such as the first of a container
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it is somebody else's
        return True
    return True


def _machine() -> str:
    return f"{crc32(socket.gethostname().encode()):08x}"


def _user_data_folder() -> Path:
    """Raises RuntimeError for a user without a home folder."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
