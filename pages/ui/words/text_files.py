"""Reads the words in pages/ui/words, which a teacher may change without knowing Python.

A file that is missing or broken gives a TextError, whose message says which file and what to do.
"""

from __future__ import annotations

import tomllib
from collections.abc import Hashable
from pathlib import Path
from typing import Any

TEXT = Path(__file__).parent


class TextError(RuntimeError):
    """A file of words cannot be used. The message is for the person who can put it right."""


def read_text_file(name: str) -> dict[str, Any]:
    """The table in the TOML file `name` under pages/ui/words. Raises TextError."""
    try:
        return tomllib.loads((TEXT / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise unusable(name, "is missing") from None
    except (OSError, UnicodeDecodeError) as error:
        raise unusable(name, f"cannot be read ({error})") from error
    except tomllib.TOMLDecodeError as error:
        raise unusable(name, f"is not valid TOML: {error}") from error


def stamp_of(name: str) -> Hashable:
    """Tells whether the file `name` is another than before, or is not there."""
    try:
        found = (TEXT / name).stat()
        return str(TEXT), found.st_mtime_ns, found.st_size
    except OSError:
        return str(TEXT)


def count_texts(folder: str) -> int:
    """How many text files this folder under pages/ui/words holds."""
    return sum(1 for _ in (TEXT / folder).glob("*.toml"))


def words_of(name: str, table: dict[str, Any], keys: tuple[str, ...]) -> dict[str, str]:
    """These keys of a file's table, each a text that is not empty. Raises TextError."""
    for key in keys:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise unusable(name, f'has no text for "{key}"')
    return {key: table[key].strip() for key in keys}


def unusable(name: str, reason: str) -> TextError:
    """The error for the file `name`, with what would help."""
    return TextError(
        f"The text file pages/ui/words/{name} {reason}. Put it right, or put back the file that "
        "came with the app."
    )
