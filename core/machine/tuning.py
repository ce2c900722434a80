"""Everything that is done only so that pages stand sooner and runs are not held up.

Nothing here changes what the app does or shows. Each trick says what it is good for, and what
measures it: `pages`, `watching`, `visitors`, `memory` and `room` in tests/benchmarks.
"""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections.abc import Callable
from functools import cache

from core.machine import heap

HEAD_START = 0.6  # seconds that a browser has to draw what is there before torch is imported
COLLECT_EVERY = 5.0  # seconds
PASS_ON_AFTER = 0.0001  # seconds


def let_the_page_appear() -> None:
    """Call it before the slow rest of a page: what stands already is drawn first.

    The first visitor of a server waits longest, for torch has to be imported: that hinders the
    server for seconds in handing out the page.
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
    heap.spare_arenas()
    import torch

    # Small networks gain nothing from several threads, and lose much when others compute too.
    torch.set_num_threads(1)
    spare_compiler()
    spare_collector()


def spare_compiler() -> None:
    """Let torch's optimisers do without its compiler (torch._dynamo and sympy), which none needs.

    They import it only in order to tell it to leave them alone: 74 MB and a second of the first
    run. What it would make of these methods is what they are; torch keeps its answer with each. And
    a step, which calls it for a breath before and after, is left with what else it does: it keeps
    no record for slopes of its own. Nor does it tell torch's profiler of itself, to which nobody
    listens here: a fifth of the tutorial network's step. Another torch stays as it is.
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
    that torch keeps for ever would make that a tenth of a second, each time.
    """
    gc.unfreeze()  # what was kept so far may be garbage by now, such as pages of visitors who left
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


def pass_interpreter_on() -> None:
    """Have a thread that others wait for pass Python's interpreter on soon, not after its 5 ms.

    Only one thread has it at a time. Whoever answers a visitor or trains lets go of it at every
    message and every step of torch, dozens of times for one stroke, and waits each time until
    another thread lets go. With eight who draw while a network learns, on a busy machine, a
    stroke's answer came in two thirds of the time, and both got 1.7 times as much done.
    """
    sys.setswitchinterval(PASS_ON_AFTER)


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
