"""Servers that are killed while they train or save, or told to end, and what is left of them.

Each runs in a process of its own, which is ended at a moment that chance decides; then what lies on
disk is looked at as the next start does. tests/benchmarks/faults.py tries it often, the tests a
few times.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

from core.background import Queue
from core.config import TrainingConfig
from core.machine import ending
from core.runs.board import JobBoard
from core.runs.kept import files
from core.runs.kept.store import RunError, RunStore, RunSummary

CONFIG = TrainingConfig(
    dataset="generated", hidden_sizes=(32,), training_images=1_500, epochs=40, batch_size=50
)
GRACE = 60.0  # seconds; docker waits ten, but the machine that tests run on may be busy
ROOT = Path(__file__).parent.parent
UNTIL_KILLED = 60.0  # seconds after which a process that nobody killed ends


def train(folder: Path, data: Path, ready: object, config: TrainingConfig = CONFIG) -> None:
    """A server with one run, saved after every epoch of 30 batches."""
    os.environ["DIGITLAB_HOME"] = str(data)
    board = JobBoard(store=RunStore(folder), queue=Queue(1))
    job = board.submit(config)
    while not job.snapshot().iteration:
        time.sleep(0.01)
    ready.set()
    job.task.wait(UNTIL_KILLED)


def save(folder: Path, data: Path, ready: object) -> None:
    """A server that only saves, again and again; slowly, so that a kill finds it there."""
    train(folder, data, threading.Event(), CONFIG.changed(epochs=2))
    store, written = RunStore(folder), files._write
    (summary,) = store.runs()
    run = store.load(summary.id)
    files._write = lambda file, content: (written(file, content), time.sleep(0.002))
    ready.set()
    until = time.monotonic() + UNTIL_KILLED
    while time.monotonic() < until:
        store.save(run)


def serve(folder: Path, data: Path) -> None:
    """As `train`, ended as Streamlit ends: on SIGTERM the main thread comes to its end."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    ending.PATIENCE = GRACE  # what is tried is what happens, not how fast this machine is
    os.environ["DIGITLAB_HOME"] = str(data)
    board = JobBoard(store=RunStore(folder), queue=Queue(1))
    job = board.submit(CONFIG)
    while not job.snapshot().iteration:
        time.sleep(0.01)
    print("ready", flush=True)
    time.sleep(UNTIL_KILLED)  # not in `join`: who is interrupted there takes the thread for ended


def end(folder: Path, data: Path, wait: float) -> str:
    """Start one and tell it to end, as whoever stops a container does."""
    command = [sys.executable, "-m", "tests.cut_off", str(folder), str(data)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    if process.stdout.readline() != "ready\n":
        return "it never began"
    time.sleep(wait)
    process.terminate()
    try:
        _, said = process.communicate(timeout=GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        return "it did not end"
    if process.returncode or said:
        return f"it ended with {process.returncode} and said {said[-200:]}"
    return left_behind(folder)


def cut_off(server: Callable, folder: Path, data: Path, wait: float) -> str:
    """Start one, kill it after it has worked for `wait` seconds, and say what is left of it."""
    context = get_context("forkserver")
    ready = context.Event()
    process = context.Process(target=server, args=(folder, data, ready))
    # The process would run the main module first, and that may be a page that a test has opened.
    with patch.dict(sys.modules, {"__main__": ModuleType("__main__")}):
        process.start()
    if not ready.wait(120):
        process.kill()
        return "it never began"
    time.sleep(wait)
    process.kill()
    process.join()
    return left_behind(folder)


def left_behind(folder: Path) -> str:
    """What the next start finds: whether the run can be read, and what else lies about."""
    half = sum(each.name.startswith((".saving", ".replaced")) for each in folder.glob(".*"))
    store = RunStore(folder)
    if list(folder.glob(".*")):
        return "something half written stays"
    runs, cleared = store.runs(), " (and cleared away)" if half else ""
    if not runs:
        return "nothing kept yet" + cleared
    (run,) = runs
    if not isinstance(run, RunSummary):
        return f"damaged: {run}"
    try:
        store.load(run.id)
    except RunError as problem:
        return f"damaged: {problem}"
    if run.complete:
        return "whole" + cleared
    whole = run.iterations % (run.total_iterations // run.config.epochs) == 0
    return ("kept up to an epoch's end" if whole else "kept to the last batch") + cleared


Trial = Callable[[Path, Path, float], str]
FAULTS: dict[str, tuple[Trial, float]] = {  # how it is tried, and the longest wait
    "kill -9 while training": (partial(cut_off, train), 0.5),
    "kill -9 while saving": (partial(cut_off, save), 0.2),
    "SIGTERM while training": (end, 0.5),
}


def tried(name: str, times: int, data: Path) -> Counter[str]:
    """How often what happened."""
    trial, longest = FAULTS[name]
    chance, happened = random.Random(0), Counter()
    get_context("forkserver").set_forkserver_preload([__name__, "core.data"])
    for _ in range(times):
        folder = Path(tempfile.mkdtemp(prefix="digit-lab-faults-"))
        try:
            happened[trial(folder / "runs", data, chance.random() * longest)] += 1
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return happened


if __name__ == "__main__":
    serve(*map(Path, sys.argv[1:]))
