"""The short runs that the lessons compare, and what is compared."""

from __future__ import annotations

from dataclasses import replace

import torch

from core.background import OnShare
from core.data import DigitDataset, scaled
from core.evaluation import evaluate
from core.lessons.experiments import EXPERIMENTS, TUTORIAL
from core.lessons.short_runs import ShortRun, run_with_network, short_runs
from core.lessons.units import folded
from core.runs.series.whole_run import Tally

# Eight epochs: by then a network with ReLU has passed one without for good.
ACTIVATION_RUNS = {name: TUTORIAL.changed(activation=name, epochs=8) for name in ("none", "relu")}
RATE_RUNS = {
    "too small": TUTORIAL.changed(optimizer="sgd", learning_rate=0.003),
    "about right": TUTORIAL.changed(optimizer="sgd", learning_rate=0.2),
    "too large": EXPERIMENTS["gradient"],
    "Adam": TUTORIAL,
}
BATCH_IMAGES = 4_096
BATCH_RUNS = {
    size: TUTORIAL.changed(training_images=BATCH_IMAGES, batch_size=size, epochs=1)
    for size in (1, 8, 32, 128, 512, BATCH_IMAGES)
}
BY_HEART = EXPERIMENTS["result"]


def compare_rates(
    dataset: DigitDataset, on_share: OnShare = lambda share: None
) -> dict[str, ShortRun]:
    """RATE_RUNS: how large the steps downhill should be."""
    return short_runs(dataset, RATE_RUNS, on_share)


def tutorial_run(dataset: DigitDataset, on_share: OnShare = lambda share: None) -> ShortRun:
    """The tutorial network on the digits of the lessons."""
    return short_runs(dataset, {"tutorial": TUTORIAL}, on_share)["tutorial"]


def run_by_heart(dataset: DigitDataset, on_share: OnShare = lambda share: None) -> ShortRun:
    """A run that learns its few images by heart."""
    return short_runs(dataset, {"by heart": BY_HEART}, on_share)["by heart"]


def compare_batch_sizes(
    dataset: DigitDataset, on_share: OnShare = lambda share: None
) -> dict[int, ShortRun]:
    """BATCH_RUNS, with a check after the training, so that `seconds` is nothing but training."""
    tally = Tally(dataset, BATCH_RUNS.values(), on_share)
    bare = replace(dataset, validation=dataset.validation[:0])
    runs = {}
    for size, config in BATCH_RUNS.items():
        run, model = run_with_network(bare, config, tally)
        runs[size] = replace(run, checks=(evaluate(model, dataset.validation),))
    return runs


def compare_activations(
    dataset: DigitDataset, on_share: OnShare = lambda share: None
) -> tuple[dict[str, ShortRun], float]:
    """Runs with and without ReLU, and how far one layer is from the three without activation.

    That distance is the largest difference between any two scores (logits) on the test images.
    """
    tally = Tally(dataset, ACTIVATION_RUNS.values(), on_share)
    (without, model), (with_relu, _) = (
        run_with_network(dataset, ACTIVATION_RUNS[name], tally) for name in ("none", "relu")
    )
    single = folded(model)
    images = scaled(dataset.test.images)
    with torch.no_grad():
        difference = (single(images.flatten(1)) - model(images)).abs().max().item()
    return {"none": without, "relu": with_relu}, difference
