"""Trains a network that ships from nothing, examines it, and writes its weights and its card."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import safetensors.torch
import torch
from torch import nn

from core.config import DATASETS, TrainingConfig
from core.data import DigitDataset, fingerprint
from core.evaluation import evaluate
from core.machine.device import best_device
from core.machine.storage import write_safely
from core.model import build_model
from core.networks.card import Card, Score
from core.networks.doubt import Doubt, TenOrNone, calibrated, with_no_digits
from core.networks.recipes import Recipe, joined, learned_from
from core.trainer import train

EXAMS = tuple(DATASETS)  # whose test parts every card reports


def make(
    name: str,
    recipe: Recipe,
    datasets: Mapping[str, DigitDataset],
    folder: Path,
    say: Callable[[str], None] = print,
) -> Card:
    """Train a network from nothing, examine it, and write its weights and its card into `folder`.

    `datasets` has those of the recipe and those of EXAMS; `say` hears how far it is. A graphics
    card that works does the training; its sums are rounded otherwise than a processor's.
    """
    trainings = [(recipe.datasets, recipe.config)]
    if recipe.polish:
        trainings.append((learned_from(recipe), recipe.polish.config))
    weights = build_model(recipe.config).state_dict()
    for names, config in trainings:
        lesson = joined([datasets[each] for each in names])
        if recipe.no_digits:
            lesson = replace(lesson, train=with_no_digits(lesson.train, recipe.no_digits))
        say(f"{name}: {config.epochs} epochs of {len(lesson.train):,} images")
        model = build_model(config)
        model.load_state_dict(weights)  # who goes on has all but the weights anew
        model.to(best_device())
        teach(model, lesson, config, TenOrNone() if recipe.no_digits else None, say)
        weights = model.cpu().state_dict()
    return write(name, recipe, model, datasets, fingerprint(lesson.train), folder, say)


def write(
    name: str,
    recipe: Recipe,
    model: nn.Module,
    datasets: Mapping[str, DigitDataset],
    training_data: str,
    folder: Path,
    say: Callable[[str], None],
) -> Card:
    """Examine the network, and write its weights and its card; training_data: its fingerprint."""
    content = safetensors.torch.save(model.state_dict())
    card = Card(
        name=name,
        description=recipe.description,
        training_images={each: len(datasets[each].train) for each in learned_from(recipe)},
        no_digits=recipe.no_digits,
        training_data=training_data,
        config=recipe.config,
        polish=recipe.polish.config if recipe.polish else None,
        versions={"torch": torch.__version__},
        weights=sum(parameter.numel() for parameter in model.parameters()),
        weights_file=hashlib.sha256(content).hexdigest(),
        scores=examine(model, datasets),
        doubt=examine_doubt(model, datasets) if recipe.no_digits else None,
    )
    write_safely(folder / f"{name}.safetensors", content)
    write_safely(folder / f"{name}.json", json.dumps(card.to_dict(), indent=2).encode() + b"\n")
    for each, score in card.scores.items():
        say(f"  {each} test set: {score}")
    for what, (doubted, images) in (card.doubt.doubted if card.doubt else {}).items():
        say(f"  doubted of {what}: {doubted:,} of {images:,} ({doubted / images:.2%})")
    return card


def teach(
    model: nn.Module,
    lesson: DigitDataset,
    config: TrainingConfig,
    loss_function: nn.Module | None,
    say: Callable[[str], None],
) -> None:
    """One training from its first to its last epoch; `say` hears of each."""
    started = time.monotonic()
    for progress in train(model, lesson, config, loss_function):
        if exam := progress.validation:
            left = (time.monotonic() - started) * (config.epochs / progress.epoch - 1)
            said = f"validation {exam.accuracy:.2%}, loss {exam.loss:.4f}"
            say(f"  epoch {progress.epoch} of {config.epochs}: {said}; about {left:,.0f} s to go")


def examine(model: nn.Module, datasets: Mapping[str, DigitDataset]) -> dict[str, Score]:
    """The network's scores on the test parts of EXAMS."""
    exams = {name: evaluate(model, datasets[name].test) for name in EXAMS}
    return {name: Score(exam.correct, exam.images, exam.loss) for name, exam in exams.items()}


def examine_doubt(model: nn.Module, datasets: Mapping[str, DigitDataset]) -> Doubt:
    """When it doubts: so that hardly ever on the digits that chose nothing else, and how often."""
    real = {
        "MNIST, validation": datasets["mnist"].validation,
        "built-in handwriting, test": datasets["generated"].test,
    }
    return calibrated(model, real, {"MNIST, test": datasets["mnist"].test})
