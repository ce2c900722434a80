"""What a training run is made of: one frozen TrainingConfig that checks itself, and its choices.

The engine and the page's widgets read the same tables, so one line here adds an optimiser or an
activation everywhere. Nothing in this file needs torch.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

CLASSES = 10  # the digits 0 to 9
IMAGE_SIDE = 28  # pixels, MNIST's


class ConfigError(ValueError):
    """A setting that cannot be used. `setting` names it; the message says why and what would do."""

    def __init__(self, setting: str, message: str) -> None:
        super().__init__(message)
        self.setting = setting


@dataclass(frozen=True)
class Choice:
    """One entry of a table: what a visitor reads, and what torch calls it."""

    label: str
    description: str
    torch_name: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Limit:
    """The smallest and the largest value accepted, both included."""

    low: float
    high: float
    unit: str = ""

    def __str__(self) -> str:
        return f"{exact(self.low)} to {exact(self.high)}{' ' + self.unit if self.unit else ''}"


def exact(number: float) -> str:
    """All digits of a number, unless there are too many to read."""
    if abs(number) >= 1e15:
        return "a number of more than 15 digits"
    return f"{int(number):,}" if number == int(number) else f"{number:,}"


DATASETS = {
    "mnist": Choice(
        "MNIST",
        "70,000 digits written by about 500 people, scanned in the United States in the 1990s",
    ),
    "generated": Choice("Built-in handwriting", "digits drawn by this program; needs no download"),
}

ARCHITECTURES = {
    "dense": Choice("Fully connected", "every unit looks at every number of the layer before"),
    "conv": Choice("Convolutional", "small windows slide over the picture, then layers decide"),
}

ACTIVATIONS = {
    "relu": Choice("ReLU", "keeps what is above zero, turns the rest into zero", "ReLU"),
    "leaky_relu": Choice(
        "Leaky ReLU", "like ReLU, but lets a little through below zero", "LeakyReLU"
    ),
    "tanh": Choice("Tanh", "squeezes every number between -1 and 1", "Tanh"),
    "sigmoid": Choice("Sigmoid", "squeezes every number between 0 and 1", "Sigmoid"),
    "gelu": Choice("GELU", "a smooth relative of ReLU", "GELU"),
    "none": Choice("None", "passes every number on unchanged", "Identity"),
}

FUSED = {"fused": True}  # one pass over all weights: a step in a third of the time

OPTIMIZERS = {
    "adam": Choice("Adam", "chooses a step size of its own for every weight", "Adam", FUSED),
    "adamw": Choice(
        "AdamW", "Adam that also pulls the weights gently towards zero", "AdamW", FUSED
    ),
    "sgd": Choice("SGD", "the plain step downhill", "SGD", FUSED),
    "sgd_momentum": Choice(
        "SGD with momentum", "plain steps that gather speed", "SGD", {"momentum": 0.9, **FUSED}
    ),
    "rmsprop": Choice("RMSprop", "smaller steps where the slope is steep", "RMSprop"),
}

SCHEDULES = {
    "constant": Choice("Constant", "the same learning rate from the first batch to the last"),
    "cosine": Choice("Cosine", "large steps first, ever smaller ones towards the end"),
}

LIMITS = {
    "training_images": Limit(10, 60_000, "images"),
    "label_noise": Limit(0, 1),
    "hidden_layers": Limit(0, 6, "layers"),
    "hidden_sizes": Limit(1, 2_048, "units"),
    "dropout": Limit(0, 0.9),
    "learning_rate": Limit(1e-6, 10),
    "batch_size": Limit(1, 4_096, "images"),
    "epochs": Limit(1, 100, "epochs"),
    "seed": Limit(0, 2**31 - 1),
}

CHOICES = {
    "dataset": DATASETS,
    "architecture": ARCHITECTURES,
    "activation": ACTIVATIONS,
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
}


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
            object.__setattr__(self, name, _as_tuple(name, getattr(self, name)))
        for name, table in CHOICES.items():
            _check_choice(name, getattr(self, name), table)
        for name in ("batch_size", "epochs", "seed"):
            _check_number(name, getattr(self, name), whole=True)
        for name in ("learning_rate", "dropout", "label_noise"):
            _check_number(name, getattr(self, name))
        if self.training_images is not None:
            _check_number("training_images", self.training_images, whole=True)
        if not isinstance(self.harder_batches, bool):
            raise ConfigError(
                "harder_batches",
                f"harder_batches is {self.harder_batches!r}; it has to be True or False.",
            )
        _check_hidden_sizes(self.hidden_sizes)
        _check_exclude_digits(self.exclude_digits)

    def to_dict(self) -> dict[str, Any]:
        """Plain values that JSON can hold; `from_dict` reads them back to an equal config."""
        return {name: _plain(value) for name, value in asdict(self).items()}

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
            each.name: _to_text(getattr(self, each.name))
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
                    value = _from_text(each.name, query[each.name], each.default)
                    config = config.changed(**{each.name: value})
                except ConfigError as problem:
                    problems.append(problem)
        return config, problems


def _to_text(value: Any) -> str:
    if value is None:
        return "all"
    if isinstance(value, tuple):
        return ",".join(str(each) for each in value) or "none"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _from_text(name: str, text: str, default: Any) -> Any:
    """The value that `_to_text` wrote. Raises ConfigError for text that it never writes."""
    try:
        if len(text) > 100:
            raise ValueError
        if isinstance(default, bool):
            return {"true": True, "false": False}[text]
        if isinstance(default, tuple):
            return () if text == "none" else tuple(int(each) for each in text.split(","))
        if default is None:
            return None if text == "all" else int(text)
        return type(default)(text)
    except (ValueError, KeyError):
        others = {"exclude_digits": "digits 0 to 9 with commas between, such as 3,7"}
        accepted = LIMITS.get(name) or others.get(name, "true or false")
        shown = text if len(text) <= 100 else f"{text[:20]} … ({len(text):,} characters)"
        raise ConfigError(name, f"{name} is {shown!r}; accepted: {accepted}.") from None


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _as_tuple(name: str, value: Any) -> tuple[Any, ...]:
    if not isinstance(value, (list, tuple)):
        raise ConfigError(name, f"{name} is {value!r}; it has to be a list of whole numbers.")
    return tuple(value)


def _check_choice(name: str, value: Any, table: Mapping[str, Choice]) -> None:
    if not isinstance(value, str) or value not in table:
        raise ConfigError(name, f"{name} is {value!r}; choose one of {', '.join(table)}.")


def _check_number(name: str, value: Any, whole: bool = False) -> None:
    limit = LIMITS[name]
    kinds = int if whole else (int, float)
    is_number = isinstance(value, kinds) and not isinstance(value, bool)
    if not is_number or (isinstance(value, float) and not math.isfinite(value)):
        kind = "a whole number" if whole else "a number"
        raise ConfigError(name, f"{name} is {value!r}; it has to be {kind} from {limit}.")
    if not limit.low <= value <= limit.high:
        raise ConfigError(name, f"{name} is {exact(value)}; accepted: {limit}.")


def _check_hidden_sizes(sizes: tuple[Any, ...]) -> None:
    if len(sizes) > LIMITS["hidden_layers"].high:
        raise ConfigError(
            "hidden_sizes",
            f"hidden_sizes has {len(sizes)} layers; accepted: {LIMITS['hidden_layers']}.",
        )
    for size in sizes:
        _check_number("hidden_sizes", size, whole=True)


def _check_exclude_digits(digits: tuple[Any, ...]) -> None:
    for digit in digits:
        if isinstance(digit, bool) or not isinstance(digit, int) or not 0 <= digit < CLASSES:
            raise ConfigError(
                "exclude_digits", f"exclude_digits has {digit!r}; accepted: digits 0 to 9."
            )
    if len(set(digits)) != len(digits):
        raise ConfigError("exclude_digits", f"exclude_digits names a digit twice: {list(digits)}.")
    if len(digits) > CLASSES - 2:
        raise ConfigError(
            "exclude_digits",
            f"exclude_digits leaves out {len(digits)} digits; at least two have to stay.",
        )


@dataclass(frozen=True)
class Preset:
    """Settings worth trying, with one line that says what to look for."""

    label: str
    description: str
    config: TrainingConfig


PRESETS = {
    "tutorial": Preset(
        "The tutorial network", "A good first network. It learns in seconds.", TrainingConfig()
    ),
    "best": Preset(
        "Reads handwriting best",
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
