"""How long it takes to prepare a drawing and to read it: `python -m tests.benchmarks.drawing`.

One thread, one drawing at a time, as on the Predict page; and how many images a second `render`
draws, as for the built-in handwriting. The first few runs do not count.
"""

import statistics
import time
from collections.abc import Callable
from functools import partial

import numpy as np
import torch

from core.drawing import prepare, prepare_pixels, render
from core.evaluation import probabilities
from core.pretrained import RECIPES, load
from tests import replay

TARGET, TARGET_LONG = 5.0, 200.0  # milliseconds, for a drawing and for one of 100,000 points
TARGET_READING = 10.0  # milliseconds, for a network
BATCH, POINTS = 4_096, 64  # of the drawings that `render` gets


def spiral(points: int) -> np.ndarray:
    """A stroke (points, 2) that nobody could call straight."""
    t = np.linspace(0, 1, points)[:, None]
    turns = 2 * np.pi * 1.7 * t
    return 100 * t * np.concatenate([np.cos(turns), 1.3 * np.sin(turns)], axis=1)


def scribble(points: int) -> np.ndarray:
    """A stroke (points, 2) all over the canvas."""
    return np.random.default_rng(0).uniform(0, 280, (points, 2))


def in_strokes(stroke: np.ndarray, count: int) -> list[np.ndarray]:
    return np.array_split(stroke, count)


def milliseconds(work: Callable[[], object], runs: int) -> list[float]:
    """The time of each run, in order of size, after three that do not count."""
    times = []
    for _ in range(runs + 3):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1_000)
    return sorted(times[3:])


def report(title: str, work: Callable[[], object], runs: int, target: float | None = None) -> None:
    times = milliseconds(work, runs)
    aim = f" (target: {target:g} ms)" if target else ""
    median, slow = statistics.median(times), times[int(runs * 0.95)]
    print(f"{title:>40}: median {median:.2f} ms, slowest of twenty {slow:.2f} ms{aim}")


def main() -> None:
    torch.set_num_threads(1)
    drawing = replay.canvas_json(in_strokes(spiral(120), 2))
    picture = np.kron(255 - prepare(drawing).image * 200, np.ones((36, 36))).astype(np.uint8)
    long = {
        "100,000 points, one stroke": replay.canvas_json([spiral(100_000) * 100], size=100),
        "100,000 points, a scribble": replay.canvas_json([scribble(100_000)], size=1),
        "100,000 points, 1,000 strokes": replay.canvas_json(in_strokes(scribble(100_000), 1_000)),
    }
    report("prepare, 120 points", lambda: prepare(drawing), 200, TARGET)
    for title, many in long.items():
        report(f"prepare, {title}", lambda many=many: prepare(many), 20, TARGET_LONG)
    report("all stages of a drawing", lambda: prepare(drawing).stages, 50)
    report("prepare_pixels, 1,008 × 1,008", lambda: prepare_pixels(picture), 20)
    image = torch.from_numpy(prepare(drawing).image)[None]
    for name in RECIPES:
        read = partial(probabilities, load(name).model, image)
        report(f"one image read by the {name} network", read, 300, TARGET_READING)

    random = torch.Generator().manual_seed(0)
    strokes = torch.tensor(spiral(POINTS), dtype=torch.float32)
    points = strokes + 5 * torch.rand(BATCH, POINTS, 2, generator=random)
    connected = torch.ones(BATCH, POINTS - 1, dtype=torch.bool)
    best = milliseconds(lambda: render(points, connected), 5)[0]
    print(f"render, {POINTS} points each: {BATCH / best * 1_000:,.0f} images a second")


if __name__ == "__main__":
    main()
