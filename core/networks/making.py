"""Trains a network that ships from nothing, examines it, and writes its weights and its card."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import safetensors.torch
import torch
from torch import nn

from core.data import DigitDataset, fingerprint
from core.evaluation import evaluate
from core.machine.storage import write_safely
from core.model import build_model
from core.networks.card import Card, Score
from core.networks.recipes import PENS, Recipe, joined
from core.trainer import train

EXAMS = ("mnist", "generated", PENS)  # the datasets whose test parts every card reports


def make(
    name: str,
    recipe: Recipe,
    datasets: Mapping[str, DigitDataset],
    folder: Path,
    say: Callable[[str], None] = print,
) -> Card:
    """Train a network from nothing, examine it, and write its weights and its card into `folder`.

    `datasets` has those of the recipe and those of EXAMS; `say` hears how far it is.
    """
    lesson = joined([datasets[each] for each in recipe.datasets])
    model = build_model(recipe.config)
    say(f"{name}: {recipe.config.epochs} epochs of {len(lesson.train):,} images")
    started = time.monotonic()
    epochs = recipe.config.epochs
    for progress in train(model, lesson, recipe.config):
        if exam := progress.validation:
            left = (time.monotonic() - started) * (epochs / progress.epoch - 1)
            said = f"validation {exam.accuracy:.2%}, loss {exam.loss:.4f}"
            say(f"  epoch {progress.epoch} of {epochs}: {said}; about {left:,.0f} s to go")
    content = safetensors.torch.save(model.state_dict())
    card = Card(
        name=name,
        description=recipe.description,
        training_images={each: len(datasets[each].train) for each in recipe.datasets},
        training_data=fingerprint(lesson.train),
        config=recipe.config,
        versions={"torch": torch.__version__},
        weights=sum(parameter.numel() for parameter in model.parameters()),
        weights_file=hashlib.sha256(content).hexdigest(),
        scores=examine(model, datasets),
    )
    write_safely(folder / f"{name}.safetensors", content)
    write_safely(folder / f"{name}.json", json.dumps(card.to_dict(), indent=2).encode() + b"\n")
    for each, score in card.scores.items():
        say(f"  {each} test set: {score}")
    return card


def examine(model: nn.Module, datasets: Mapping[str, DigitDataset]) -> dict[str, Score]:
    """The network's scores on the test parts of EXAMS."""
    exams = {name: evaluate(model, datasets[name].test) for name in EXAMS}
    return {name: Score(exam.correct, exam.images, exam.loss) for name, exam in exams.items()}
