"""What the C library does with freed memory: it is given back to the machine.

Nothing here changes what the app does or shows; `tests.benchmarks.memory` measures what it is good
for. Where the C library is not glibc, it does nothing.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache

# From glibc's malloc.h, and what they are set to
MMAP_THRESHOLD, MMAP_BYTES = -3, 4_000_000  # what is larger goes back as soon as it is freed
# What is free at the end of a heap stays there up to this size. With glibc's 128 KB, chance decides
# whether each batch has the memory of its images taken away and made ready again: scaling them then
# takes five times as long, and an iteration of the tutorial network a tenth.
TRIM_THRESHOLD, TRIM_BYTES = -1, 8_000_000
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
        library.mallopt(TRIM_THRESHOLD, TRIM_BYTES)


def give_back() -> None:
    """Give to the machine what was freed and is still held for later; a few milliseconds."""
    if library := _glibc():
        library.malloc_trim(0)
