"""All that is done only so that pages stand sooner, runs are not held up and memory is spared.

Nothing here changes what the app does or shows. Each trick says what it is good for: processor time
with it and without, in turns in one process, or what `pages`, `watching`, `visitors`, `memory`
and `room` in tests/benchmarks measure.
"""

from __future__ import annotations

import ctypes
import gc
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache

HEAD_START = 0.6  # seconds that a browser has to draw what is there before torch is imported
COLLECT_EVERY = 5.0  # seconds
NICE = 10  # of 19, for threads that compute for long

# From glibc's malloc.h, and what they are set to: see `spare_memory`. Together the two thresholds
# spare an eighth of an iteration of the tutorial network.
MMAP_THRESHOLD, MMAP_BYTES = -3, 4_000_000  # what is larger goes back as soon as it is freed
# What is free at the end of a heap stays there up to this size. With glibc's 128 KB, chance decides
# whether each batch has the memory of its images taken away and made ready again: scaling them then
# takes five times as long.
TRIM_THRESHOLD, TRIM_BYTES = -1, 8_000_000
MOST = 1 << 30  # bytes: more than a batch takes, see `keep_memory`
DONTNEED = 4  # from the kernel's mman.h, see `let_go_of_code`
ARENA_MAX, ARENAS = -8, 2  # heaps; each thread that computes would get one of its own


def let_the_page_appear() -> None:
    """Call it before the slow rest of a page: what stands already is drawn first.

    The first visitor of a server waits longest, for torch has to be imported: that hinders the
    server for seconds in handing out the page. Inside was ready after 2.7 s instead of 3.5 on a
    busy machine.
    """
    if "torch" not in sys.modules:
        time.sleep(HEAD_START)


@cache
def warm_up(get_ready: Callable[[], None]) -> None:
    """Import torch, and whatever `get_ready` does, in the background, once: it takes seconds."""

    def after_the_page() -> None:
        time.sleep(HEAD_START)
        import_torch()
        get_ready()

    threading.Thread(target=after_the_page, name="warm-up", daemon=True).start()


@cache
def import_torch() -> None:
    """Import torch as a server with many visitors needs it; done once."""
    spare_memory()
    import torch

    # Small networks gain nothing from several threads, and lose much when others compute too.
    torch.set_num_threads(1)
    spare_compiler()
    spare_collector()
    let_go_of_code()


@cache
def _glibc() -> ctypes.CDLL | None:
    """The C library, where it is glibc; elsewhere nothing is done about memory."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") else None


def spare_memory() -> None:
    """Let all threads share few heaps: what one of them frees, the next can use."""
    if library := _glibc():
        library.mallopt(ARENA_MAX, ARENAS)
        library.mallopt(MMAP_THRESHOLD, MMAP_BYTES)
        library.mallopt(TRIM_THRESHOLD, TRIM_BYTES)


def keep_memory() -> None:
    """Keep what a batch frees for the next one, where nobody else needs it.

    The machine need not make the same memory ready, and zero it, again and again: the making of
    the networks that ship takes 41 minutes instead of 46.
    """
    if library := _glibc():
        library.mallopt(MMAP_THRESHOLD, MOST)
        library.mallopt(TRIM_THRESHOLD, MOST)


def give_memory_back() -> None:
    """Give to the machine what was freed and is still held for later; a few milliseconds."""
    if library := _glibc():
        library.malloc_trim(0)
        let_go_of_code()


def let_go_of_code() -> None:
    """Let go of the code of libraries: what runs again is found again, in the file or its copy.

    Most of torch's code that is in memory ran once, when it was imported, and other libraries' when
    a page was looked at: 60 MB after the import, of which a drawing needs 20, and ever more later.
    """
    if library := _glibc():
        with open("/proc/self/maps", encoding="utf-8") as pieces:
            for place, access, _, _, _, *file in map(str.split, pieces):
                if access == "r-xp" and file and ".so" in file[-1]:  # never written, so the file's
                    start, end = (int(each, 16) for each in place.split("-"))
                    library.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), DONTNEED)


def spare_compiler() -> None:
    """Let torch's optimisers do without its compiler (torch._dynamo and sympy), which none needs.

    They import it only in order to tell it to leave them alone: 74 MB and a second of the first
    run. What it would make of these methods is what they are; torch keeps its answer with each. And
    a step, which calls it for a breath before and after, is left with what else it does: it keeps
    no record for slopes of its own. Nor does it tell torch's profiler of itself, to which nobody
    listens here: a sixteenth of an iteration of the tutorial network. Another torch stays as it is.
    """
    import torch
    from torch.optim import Optimizer

    for name in ("add_param_group", "state_dict", "load_state_dict", "zero_grad"):
        if method := getattr(getattr(Optimizer, name), "__wrapped__", None):
            method.__dynamo_disable = method
    for kind in vars(torch.optim).values():
        step = getattr(kind, "step", None)
        if getattr(step, "__name__", "") == "step" and step.__code__.co_name == "_use_grad":
            kind.step = torch.no_grad()(step.__wrapped__)
            kind.step.hooked = True  # what torch marks a step with that tells of itself


def spare_collector() -> None:
    """Keep the garbage collector from looking, again and again, at what is here to stay.

    While garbage is collected, all trainings stand still. The several hundred thousand objects
    that torch keeps for ever would make that a sixth of a second, each time, instead of nothing.
    """
    gc.collect()
    gc.freeze()


@cache
def collect_now_and_then() -> None:
    """Collect garbage every few seconds, in a thread of its own.

    Streamlit would after every run of a script, and so with every stroke and every look at a run.
    Measured by tests.benchmarks.room, that was three quarters of what a drawing costs the server;
    it is told not to in .streamlit/config.toml (postScriptGC).
    """

    def collect() -> None:
        while True:
            time.sleep(COLLECT_EVERY)
            gc.collect()

    threading.Thread(target=collect, name="collector", daemon=True).start()


def let_others_pass() -> None:
    """Let the machine prefer all other threads to this one, which computes for long.

    With thirty visitors and three browsers 95 of 100 answers came within 0.15 to 0.24 s, and
    within 0.28 s without this. Its own page slows a run as much at 2 as at 10 (by 20 and 21 % when
    that was measured). Done on Linux, where a thread can have such a wish of its own.
    """
    if sys.platform.startswith("linux"):
        with suppress(OSError):  # the whole server may be meant to be even nicer
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


def prepare_thread_to_train() -> None:
    """What the thread that trains owes the others, and what spares it time. Losses stay the same.

    Called in that thread, before its first batch.
    """
    import torch

    # Small networks: where others compute too, two threads lose more than they gain. Nor may there
    # be two while nobody does: they add up in another order, and from the third batch on the losses
    # would be others than those of the same run in company.
    torch.set_num_threads(1)
    # Adam's memory of weights that hardly ever change shrinks to numbers so small (below 1e-38)
    # that a processor needs a hundred times as long for each. Taken as 0, the losses stay the same
    # to the bit, and a dozen epochs take an eighth less time.
    torch.set_flush_denormal(True)
