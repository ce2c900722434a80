"""What an update of the live chart costs the server: `python -m tests.benchmarks.live_plot`.

For runs of several lengths it prints the median time to build the chart from the losses, the time
to put it into the text that is sent, and the size of that text. Meant are at most 20 ms and
20,000 bytes. The losses are a formula: only their number matters here.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable

import numpy as np

from core.charts.training import training_chart

REPEATS = 31
EPOCH = 430


def median_milliseconds(action: Callable[[], object]) -> float:
    """The median time of `action` over REPEATS calls, after one to warm up."""
    action()
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        action()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def main() -> None:
    print("iterations   smoothing   build (ms)   write (ms)    bytes")
    for count in (1_000, 100_000, 1_000_000):
        losses = (0.1 + 1 / (1 + np.arange(count) / 300)).astype(np.float32)
        losses += np.random.default_rng(0).gamma(2, 0.05, count).astype(np.float32)
        checks = [(at, 0.2, 0.95) for at in range(EPOCH, count + 1, EPOCH)]
        for smoothing in (1, 20, 200):

            def build(losses=losses, checks=checks, smoothing=smoothing) -> dict:
                return training_chart(
                    losses,
                    checks,
                    iterations_per_epoch=EPOCH,
                    total_iterations=len(losses),
                    smoothing=smoothing,
                )

            chart = build()
            print(
                f"{count:10,}   {smoothing:9}   {median_milliseconds(build):10.2f}   "
                f"{median_milliseconds(lambda chart=chart: json.dumps(chart)):10.2f}   "
                f"{len(json.dumps(chart)):6,}"
            )


if __name__ == "__main__":
    main()
