"""How long our job trains, beside what people would pick instead: same network, images, batches.

    python -m tests.benchmarks.training [--rounds 5] [--batches 200]

The tutorial network (784-100-50-10, batches of 128, Adam) once over the first of MNIST's training
images, in turns. Read the ratios, which are medians of all rounds and of seconds of the processor:
on a busy machine seconds of the clock say who was interrupted. By the clock, the tutorial's loop
took 3.5 to 6.9 times as long as our job, by the processor 4.6 to 6.1. It makes every image anew in
Python; so many steps suffer most. Nobody sits an exam meanwhile. "Watched" is looked at as often
as a page does, by `TrainingJob.look`; what a browser costs is in watching.py. Everybody computes on
one thread: on two, sums come out otherwise, and with them the losses from the third batch on.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from core.machine.tuning import import_torch

import_torch()  # as the app does

import torch  # noqa: E402
from threadpoolctl import threadpool_limits  # noqa: E402

from core.config import TrainingConfig  # noqa: E402
from core.data import DigitDataset, load_dataset  # noqa: E402
from core.model import build_model  # noqa: E402
from core.runs.board import JobBoard  # noqa: E402
from core.runs.kept.store import RunStore  # noqa: E402
from pages.ui.widgets.task import POLL  # noqa: E402
from tests.benchmarks import peers  # noqa: E402
from tests.benchmarks.peers import BATCH, Task  # noqa: E402
from tests.benchmarks.started import demand_mnist, put_mnist  # noqa: E402
from tests.core.runs.jobs import Shelf  # noqa: E402

OURS, WATCHED, BARE, FLOOR = "our job", "our job, watched", "bare tensor loop", "its products alone"
CONV, PLAIN = "our job, convolutional", "plain loop, convolutional"
EPOCHS = 5  # of ours in a turn, which is then long enough to be looked at
CONV_SHARE = 3  # a convolutional turn has so many times fewer batches than an epoch
TUTORIAL = "tutorial's DataLoader loop"

Turn = Callable[[], None]
Spent = tuple[float, float]  # seconds of the processor, and of the clock


def job(task: Task, folder: Path, watched: bool = False, **settings: object) -> Turn:
    """A TrainingJob from its start to its end. The exam at its end has a hundred images."""
    digits = task.digits
    shelf = Shelf(DigitDataset("mnist", digits, digits[:0], digits[:100]))
    board = JobBoard(shelf, RunStore(folder))

    def train() -> None:
        run = board.submit(TrainingConfig(**settings))
        over = threading.Event()

        def look() -> None:
            while not over.wait(POLL):
                run.look()

        watcher = threading.Thread(target=look)
        if watched:
            watcher.start()
        run.task.wait()
        over.set()
        if watched:
            watcher.join()
        if run.snapshot().iteration != run.snapshot().total_iterations:
            sys.exit(f"The run did not come to its end: {run.snapshot().message}")

    return train


def products(batches: int) -> Turn:
    """The two products of the first layer in every batch: forward, and backward."""
    images, weights, slopes = torch.rand(BATCH, 784), torch.rand(100, 784), torch.rand(BATCH, 100)

    def train() -> None:
        for _ in range(batches):
            images @ weights.T
            slopes.T @ images

    return train


def seconds(turn: Turn, times: int = 1, epochs: int = 1) -> Spent:
    """What one of `times` turns takes, of which each has so many epochs; for one epoch."""
    torch.set_num_threads(1)
    with threadpool_limits(1):  # scikit-learn computes without torch
        busy, began = time.process_time(), time.perf_counter()
        for _ in range(times):
            turn()
        spent = time.process_time() - busy, time.perf_counter() - began
    return spent[0] / times / epochs, spent[1] / times / epochs


def contenders(task: Task, folder: Path, batches: int) -> dict[str, Callable[[], Spent]]:
    """Each with what takes a turn of it and tells what that took."""
    few = Task(task.digits[: len(task.digits) // CONV_SHARE], task.folder)
    network = build_model(TrainingConfig(architecture="conv"))
    runs = folder / "runs"
    ours = job(task, runs, epochs=EPOCHS)
    watched = job(task, runs, watched=True, epochs=EPOCHS)
    conv, plain = job(few, runs, architecture="conv", epochs=1), peers.bare(few, network)
    bare, floor = peers.bare(task), products(batches)
    found = {
        OURS: partial(seconds, ours, epochs=EPOCHS),
        WATCHED: partial(seconds, watched, epochs=EPOCHS),
        BARE: partial(seconds, bare, EPOCHS),
        FLOOR: partial(seconds, floor, EPOCHS),
        CONV: partial(seconds, conv),
        PLAIN: partial(seconds, plain),
    }
    for name, peer in peers.PEERS.items():
        try:
            found[name] = partial(seconds, peer(task))
        except ImportError as error:
            print(f"{name}: not here ({error}). See tests/benchmarks/requirements.txt.")
    return found


def report(times: dict[str, list[Spent]]) -> None:
    """Print the table, and the goals beside what was measured."""

    def ratio(one: str, other: str) -> float:
        rounds = zip(times[one], times[other], strict=True)
        return statistics.median(a / b for (a, _), (b, _) in rounds)

    print(f"{'':<28} {'processor s':>11} {'our job = 1':>12} {'clock s':>9}")
    for name, each in times.items():
        beside = CONV if "conv" in name else OURS
        busy, clock = (statistics.median(column) for column in zip(*each, strict=True))
        print(f"{name:<28} {busy:>11.3f} {ratio(name, beside):>12.2f} {clock:>9.3f}")
    others = [name for name in peers.PEERS if name in times]
    slowest = min(others, key=lambda name: ratio(name, OURS))
    goals = (
        (f"the fastest peer ({slowest}) / our job", ratio(slowest, OURS), 1.0, True),
        (f"{TUTORIAL} / our job", ratio(TUTORIAL, OURS), 7.0, True),
        ("our job / bare loop", ratio(OURS, BARE), 1.2, False),
        ("our job watched / bare loop", ratio(WATCHED, BARE), 1.2, False),
        ("convolutional: our job / plain loop", ratio(CONV, PLAIN), 1.1, False),
    )
    for what, found, goal, at_least in goals:
        good = found >= goal if at_least else found <= goal
        sign = "≥" if at_least else "≤"
        print(f"{what:<52} {found:>6.2f}  goal {sign} {goal:g}  {'met' if good else 'missed'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--batches", type=int, default=200)
    chosen = parser.parse_args()
    demand_mnist()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "data"
        put_mnist(Path(name))
        peers.import_torchvision().datasets.MNIST(root, download=True)  # unpacks, fetches nothing
        digits = load_dataset("mnist", root, validation_images=0).train[: chosen.batches * BATCH]
        turns = contenders(Task(digits, root), Path(name), chosen.batches)
        for turn in turns.values():  # once for nothing: what comes first is slow
            turn()
        times: dict[str, list[Spent]] = {each: [] for each in turns}
        for number in range(1, chosen.rounds + 1):
            for each, turn in turns.items():
                times[each].append(turn())
            print(f"round {number} of {chosen.rounds} is over", flush=True)
    load = os.getloadavg()[0]
    print(f"{chosen.batches} batches, {chosen.rounds} rounds")
    print(f"load of the machine in the last minute: {load:.1f} on {os.cpu_count()} cores")
    report(times)


if __name__ == "__main__":
    main()
