"""Where the app keeps files, and how it writes them: whole or not at all."""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path


def home() -> Path:
    """The app's folder: DIGITLAB_HOME, or `digit-lab` in the user's data folder."""
    if chosen := os.environ.get("DIGITLAB_HOME"):
        return Path(os.path.expanduser(chosen))  # leaves a ~name that it does not know as it is
    return _user_data_folder() / "digit-lab"


def data_folder() -> Path:
    """Where datasets lie, in torchvision's layout: `MNIST/raw/*.gz` under this folder."""
    return home() / "data"


def write_safely(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it. Raises OSError and then leaves nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        scratch.write_bytes(content)
        os.replace(scratch, path)
    except BaseException:
        with suppress(OSError):
            scratch.unlink()
        raise


def _user_data_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
