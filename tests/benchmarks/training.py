"""How long the tutorial's settings take: the loop as tutorials write it, against ours in a job.

    python -m tests.benchmarks.training

Both train 784-100-50-10 on MNIST (ours on 55,000 images, and it tries the other 5,000 after each
epoch), in turns within one run, so that a busy machine slows both. Read the ratio, not the seconds.
Two more lines say what is left to gain: the same loop with nothing around it (no job, no exams, no
way back), and the products of matrices alone that its first layer cannot do without.
"""

from __future__ import annotations

import math
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn
from torch.utils.data import DataLoader

from core.config import TrainingConfig
from core.data import DatasetShelf, batches
from core.model import build_model
from core.runs.board import JobBoard
from core.runs.kept.store import RunStore
from core.trainer import build_optimizer
from tests.conftest import MNIST_FILES
from tests.torchvision_guard import import_torchvision

ROUNDS = 3
TAIL = 100  # the final loss is the mean of the last iterations: single batches are noise


def as_tutorials_write_it(root: Path) -> tuple[float, float]:
    """Seconds and final loss of the usual loop: DataLoader, ToTensor, batches of 128, 3 epochs."""
    torch.set_num_threads(os.cpu_count() or 1)  # what torch does when nobody tells it otherwise
    torchvision = import_torchvision()
    digits = torchvision.datasets.MNIST(root, transform=torchvision.transforms.ToTensor())
    loader = DataLoader(digits, batch_size=128, shuffle=True)
    model = nn.Sequential(
        nn.Flatten(),
        nn.Linear(784, 100),
        nn.ReLU(),
        nn.Linear(100, 50),
        nn.ReLU(),
        nn.Linear(50, 10),
    )
    loss_function = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    started = time.perf_counter()
    for _ in range(3):
        for images, labels in loader:
            logits = model(images)
            optimizer.zero_grad()
            loss = loss_function(logits, labels)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return time.perf_counter() - started, statistics.mean(losses[-TAIL:])


def as_we_do(shelf: DatasetShelf, seed: int) -> tuple[float, float]:
    """Seconds and final loss of a TrainingJob with the tutorial's settings, its exams included."""
    with tempfile.TemporaryDirectory() as folder:
        board = JobBoard(shelf, RunStore(Path(folder)))
        started = time.perf_counter()
        job = board.submit(TrainingConfig(seed=seed))
        job.task.wait()
        seconds = time.perf_counter() - started
    return seconds, float(job.snapshot().losses[-TAIL:].mean())


def bare(shelf: DatasetShelf) -> float:
    """Seconds of the tutorial's loop on our data with our optimiser, and nothing else."""
    config = TrainingConfig()
    model, digits = build_model(config), shelf.get("mnist").train
    optimizer, generator = build_optimizer(model, config), torch.Generator().manual_seed(0)
    loss_function = nn.CrossEntropyLoss()
    started = time.perf_counter()
    for _ in range(config.epochs):
        for images, labels in batches(digits, config.batch_size, generator):
            optimizer.zero_grad()
            loss = loss_function(model(images), labels)
            loss.backward()
            optimizer.step()
            loss.item()
    return time.perf_counter() - started


def products(iterations: int = 3 * 430) -> float:
    """Seconds for the two products of the first layer in every iteration: forward and backward."""
    images, weights, slopes = torch.rand(128, 784), torch.rand(100, 784), torch.rand(128, 100)
    started = time.perf_counter()
    for _ in range(iterations):
        images @ weights.T
        slopes.T @ images
    return time.perf_counter() - started


def on_one_thread(work: Callable[[], float]) -> float:
    """The least of some tries, computed as a job computes."""
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    return min(work() for _ in range(ROUNDS))


def main() -> None:
    if not MNIST_FILES.is_dir():
        sys.exit("This benchmark needs the MNIST files in ../shared/data/MNIST/raw.")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DIGITLAB_HOME"] = folder
        root = Path(folder) / "data"
        copy_files(root)
        import_torchvision().datasets.MNIST(root, download=True)  # unpacks, fetches nothing
        shelf = DatasetShelf()
        shelf.get("mnist")
        print(f"{'round':>5} {'tutorial s':>11} {'loss':>7} {'ours s':>8} {'loss':>7} {'ratio':>7}")
        ratios, theirs_least = [], math.inf
        for seed in range(ROUNDS):
            theirs, their_loss = as_tutorials_write_it(root)
            ours, our_loss = as_we_do(shelf, seed)
            ratios.append(theirs / ours)
            print(
                f"{seed + 1:>5} {theirs:>11.2f} {their_loss:>7.3f} {ours:>8.2f} {our_loss:>7.3f} "
                f"{ratios[-1]:>6.1f}x"
            )
            theirs_least = min(theirs, theirs_least)
        print(f"median ratio: {statistics.median(ratios):.1f} times faster")
        for name, seconds in (
            ("our loop with nothing around it", on_one_thread(lambda: bare(shelf))),
            ("the first layer's products alone", on_one_thread(products)),
        ):
            print(f"{name}: {seconds:.2f} s, {theirs_least / seconds:.1f} times faster")


def copy_files(root: Path) -> None:
    """MNIST's packed files in torchvision's layout, in a folder that may be written."""
    raw = root / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for file in MNIST_FILES.glob("*.gz"):
        (raw / file.name).write_bytes(file.read_bytes())


if __name__ == "__main__":
    main()
