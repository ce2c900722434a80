"""What a shipped network is: a card beside its weights, in JSON that people can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from torch import Tensor, nn

from core.config import TrainingConfig
from core.evaluation import Graded, doubts


@dataclass(frozen=True)
class Score(Graded):
    """An exam on images that the network never saw. `loss` is the mean cross-entropy, in nats."""

    correct: int
    images: int
    loss: float

    def __str__(self) -> str:
        low, high = self.interval
        return (
            f"{self.accuracy:.2%} of {self.images:,} images "
            f"(95 % interval {low:.2%} to {high:.2%}), loss {self.loss:.4f}"
        )


@dataclass(frozen=True)
class Doubt:
    """When a network doubts, and how often it did. `doubted`: of what, how many of how many."""

    above: float  # the doubt, 0 to 1, above which it says that it is no digit
    doubted: Mapping[str, tuple[int, int]]

    def about(self, model: nn.Module, renderings: Tensor | np.ndarray) -> bool:
        """Whether the network says that it is no digit; renderings as in `core.evaluation.read`."""
        return float(doubts(model, renderings).mean()) > self.above

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Doubt:
        """From JSON. Raises KeyError, TypeError or ValueError for another."""
        doubted = {what: (int(some), int(all_)) for what, (some, all_) in values["doubted"].items()}
        return cls(float(values["above"]), doubted)


@dataclass(frozen=True)
class Card:
    """What a shipped network is: what it learned from, how, and what it scored."""

    name: str
    description: str
    training_images: Mapping[str, int]  # by dataset
    no_digits: int  # drawings that are none, learned from as well
    training_data: str  # SHA-256 of the images and labels of the last training, in their order
    config: TrainingConfig
    polish: TrainingConfig | None  # of a second training, which went on from the first
    versions: Mapping[str, str]  # of what it was made with
    weights: int  # numbers that the network learned
    weights_file: str  # SHA-256 of the file of weights
    scores: Mapping[str, Score]  # on the test parts, by dataset
    doubt: Doubt | None  # None: it never learned to doubt

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
        return {
            **vars(self),
            "config": self.config.to_dict(),
            "polish": self.polish and self.polish.to_dict(),
            "scores": scores,
            "doubt": self.doubt and asdict(self.doubt),
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Card:
        """The card that `to_dict` wrote. Raises KeyError, TypeError or ConfigError for another."""
        scores = {
            name: Score(score["correct"], score["images"], score["loss"])
            for name, score in values["scores"].items()
        }
        made = {
            "config": TrainingConfig.from_dict(values["config"]),
            "polish": values["polish"] and TrainingConfig.from_dict(values["polish"]),
            "scores": scores,
            "doubt": values["doubt"] and Doubt.from_dict(values["doubt"]),
        }
        return cls(**{**values, **made})
