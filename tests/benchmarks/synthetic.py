"""How fast the built-in handwriting is drawn, and how well it teaches to read MNIST.

    python -m tests.benchmarks.synthetic [--shipped]

Two networks see 60,000 generated digits and nothing else: the tutorial network, and the
convolutional one with harder batches. Both are then tried on MNIST's test set, which nothing was
tuned on. One thread. With `--shipped` the second is trained for 8 epochs instead of 3.
"""

from __future__ import annotations

import sys
import time

import torch

from core.config import PRESETS, TrainingConfig
from core.data import DigitDataset, Digits, load_dataset
from core.datasets.synthetic import STYLES, generate
from core.evaluation import Evaluation, evaluate
from core.model import build_model
from core.trainer import train
from tests.conftest import MNIST_FILES

IMAGES = 60_000
FRESH = 10_000


def images_per_second() -> tuple[float, Digits]:
    """Speed on one core, progress reports included, and the digits made meanwhile."""
    generate(1_000, seed=9)  # the first call reads the sketches
    started = time.process_time()
    images, labels, _ = generate(IMAGES, seed=1, on_progress=lambda done, total: None)
    return IMAGES / (time.process_time() - started), Digits(images, labels)


def taught(digits: Digits, config: TrainingConfig) -> tuple[torch.nn.Module, float]:
    """A network trained on these digits, and the seconds that took."""
    nothing = Digits(digits.images[:0], digits.labels[:0])
    model = build_model(config)
    started = time.perf_counter()
    for _ in train(model, DigitDataset("generated", digits, nothing, nothing), config):
        pass
    return model, time.perf_counter() - started


def worst(exam: Evaluation, count: int = 8) -> str:
    """The commonest mistakes, as "9 read as 4: 31"."""
    mistakes = torch.as_tensor(exam.confusion).clone().fill_diagonal_(0)
    ranked = mistakes.flatten().argsort(descending=True)[:count].tolist()
    return ", ".join(f"{i // 10} read as {i % 10}: {mistakes[i // 10, i % 10]}" for i in ranked)


def by_digit(exam: Evaluation) -> str:
    confusion = torch.as_tensor(exam.confusion).double()
    shares = confusion.diag() / confusion.sum(1) * 100
    return ", ".join(f"{digit}: {share:.1f}" for digit, share in enumerate(shares.tolist()))


def main() -> None:
    torch.set_num_threads(1)
    speed, digits = images_per_second()
    print(f"{len(STYLES)} styles, {speed:,.0f} images a second on one core (aim: 3,000)")
    fresh_images, fresh_labels, _ = generate(FRESH, seed=2)
    exams = {"fresh generated": Digits(fresh_images, fresh_labels)}
    if MNIST_FILES.is_dir():
        exams["MNIST test set"] = load_dataset("mnist", MNIST_FILES.parents[1]).test
    epochs = PRESETS["best"].config.epochs if "--shipped" in sys.argv else 3
    networks = {
        "tutorial network (aim: 85 % of MNIST)": TrainingConfig(),
        "convolutional network (aim: 93 %)": PRESETS["best"].config.changed(epochs=epochs),
    }
    for name, config in networks.items():
        model, seconds = taught(digits, config)
        print(f"\n{name}: {config.epochs} epochs of {IMAGES:,} generated images, {seconds:.0f} s")
        for title, part in exams.items():
            exam = evaluate(model, part)
            print(f"  {title}: {exam.accuracy:.2%} of {exam.images:,}")
            print(f"    correct in percent: {by_digit(exam)}")
            print(f"    {worst(exam)}")


if __name__ == "__main__":
    main()
