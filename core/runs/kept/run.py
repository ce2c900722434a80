"""What a run is once it is kept: what was trained, how it went, and what its visitor says of it."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version

import numpy as np
from torch import Tensor, nn

from core.config import TrainingConfig
from core.evaluation import Evaluation
from core.model import build_model
from core.runs.kept.names import spoken_name

LONGEST_NAME, LONGEST_NOTE = 40, 400  # letters


class RunError(RuntimeError):
    """A run cannot be saved or read. The message says why and what would work."""


@dataclass(frozen=True)
class ValidationPoint:
    """The exam on the held-out images after an iteration; `loss` in nats, `accuracy` 0 to 1."""

    iteration: int
    loss: float
    accuracy: float
    images: int


@dataclass(frozen=True)
class Label:
    """What its visitor says of a run. An empty name stands for the one made of the run's id."""

    name: str = ""
    note: str = ""
    pinned: bool = False  # never cleared away to make room

    def __post_init__(self) -> None:
        texts = isinstance(self.name, str) and isinstance(self.note, str)
        if not (texts and isinstance(self.pinned, bool)):
            raise RunError("A name and a note have to be text.")
        for what, text, most in (
            ("name", self.name, LONGEST_NAME),
            ("note", self.note, LONGEST_NOTE),
        ):
            if len(text) > most:
                raise RunError(f"The {what} has {len(text):,} letters, and {most} is the most.")
            if not all(letter.isprintable() for letter in text):
                raise RunError(f"A {what} has to stand on one line, in letters that can be seen.")


@dataclass(frozen=True)
class Origin:
    """Where a run comes from: whose it is, when it began, on what, and what it learned from."""

    owner: str = ""  # the id of a visitor's browser; "": nobody's
    begun: str = ""  # ISO 8601, UTC
    device: str = "cpu"
    data: Mapping[str, int | str] = field(default_factory=dict)  # images by part, and a checksum
    versions: Mapping[str, str] = field(default_factory=dict)  # of what it was made with


def origin_now(owner: str) -> Origin:
    """Of a run that begins at this moment; its data and device are not known yet."""
    versions = {name: version(name) for name in ("torch", "numpy")}
    return Origin(
        owner=owner,
        begun=datetime.now(UTC).isoformat(timespec="seconds"),
        versions={"python": platform.python_version(), **versions},
    )


def with_weights(config: TrainingConfig, weights: Mapping[str, Tensor]) -> nn.Module:
    """A network with these weights, by name, ready to answer. Raises RuntimeError: they do not
    fit."""
    model = build_model(config)
    model.load_state_dict(weights)
    return model.eval()


@dataclass(frozen=True)
class RunSummary:
    """A run without its curve and its weights: what a list of runs shows."""

    id: str
    config: TrainingConfig
    complete: bool  # False: it did not come to its last epoch
    iterations: int
    total_iterations: int  # as planned; 0, as there are iterations: of a network alone
    seconds: float  # of training, pauses left out
    validation: tuple[ValidationPoint, ...]
    test: Evaluation | None
    label: Label = Label()
    origin: Origin = Origin()

    @property
    def name(self) -> str:
        """What to call it."""
        return self.label.name or spoken_name(self.id)

    @property
    def is_network_alone(self) -> bool:
        """Whether its network came from a file that tells nothing of its training."""
        return self.complete and self.total_iterations == 0


@dataclass(frozen=True)
class Run(RunSummary):
    """A run that is kept. losses: float32 (iterations,); weights: the network's state, by name."""

    iterations: int = field(init=False)
    losses: np.ndarray = field(kw_only=True)
    weights: Mapping[str, Tensor] = field(kw_only=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "iterations", len(self.losses))

    def model(self) -> nn.Module:
        """The trained network, ready to answer."""
        return with_weights(self.config, self.weights)
