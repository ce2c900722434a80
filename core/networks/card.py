"""What a shipped network is: a card beside its weights, in JSON that people can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from core.config import TrainingConfig
from core.evaluation import Graded


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
