"""Gives memory back to the machine, and leaves out what nobody needs of a large library.

Nothing here changes what the app does or shows; `tests.benchmarks.memory` measures what it is good
for. On machines where the C library is not glibc, that part of it does nothing.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType

# From glibc's malloc.h, and what they are set to
MMAP_THRESHOLD, MMAP_BYTES = -3, 4_000_000  # what is larger goes back as soon as it is freed
ARENA_MAX, ARENAS = -8, 2  # heaps; each thread that computes would get one of its own


@cache
def _glibc() -> ctypes.CDLL | None:
    """The C library, where it is glibc."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") else None


def spare_arenas() -> None:
    """Let all threads share few heaps: what one of them frees, the next can use."""
    if library := _glibc():
        library.mallopt(ARENA_MAX, ARENAS)
        library.mallopt(MMAP_THRESHOLD, MMAP_BYTES)


def give_back() -> None:
    """Give to the machine what was freed and is still held for later; a few milliseconds."""
    if library := _glibc():
        library.malloc_trim(0)


@contextmanager
def without(*modules: str) -> Iterator[None]:
    """Import a library without these parts of it, which stay to be imported by whoever asks."""
    missing = [name for name in modules if name not in sys.modules]
    stand_ins = {name: ModuleType(name) for name in missing}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, stand_in in stand_ins.items():
            sys.modules.pop(name, None)
            package, _, part = name.rpartition(".")
            if vars(sys.modules.get(package, sys)).get(part) is stand_in:
                delattr(sys.modules[package], part)
