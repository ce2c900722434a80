"""The networks that come with the app, so that it can read digits before anyone has trained.

Each is a file of weights with a card: what it learned from, how, and how well it does. `python -m
core.pretrained` makes both again from nothing. Networks that visitors train are in core/runs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import safetensors
import safetensors.torch
import torch
from torch import Tensor, nn

from core.config import CLASSES, TrainingConfig
from core.data import DataUnavailable, DigitDataset, Digits, load_dataset
from core.datasets.synthetic import STYLES, generate
from core.evaluation import evaluate, wilson_interval
from core.machine.storage import write_safely
from core.model import build_model
from core.trainer import Progress, train

FOLDER = Path(__file__).parent / "networks"
EXAMS = ("mnist", "generated")  # the datasets whose test parts every card reports
EVERY_STYLE = "generated, every style equally often"
NOT_A_CARD = (ValueError, KeyError, TypeError, AttributeError)  # what reading another file raises
ROUNDING = 0.001  # other processors round otherwise: a few images in 10,000 may change sides


class PretrainedError(RuntimeError):
    """A shipped network cannot be used. The message says which, why, and what would work."""


@dataclass(frozen=True)
class Recipe:
    """How a shipped network is made: what it learns from, and the settings of its training."""

    description: str
    datasets: tuple[str, ...]  # the training parts of these, all together
    config: TrainingConfig


RECIPES = {
    "default": Recipe(
        "A convolutional network that learned from MNIST and the built-in handwriting, every image "
        "changed a little each time it was shown. The best reader that comes with the app.",
        ("mnist", EVERY_STYLE),
        TrainingConfig(
            architecture="conv",
            hidden_sizes=(128,),
            harder_batches=True,
            learning_rate=3e-3,  # three times Adam's usual: normalised layers bear it
            schedule="cosine",
            dropout=0.2,
            epochs=24,
        ),
    ),
    "tutorial": Recipe(
        "The tutorial network: 784-100-50-10, three times through MNIST's training images.",
        ("mnist",),
        TrainingConfig(),
    ),
}


@dataclass(frozen=True)
class Score:
    """An exam on images that the network never saw. `loss` is the mean cross-entropy, in nats."""

    correct: int
    images: int
    loss: float

    @property
    def accuracy(self) -> float:
        """The share of right answers, 0 to 1."""
        return self.correct / self.images

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval of the accuracy."""
        return wilson_interval(self.correct, self.images)

    def __str__(self) -> str:
        low, high = self.interval
        return (
            f"{self.accuracy:.2%} of {self.images:,} images "
            f"(95 % interval {low:.2%} to {high:.2%}), loss {self.loss:.4f}"
        )


@dataclass(frozen=True)
class Card:
    """What a shipped network is: what it learned from, how, and what it scored."""

    name: str
    description: str
    training_images: Mapping[str, int]  # by dataset
    training_data: str  # SHA-256 of the training images and labels, in their order
    config: TrainingConfig
    versions: Mapping[str, str]  # of what it was made with
    weights: int  # numbers that the network learned
    weights_file: str  # SHA-256 of the file of weights
    scores: Mapping[str, Score]  # on the test parts, by dataset

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; accuracies and intervals are written out for human readers."""
        scores = {
            name: {
                **asdict(score),
                "accuracy": round(score.accuracy, 4),
                "interval_95": [round(end, 4) for end in score.interval],
            }
            for name, score in self.scores.items()
        }
        return {**vars(self), "config": self.config.to_dict(), "scores": scores}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Card:
        """The card that `to_dict` wrote. Raises KeyError, TypeError or ConfigError for another."""
        scores = {
            name: Score(score["correct"], score["images"], score["loss"])
            for name, score in values["scores"].items()
        }
        config = TrainingConfig.from_dict(values["config"])
        return cls(**{**values, "config": config, "scores": scores})


@dataclass(frozen=True)
class Pretrained:
    """A shipped network, ready to read: `model` on the CPU, in evaluation mode."""

    model: nn.Module
    card: Card


def load(name: str = "default", folder: Path = FOLDER) -> Pretrained:
    """The shipped network "default" or "tutorial"; every call returns a copy of its own.

    Raises PretrainedError for another name and for files that are missing or damaged.
    """
    if name not in RECIPES:
        raise PretrainedError(
            f"No network named {name!r} comes with the app. There are: {', '.join(RECIPES)}."
        )
    try:
        card = Card.from_dict(json.loads((folder / f"{name}.json").read_text("utf-8")))
        content = (folder / f"{name}.safetensors").read_bytes()
        if hashlib.sha256(content).hexdigest() != card.weights_file:
            raise ValueError("the weights are not those that the card describes")
        model = build_model(card.config)
        fill(model, safetensors.torch.load(content))
    except FileNotFoundError as error:
        raise _unusable(name, f"the file {Path(error.filename).name} is missing") from error
    except OSError as error:
        raise _unusable(name, f"its files cannot be read ({error.strerror})") from error
    except (*NOT_A_CARD, safetensors.SafetensorError) as error:
        raise _unusable(name, f"its files are damaged ({error})") from error
    return Pretrained(model.eval(), card)


def fill(model: nn.Module, weights: Mapping[str, Tensor]) -> None:
    """Give the model these weights. Raises ValueError when they belong to another network."""
    expected = {name: tensor.shape for name, tensor in model.state_dict().items()}
    if {name: tensor.shape for name, tensor in weights.items()} != expected:
        raise ValueError("the weights do not fit the network that the card describes")
    model.load_state_dict(weights)


def _unusable(name: str, reason: str) -> PretrainedError:
    return PretrainedError(
        f"The network {name!r} that comes with the app cannot be used: {reason}. Put the folder "
        "core/networks back as it was, or train the network again: "
        f"python -m core.pretrained {name}"
    )


# ---------------------------------------------------------------------------- how they were made


def make(
    name: str,
    recipe: Recipe,
    datasets: Mapping[str, DigitDataset],
    folder: Path = FOLDER,
    say: Callable[[str], None] = print,
) -> Card:
    """Train a network from nothing, examine it, and write its weights and its card into `folder`.

    `datasets` has those of the recipe and those of EXAMS; `say` hears how far it is.
    """
    lesson = joined([datasets[each] for each in recipe.datasets])
    model = build_model(recipe.config)
    say(f"{name}: {recipe.config.epochs} epochs of {len(lesson.train):,} images")
    started = time.monotonic()
    for progress in train(model, lesson, recipe.config):
        if progress.validation:
            say(progress_line(progress, recipe.config.epochs, time.monotonic() - started))
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


def joined(datasets: Sequence[DigitDataset]) -> DigitDataset:
    """One dataset whose parts hold the images of all, one dataset after the other."""
    names = " + ".join(each.name for each in datasets)
    train_part, validation, test = (
        Digits(
            torch.cat([getattr(each, part).images for each in datasets]),
            torch.cat([getattr(each, part).labels for each in datasets]),
        )
        for part in ("train", "validation", "test")
    )
    return DigitDataset(names, train_part, validation, test)


def with_every_style(generated: DigitDataset, seed: int = 3) -> DigitDataset:
    """As many training images again, but with each style of a digit equally often.

    Rare styles, such as a crossed 7, are what MNIST lacks: a reader should know them all well.
    """
    styles_of = [[s for s in STYLES if STYLES[s].digit == digit] for digit in range(CLASSES)]
    images, labels = [], []
    for digit, styles in enumerate(styles_of):
        for number, style in enumerate(styles):
            count = len(generated.train) // CLASSES // len(styles)
            drawn = generate(count, seed + 1_000 * digit + number, styles=[style])
            images.append(drawn[0])
            labels.append(drawn[1])
    train_part = Digits(torch.cat(images), torch.cat(labels))
    return DigitDataset(EVERY_STYLE, train_part, generated.validation, generated.test)


def progress_line(progress: Progress, epochs: int, seconds: float) -> str:
    """What an epoch gave and how long the rest will take."""
    left = seconds / progress.epoch * (epochs - progress.epoch)
    exam = f"{progress.validation_accuracy:.2%}, loss {progress.validation_loss:.4f}"
    return f"  epoch {progress.epoch} of {epochs}: validation {exam}; about {left:,.0f} s to go"


def examine(model: nn.Module, datasets: Mapping[str, DigitDataset]) -> dict[str, Score]:
    """The network's scores on the test parts of EXAMS."""
    exams = {name: evaluate(model, datasets[name].test) for name in EXAMS}
    return {name: Score(exam.correct, exam.images, exam.loss) for name, exam in exams.items()}


def disagreements(pretrained: Pretrained, datasets: Mapping[str, DigitDataset]) -> list[str]:
    """Where a card and a new measurement of its network differ: a sentence for each, or none."""
    measured = examine(pretrained.model, datasets)
    return [
        f"{pretrained.card.name}, {name} test set: card {score}; measured {measured[name]}."
        for name, score in pretrained.card.scores.items()
        if abs(score.accuracy - measured[name].accuracy) > ROUNDING
        or score.images != measured[name].images
    ]


def fingerprint(digits: Digits) -> str:
    """SHA-256 of images and labels: tells whether two sets are the same to the last pixel."""
    checksum = hashlib.sha256(digits.images.numpy().tobytes())
    checksum.update(digits.labels.numpy().tobytes())
    return checksum.hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Returns 0 when all went well, else 1."""
    parser = argparse.ArgumentParser(
        prog="python -m core.pretrained",
        description="Train the networks that come with the app again, from nothing.",
    )
    parser.add_argument("names", nargs="*", help=f"which (default: all): {', '.join(RECIPES)}")
    parser.add_argument(
        "--check", action="store_true", help="train nothing; measure the files and compare"
    )
    parser.add_argument(
        "--folder", type=Path, default=FOLDER, help="where the files lie (default: %(default)s)"
    )
    chosen = parser.parse_args(arguments)
    names = chosen.names or list(RECIPES)
    if unknown := [name for name in names if name not in RECIPES]:
        parser.error(f"no network is called {', '.join(unknown)}; there are {', '.join(RECIPES)}")
    torch.set_num_threads(1)  # sums come out the same wherever this runs on the same processor
    try:
        datasets = {name: load_dataset(name, on_progress=show_share) for name in EXAMS}
        if chosen.check:
            return check(names, datasets, chosen.folder)
        if any(EVERY_STYLE in RECIPES[name].datasets for name in names):
            print("Drawing every style of every digit")
            datasets[EVERY_STYLE] = with_every_style(datasets["generated"])
        for name in names:
            make(name, RECIPES[name], datasets, chosen.folder)
        return 0
    except (DataUnavailable, PretrainedError) as error:
        print(error, file=sys.stderr)
        return 1


def check(names: Sequence[str], datasets: Mapping[str, DigitDataset], folder: Path) -> int:
    """Compare the networks in `folder` with their cards. Returns 0 when they agree, else 1."""
    wrong = [line for name in names for line in disagreements(load(name, folder), datasets)]
    print("\n".join(wrong) or f"The cards are right: {', '.join(names)}.")
    return 1 if wrong else 0


def show_share(what: str, share: float) -> None:
    """A progress line that stays in its place."""
    print(f"\r{what}: {share:4.0%}", end="\n" if share >= 1 else "", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
