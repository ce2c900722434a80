"""What a training run is made of: one frozen TrainingConfig that checks itself, and presets.

What each setting may be stands in core/settings/choices.py. Nothing in this file needs torch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from core.settings.checks import (
    ConfigError,
    as_tuple,
    check_choice,
    check_exclude_digits,
    check_hidden_sizes,
    check_number,
)
from core.settings.choices import (
    ACTIVATIONS,
    ARCHITECTURES,
    CHANNELS,
    CHOICES,
    CLASSES,
    DATASETS,
    IMAGE_SIDE,
    LIMITS,
    OPTIMIZERS,
    SCHEDULES,
    Choice,
    Limit,
    exact,
    is_room,
)
from core.settings.links import from_text, to_text

__all__ = [
    "ACTIVATIONS",
    "ARCHITECTURES",
    "CHANNELS",
    "CHOICES",
    "CLASSES",
    "DATASETS",
    "IMAGE_SIDE",
    "LIMITS",
    "OPTIMIZERS",
    "PRESETS",
    "SCHEDULES",
    "Choice",
    "ConfigError",
    "Limit",
    "Preset",
    "TrainingConfig",
    "exact",
]


@dataclass(frozen=True)
class TrainingConfig:
    """Everything that decides how a run goes. The defaults are the tutorial network.

    Raises ConfigError on the first setting that cannot be used.
    """

    dataset: str = "mnist"
    training_images: int | None = None  # None: all there are
    exclude_digits: tuple[int, ...] = ()  # digits that the network never sees in training
    label_noise: float = 0.0  # share of training labels replaced by a wrong digit
    harder_batches: bool = False  # shift, rotate and bend every batch (core/datasets/augment.py)
    architecture: str = "dense"
    hidden_sizes: tuple[int, ...] = (100, 50)  # the tutorial's 784-100-50-10
    activation: str = "relu"
    dropout: float = 0.0  # share of hidden units switched off at random in training
    optimizer: str = "adam"
    learning_rate: float = 1e-3  # Adam's usual; the tutorial's
    schedule: str = "constant"
    batch_size: int = 128
    epochs: int = 3
    seed: int = 0  # decides the first weights and the order of the images

    def __post_init__(self) -> None:
        for name in ("hidden_sizes", "exclude_digits"):
            object.__setattr__(self, name, as_tuple(name, getattr(self, name)))
        for name, table in CHOICES.items():
            if name != "dataset" or not is_room(self.dataset):
                check_choice(name, getattr(self, name), table)
        for name in ("batch_size", "epochs", "seed"):
            check_number(name, getattr(self, name), whole=True)
        for name in ("learning_rate", "dropout", "label_noise"):
            check_number(name, getattr(self, name))
        if self.training_images is not None:
            check_number("training_images", self.training_images, whole=True)
        if not isinstance(self.harder_batches, bool):
            raise ConfigError(
                "harder_batches",
                f"harder_batches is {self.harder_batches!r}; it has to be True or False.",
            )
        check_hidden_sizes(self.hidden_sizes)
        check_exclude_digits(self.exclude_digits)

    def to_dict(self) -> dict[str, Any]:
        """Plain values that JSON can hold; `from_dict` reads them back to an equal config."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> TrainingConfig:
        """The config with these settings; settings left out keep their default.

        Raises ConfigError for a setting that does not exist or a value that cannot be used.
        """
        if not isinstance(values, Mapping):
            raise ConfigError(
                "settings", f"Settings are a table of names and values, not {values!r}."
            )
        known = [each.name for each in fields(cls)]
        for name in values:
            if name not in known:
                raise ConfigError(
                    str(name), f"There is no setting named {name!r}. Settings: {', '.join(known)}."
                )
        return cls(**values)

    def changed(self, **values: Any) -> TrainingConfig:
        """A copy with some settings changed, checked again."""
        return replace(self, **values)

    def to_query(self) -> dict[str, str]:
        """What a link has to carry: the settings that differ from the tutorial's, as text."""
        return {
            each.name: to_text(getattr(self, each.name))
            for each in fields(self)
            if getattr(self, each.name) != each.default
        }

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> tuple[TrainingConfig, list[ConfigError]]:
        """The config of a link, and what was wrong with it: such settings keep their default.

        Names that are no settings are left alone; a link may carry more than a config.
        """
        config, problems = cls(), []
        for each in fields(cls):
            if each.name in query:
                try:
                    value = from_text(each.name, query[each.name], each.default)
                    config = config.changed(**{each.name: value})
                except ConfigError as problem:
                    problems.append(problem)
        return config, problems


@dataclass(frozen=True)
class Preset:
    """Settings worth trying, with one line that says what to look for."""

    label: str
    description: str
    config: TrainingConfig


PRESETS = {
    "tutorial": Preset("The tutorial network", "A good first network.", TrainingConfig()),
    "best": Preset(
        "Best reader",
        "Small windows look for strokes, and every picture is bent a little. It takes minutes.",
        TrainingConfig(
            architecture="conv",
            hidden_sizes=(128,),
            harder_batches=True,
            learning_rate=3e-3,
            schedule="cosine",
            epochs=8,
        ),
    ),
    "linear": Preset(
        "No hidden layer",
        "Each answer is a plain sum over the pixels. How far does that get?",
        TrainingConfig(hidden_sizes=()),
    ),
    "too_fast": Preset(
        "Far too fast",
        "Learning rate 1: the steps are so large that it jumps past every good answer.",
        TrainingConfig(learning_rate=1.0),
    ),
    "too_slow": Preset(
        "Far too slow",
        "Learning rate 0.00001: the steps are so small that it hardly gets anywhere.",
        TrainingConfig(learning_rate=1e-5),
    ),
    "few_images": Preset(
        "Trained on 100 images",
        "It learns its few pictures by heart. Does it read new ones?",
        TrainingConfig(training_images=100, batch_size=10, epochs=50),
    ),
    "no_sevens": Preset(
        "Never seen a 7",
        "All sevens are taken out of the training images. What does it say to a 7?",
        TrainingConfig(exclude_digits=(7,)),
    ),
    "wrong_labels": Preset(
        "A third of the labels wrong",
        "A third of the training images carry a wrong digit. Does it still learn?",
        TrainingConfig(label_noise=0.33),
    ),
}
