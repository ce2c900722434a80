"""How long a shipped network takes to read one drawing: `python -m tests.benchmarks.prediction`.

One thread, one image at a time, as on the Predict page; the first readings do not count.
"""

import statistics
import time

import torch

from core.evaluation import probabilities
from core.pretrained import RECIPES, load

READINGS = 300
WARM_UP = 20
TARGET = 10.0  # milliseconds


def milliseconds(model: torch.nn.Module) -> list[float]:
    """The time of each of READINGS readings."""
    image = torch.rand(1, 28, 28, generator=torch.Generator().manual_seed(0))
    times = []
    for _ in range(WARM_UP + READINGS):
        started = time.perf_counter()
        probabilities(model, image)
        times.append((time.perf_counter() - started) * 1_000)
    return times[WARM_UP:]


def main() -> None:
    torch.set_num_threads(1)
    print(f"probabilities(model, one image), {READINGS} readings, one thread")
    for name in RECIPES:
        times = sorted(milliseconds(load(name).model))
        print(
            f"{name:>9}: median {statistics.median(times):.2f} ms, "
            f"slowest of twenty {times[int(READINGS * 0.95)]:.2f} ms (target: {TARGET:g} ms)"
        )


if __name__ == "__main__":
    main()
