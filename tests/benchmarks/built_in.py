"""How soon the built-in handwriting is there, and how well it teaches to read.

    python -m tests.benchmarks.built_in

It is made from nothing, as on a first start, and read again. Then the tutorial network and the
preset "best" learn from it and nothing else, three and one times; the judges are those of
tests.benchmarks.materials. One thread, and a second one while the digits are made.
"""

from __future__ import annotations

import tempfile
import time

import torch

from core.config import PRESETS, TrainingConfig
from core.data import DigitDataset, load_dataset
from core.evaluation import evaluate
from tests.benchmarks.materials import judges, taught, verdict


def timed(folder: str) -> tuple[DigitDataset, str]:
    """The dataset, and how long it took to have it."""
    started, computing = time.perf_counter(), time.process_time()
    dataset = load_dataset("generated", folder)
    passed, computed = time.perf_counter() - started, time.process_time() - computing
    return dataset, f"{passed:.1f} s, {computed:.1f} s of computing"


def main() -> None:
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        dataset, first = timed(folder)
        _, later = timed(folder)
    images = len(dataset.train) + len(dataset.validation) + len(dataset.test)
    print(f"{images:,} images: at the first start {first} (goal: 3 s); later {later}")
    for name, config, seeds in (
        ("tutorial network", TrainingConfig(), 3),
        ("preset “best”", PRESETS["best"].config, 1),
    ):
        models = [taught(dataset, config.changed(seed=seed)) for seed in range(seeds)]
        print(f"{name}, {config.epochs} epochs of {len(dataset.train):,} images")
        for title, digits in judges().items():
            print(f"  {title}: {verdict([evaluate(model, digits) for model in models])}")


if __name__ == "__main__":
    main()
