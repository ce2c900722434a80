"""Time and memory of runs against their size: units, batch, images, iterations, and runs kept.

    python -m tests.benchmarks.scale [--plot FILE.html]

One thing grows at a time, the rest stays as it is in the tutorial network. Each row is measured in
a fresh process, on MNIST, after a small run that warms it up. "Seconds" are of the processor, which
a busy machine does not change. "Peak" is what the process grows by while it trains, "left" what
remains when the run is over, both in MB of resident memory; "disk" is what is kept of the runs.
`--plot` draws the tables as well.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from core.config import TrainingConfig
from core.machine.tuning import give_memory_back, import_torch
from tests.benchmarks.started import demand_mnist, put_mnist
from tests.fresh_process import fresh_python

FEW = {"training_images": 12_800, "epochs": 1}  # 100 batches of 128


@dataclass(frozen=True)
class Table:
    """One thing that grows. settings: of the runs of each row, by what stands in the row."""

    name: str
    settings: dict[int, dict[str, Any]]
    runs: dict[int, int] | None = None  # how many runs; None: one


TABLES = (
    Table(
        "units of one hidden layer",
        {units: FEW | {"hidden_sizes": (units,)} for units in (16, 64, 256, 1_024, 2_048)},
    ),
    Table(
        "hidden layers of 256 units",
        {layers: FEW | {"hidden_sizes": (256,) * layers} for layers in (1, 2, 4, 6)},
    ),
    Table("images in a batch", {size: FEW | {"batch_size": size} for size in (8, 32, 128, 1_024)}),
    Table(
        "images to learn from",
        {count: {"training_images": count, "epochs": 1} for count in (1_000, 10_000, 55_000)},
    ),
    Table(
        "iterations",
        {
            epochs * 100: {"training_images": 12_800, "epochs": epochs, "hidden_sizes": (16,)}
            for epochs in (1, 5, 25, 50)
        },
    ),
    Table(
        "runs kept",
        {count: {"training_images": 1_280, "epochs": 1} for count in (1, 10, 40, 80)},
        {count: count for count in (1, 10, 40, 80)},
    ),
)


def measure(settings: dict[str, Any], runs: int) -> dict[str, float]:
    """Train so many runs with these settings in this process."""
    import_torch()
    from core.runs.board import JobBoard

    board = JobBoard()
    memory = psutil.Process().memory_info

    def train(config: TrainingConfig) -> None:
        job = board.submit(config)
        job.task.wait()
        if job.snapshot().error:
            raise job.snapshot().error

    train(TrainingConfig(training_images=256, epochs=1))
    give_memory_back()
    before, over = memory().rss, threading.Event()
    seen = [before]

    def watch() -> None:
        while not over.wait(0.01):
            seen.append(memory().rss)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    started = time.process_time()
    for _ in range(runs):
        train(TrainingConfig.from_dict(TrainingConfig().to_dict() | settings))
    seconds = time.process_time() - started
    over.set()
    watcher.join()
    give_memory_back()
    disk = sum(path.stat().st_size for path in board.store.folder.rglob("*") if path.is_file())
    return {
        "seconds": seconds,
        "peak": (max(seen) - before) / 1e6,
        "left": (memory().rss - before) / 1e6,
        "disk": disk / 1e6,
    }


def in_a_fresh_process(settings: dict[str, Any], runs: int, home: Path) -> dict[str, float]:
    """`measure` there, with an app folder in which no run is kept."""
    shutil.rmtree(home / "runs", ignore_errors=True)
    one = ["-m", "tests.benchmarks.scale", "--one", json.dumps([settings, runs])]
    return json.loads(fresh_python(*one, DIGITLAB_HOME=str(home))[-1])


def print_table(table: Table, home: Path) -> dict[int, dict[str, float]]:
    """Measure and print it; the rows."""
    print(f"\n{table.name:<28} {'seconds':>8} {'peak MB':>8} {'left MB':>8} {'disk MB':>8}")
    rows = {}
    for size, settings in table.settings.items():
        runs = table.runs[size] if table.runs else 1
        found = rows[size] = in_a_fresh_process(settings, runs, home)
        print(
            f"{size:>28,} {found['seconds']:>8.2f} {found['peak']:>8.1f} {found['left']:>8.1f} "
            f"{found['disk']:>8.1f}",
            flush=True,
        )
    return rows


def draw(found: dict[str, dict[int, dict[str, float]]], file: Path) -> None:
    """All tables as one page of small charts: seconds above, megabytes below."""
    from plotly.subplots import make_subplots

    titles = list(found)
    page = make_subplots(2, len(titles), subplot_titles=titles)
    colours = {"seconds": "black", "peak": "#D55E00", "left": "#0072B2", "disk": "#009E73"}
    for column, name in enumerate(titles, start=1):
        sizes = list(found[name])
        for kind, colour in colours.items():
            values = [each[kind] for each in found[name].values()]
            place = {"row": 1 if kind == "seconds" else 2, "col": column}
            once = {"legendgroup": kind, "showlegend": column == 1}
            page.add_scatter(x=sizes, y=values, name=kind, line_color=colour, **once, **place)
    page.update_xaxes(type="log")
    page.update_yaxes(rangemode="tozero")
    page.update_yaxes(title="seconds of the processor", row=1, col=1)
    page.update_yaxes(title="MB", row=2, col=1)
    page.write_html(file)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        settings, runs = json.loads(chosen.one)
        print(json.dumps(measure(settings, runs)))
        return
    demand_mnist()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        put_mnist(home)
        found = {table.name: print_table(table, home) for table in TABLES}
    if chosen.plot:
        draw(found, chosen.plot)


if __name__ == "__main__":
    main()
