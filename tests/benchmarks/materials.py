"""What to learn from: MNIST, real strokes, handwriting drawn by code, or a mixture of them?

    python -m tests.benchmarks.materials             # the tutorial network, 3 epochs of 55,000
    python -m tests.benchmarks.materials --variety   # the same, strokes varied more and less
    python -m tests.benchmarks.materials --conv      # the convolutional one, --steps batches of 128

Of a mixture every material has the same share of the images. Judges are MNIST's validation part and
the digits, as they were written, of the writers held back from the strokes: neither MNIST's test
part nor any collection kept for the exam is looked at, so choices may be made here. One thread.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cache, partial

import torch

from core.config import CLASSES, PRESETS, TrainingConfig
from core.data import DigitDataset, Digits, load_dataset
from core.datasets.pens import collection as pens
from core.datasets.pens import varied as varied_pens
from core.datasets.styles import styles_of
from core.datasets.synthetic import generate
from core.evaluation import Evaluation, evaluate, wilson_interval
from core.model import build_model
from core.networks.recipes import together
from core.trainer import train
from tests.benchmarks.drawn_digits import worst
from tests.conftest import MNIST_FILES

IMAGES = 55_000  # as many as MNIST has without its validation part
LEARNED, HELD_BACK = pens.split(pens.load())


@cache
def mnist() -> DigitDataset:
    return load_dataset("mnist", MNIST_FILES.parents[1])


def from_mnist(count: int, seed: int) -> Digits:
    """All images equally often, give or take one."""
    random = torch.Generator().manual_seed(seed)
    rounds = -(-count // len(mnist().train))
    order = torch.cat([torch.randperm(len(mnist().train), generator=random) for _ in range(rounds)])
    return mnist().train[order[:count]]


def from_strokes(count: int, seed: int, variety: varied_pens.Variety = varied_pens.USUAL) -> Digits:
    chosen = varied_pens.choose(LEARNED, count, torch.Generator().manual_seed(seed))
    images = varied_pens.inked(LEARNED, chosen, seed, variety)
    return Digits(images, torch.from_numpy(LEARNED.labels)[chosen])


def from_code(count: int, seed: int) -> Digits:
    return Digits(*generate(count, seed)[:2])


def from_strokes_and_code(count: int, seed: int) -> Digits:
    """A fifth drawn by code, as in the built-in handwriting."""
    return together([from_strokes(count - count // 5, seed), from_code(count // 5, seed)])


def from_code_every_style(count: int, seed: int) -> Digits:
    """Each style of a digit equally often; a few less."""
    drawn = []
    for digit in range(CLASSES):
        styles = styles_of(digit)
        for number, style in enumerate(styles):
            each = count // CLASSES // len(styles), seed + 1_000 * digit + number
            drawn.append(Digits(*generate(*each, styles=[style.name])[:2]))
    return together(drawn)


def varied(factor: float) -> Callable[[int, int], Digits]:
    """Strokes that vary so many times as much."""
    strengths = {name: factor * value for name, value in asdict(varied_pens.USUAL).items()}
    strengths["pace"] *= factor  # a variance
    return partial(from_strokes, variety=varied_pens.Variety(**strengths))


MATERIALS: dict[str, Callable[[int, int], Digits]] = {
    "MNIST": from_mnist,
    "strokes": from_strokes,
    "strokes as written": varied(0),
    "strokes, half as varied": varied(0.5),
    "strokes, 1.5 times as varied": varied(1.5),
    "strokes and a fifth code-drawn": from_strokes_and_code,
    "code-drawn": from_code,
    "code-drawn, every style": from_code_every_style,
}
TUTORIAL = [
    ("MNIST",),
    ("strokes",),
    ("strokes as written",),
    ("code-drawn",),
    ("strokes and a fifth code-drawn",),
    ("strokes", "code-drawn"),
    ("MNIST", "strokes"),
]
VARIETY = [
    ("strokes, half as varied",),
    ("strokes, 1.5 times as varied",),
    ("MNIST", "strokes, half as varied"),
    ("MNIST", "strokes, 1.5 times as varied"),
]
CONV = [
    ("MNIST", "strokes"),
    ("MNIST", "strokes", "code-drawn, every style"),
    ("MNIST", "code-drawn, every style"),
]


def judges() -> dict[str, Digits]:
    images = varied_pens.inked(HELD_BACK, torch.arange(len(HELD_BACK)))
    return {
        "held-back writers": Digits(images, torch.from_numpy(HELD_BACK.labels)),
        "MNIST validation": mnist().validation,
    }


def mixed(materials: Sequence[str], count: int, seed: int) -> DigitDataset:
    """`count` training images, equal shares of the materials, nothing held out."""
    parts = [MATERIALS[name](count // len(materials), seed) for name in materials]
    digits = together(parts)
    return DigitDataset(" + ".join(materials), digits, digits[:0], digits[:0])


def taught(dataset: DigitDataset, config: TrainingConfig) -> torch.nn.Module:
    model = build_model(config)
    for _ in train(model, dataset, config):
        pass
    return model


def verdict(exams: Sequence[Evaluation]) -> str:
    """The mean over the seeds, the interval that so many images allow, and the seeds' range."""
    images, shares = exams[0].images, [exam.accuracy for exam in exams]
    mean = sum(shares) / len(shares)
    low, high = wilson_interval(mean * images, images)
    seeds = f"; seeds {min(shares):.2%}–{max(shares):.2%}" if len(shares) > 1 else ""
    return f"{mean:.2%} of {images:,} (95 % {low:.2%}–{high:.2%}{seeds})"


def compare(
    mixtures: Sequence[Sequence[str]], images: int, config: TrainingConfig, seeds: int
) -> None:
    sitting = judges()
    for materials in mixtures:
        started = time.perf_counter()
        exams: dict[str, list[Evaluation]] = {name: [] for name in sitting}
        for seed in range(seeds):
            model = taught(mixed(materials, images, seed + 1), config.changed(seed=seed))
            for name, digits in sitting.items():
                exams[name].append(evaluate(model, digits))
        print(f"{' + '.join(materials)} ({time.perf_counter() - started:.0f} s)")
        for name, results in exams.items():
            print(f"  {name}: {verdict(results)}")
            confusion = torch.stack([exam.confusion for exam in results]).sum(0)
            print(f"    all seeds together: {worst(confusion, 5)}", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.materials", description="Compare what to learn from."
    )
    parser.add_argument("--variety", action="store_true", help="strokes varied more and less")
    parser.add_argument("--conv", action="store_true", help="the convolutional network")
    parser.add_argument("--steps", type=int, default=1_500, help="its batches of 128")
    parser.add_argument("--seeds", type=int, help="trainings of each mixture: 3, with --conv 1")
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(1)

    started = time.process_time()
    from_strokes(10_000, 0)
    speed = 10_000 / (time.process_time() - started)
    print(f"Strokes varied and inked on one core: {speed:,.0f} images a second (aim: 3,000)")
    if chosen.conv:
        config = PRESETS["best"].config.changed(epochs=1, dropout=0.2)
        print(f"Convolutional network, {chosen.steps:,} steps, seeds: {chosen.seeds or 1}")
        compare(CONV, chosen.steps * config.batch_size, config, chosen.seeds or 1)
    else:
        config = TrainingConfig()
        print(f"Tutorial network, {config.epochs} epochs of {IMAGES:,} images")
        compare(VARIETY if chosen.variety else TUTORIAL, IMAGES, config, chosen.seeds or 3)


if __name__ == "__main__":
    main()
