"""The networks that come with the app, so that it can read digits before anyone has trained.

Each is a file of weights in core/networks, with a card: what it learned from, how, and how well it
does. `python -m core.pretrained` makes both again from nothing. Networks that visitors train are in
core/runs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import safetensors
import safetensors.torch
import torch
from torch import nn

from core.config import DATASETS
from core.data import DataUnavailable, DigitDataset, load_dataset
from core.machine.tuning import keep_memory
from core.model import build_model
from core.networks.card import Card
from core.networks.making import examine
from core.networks.making import make as make_network
from core.networks.recipes import MATERIALS, RECIPES, learned_from

__all__ = ["FOLDER", "RECIPES", "Card", "Pretrained", "PretrainedError", "load", "main"]

FOLDER = Path(__file__).parent / "networks"
NOT_A_CARD = (ValueError, KeyError, TypeError, AttributeError)  # what reading another file raises
ROUNDING = 0.001  # other processors round otherwise: a few images in 10,000 may change sides


class PretrainedError(RuntimeError):
    """A shipped network cannot be used. The message says which, why, and what would work."""


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
        try:
            model.load_state_dict(safetensors.torch.load(content))
        except RuntimeError as error:  # torch names the layers that do not fit
            raise ValueError(
                "the weights do not fit the network that the card describes"
            ) from error
    except FileNotFoundError as error:
        raise _unusable(name, f"the file {Path(error.filename).name} is missing") from error
    except OSError as error:
        raise _unusable(name, f"its files cannot be read ({error.strerror})") from error
    except (*NOT_A_CARD, safetensors.SafetensorError) as error:
        raise _unusable(name, f"its files are damaged ({error})") from error
    return Pretrained(model.eval(), card)


def _unusable(name: str, reason: str) -> PretrainedError:
    return PretrainedError(
        f"The network {name!r} that comes with the app cannot be used: {reason}. Put the folder "
        "core/networks back as it was, or train the network again: "
        f"python -m core.pretrained {name}"
    )


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
        datasets = {name: load_dataset(name, on_progress=show_share) for name in DATASETS}
        needed = {
            each for name in names if not chosen.check for each in learned_from(RECIPES[name])
        }
        datasets |= {name: make() for name, make in MATERIALS.items() if name in needed}
        if chosen.check:
            return check(names, datasets, chosen.folder)
        keep_memory()
        for name in names:
            make_network(name, RECIPES[name], datasets, chosen.folder)
        return 0
    except (DataUnavailable, PretrainedError) as error:
        print(error, file=sys.stderr)
        return 1


def check(names: Sequence[str], datasets: Mapping[str, DigitDataset], folder: Path) -> int:
    """Compare the networks in `folder` with their cards. Returns 0 when they agree, else 1."""
    wrong = [line for name in names for line in disagreements(load(name, folder), datasets)]
    print("\n".join(wrong) or f"The cards are right: {', '.join(names)}.")
    return 1 if wrong else 0


def disagreements(pretrained: Pretrained, datasets: Mapping[str, DigitDataset]) -> list[str]:
    """Where a card and a new measurement of its network differ: a sentence for each, or none."""
    measured = examine(pretrained.model, datasets)
    return [
        f"{pretrained.card.name}, {name} test set: card {score}; measured {measured[name]}."
        for name, score in pretrained.card.scores.items()
        if abs(score.accuracy - measured[name].accuracy) > ROUNDING
        or score.images != measured[name].images
    ]


def show_share(what: str, share: float) -> None:
    """A progress line that stays in its place."""
    print(f"\r{what}: {share:4.0%}", end="\n" if share >= 1 else "", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
