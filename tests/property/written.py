"""Which files this process writes, moves or takes away outside of one folder.

Python tells every such call to an audit hook before it is made, whoever makes it. A hook cannot be
taken away again, so there is one for all, which is deaf most of the time.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = {  # each with how many of its first arguments are paths
    **dict.fromkeys(("os.mkdir", "os.remove", "os.rmdir", "os.truncate", "os.chmod"), 1),
    **dict.fromkeys(("os.utime", "shutil.rmtree", "tempfile.mkstemp", "tempfile.mkdtemp"), 1),
    **dict.fromkeys(("os.rename", "os.link", "os.symlink", "shutil.move"), 2),
}
_listeners: list[tuple[Path, list[str]]] = []
_installed: list[bool] = []


@contextmanager
def outside(folder: Path) -> Iterator[list[str]]:
    """The list of what was written outside of `folder` while this goes on: calls and paths."""
    if not _installed:
        sys.addaudithook(_hear)
        _installed.append(True)
    found: list[str] = []
    _listeners.append((folder.resolve(), found))
    try:
        yield found
    finally:
        _listeners.pop()


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if not _listeners or (event in ("os.remove", "os.rmdir") and arguments[1] >= 0):
        return  # the second: by shutil.rmtree, whose folder was told before
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES:
        paths = arguments[:1]
    else:
        paths = arguments[: CHANGES.get(event, 0)]
    folder, found = _listeners[-1]
    for path in paths:
        if isinstance(path, (str, bytes, os.PathLike)) and not _may_be(os.fsdecode(path), folder):
            found.append(f"{event} {path!r}")


def _may_be(path: str, folder: Path) -> bool:
    """Whether it lies in the folder, or is what Python keeps beside its own modules."""
    full = os.path.realpath(path)
    return full == os.devnull or "__pycache__" in full or Path(full).is_relative_to(folder)
