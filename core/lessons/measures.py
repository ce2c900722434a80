"""What the lessons on Learn show and no other module computes: small measurements, short runs.

All of it is real: real digits, real networks, real training, on a small share of the images so that
nothing takes longer than a few seconds. It writes no text and draws nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from core.config import IMAGE_SIDE, TrainingConfig
from core.data import (
    DatasetShelf,
    DataUnavailable,
    DigitDataset,
    Digits,
    batches,
    data_folder,
    scaled,
)
from core.datasets import mnist, synthetic
from core.evaluation import Evaluation, evaluate, exam_mode, predict_logits
from core.model import activation_layer, build_model, parameter_counts
from core.runs.recording import BatchRecord
from core.trainer import Progress, TrainingDiverged, batches_per_epoch, train

TRAINING, VALIDATION, TEST = 10_000, 2_000, 2_000  # images of the lessons
GENERATED_SEED = 5  # other digits than those that the built-in dataset has
TELL_EVERY = 10  # batches between two words about how far a short run is
ALL_TRAINING = 55_000  # images in an epoch of a real run: 60,000 less 5,000 for validation

OnShare = Callable[[float], None]  # hears the share that is done, 0 to 1

TUTORIAL = TrainingConfig()
# Eight epochs: by then a network with ReLU has passed one without for good.
ACTIVATION_RUNS = {name: TUTORIAL.changed(activation=name, epochs=8) for name in ("none", "relu")}
RATE_RUNS = {
    "too small": TUTORIAL.changed(optimizer="sgd", learning_rate=0.003),
    "about right": TUTORIAL.changed(optimizer="sgd", learning_rate=0.2),
    "too large": TUTORIAL.changed(optimizer="sgd", learning_rate=3.0),
    "Adam": TUTORIAL,
}
BATCH_IMAGES = 4_096
BATCH_RUNS = {
    size: TUTORIAL.changed(training_images=BATCH_IMAGES, batch_size=size, epochs=1)
    for size in (1, 8, 32, 128, 512, BATCH_IMAGES)
}
BY_HEART = TUTORIAL.changed(training_images=200, batch_size=20, epochs=60)
WARM_UP = 60  # steps after which one weight is looked at: neither raw nor finished
WEIGHT_REACH = 3.0  # how far the hand may move that weight, to either side


def lesson_digits(shelf: DatasetShelf, on_share: OnShare = lambda share: None) -> DigitDataset:
    """A small share of MNIST where it is at hand, otherwise freshly made built-in handwriting.

    Nothing is downloaded. `on_share` hears how much is made, 0 to 1. The parts share no image with
    one another, and the part for training none with the validation and test parts of the whole
    dataset.
    """
    if shelf.ready("mnist") or mnist.is_here(data_folder()):
        try:
            return small_share(shelf.get("mnist"))
        except DataUnavailable:  # its files are damaged, and there is no network
            pass
    images, labels, _ = synthetic.generate(
        TRAINING + VALIDATION + TEST,
        seed=GENERATED_SEED,
        on_progress=lambda done, total: on_share(done / total),
    )
    digits, ends = Digits(images, labels), (TRAINING, TRAINING + VALIDATION)
    return DigitDataset(
        "generated", digits[: ends[0]], digits[ends[0] : ends[1]], digits[ends[1] :]
    )


def small_share(whole: DigitDataset) -> DigitDataset:
    """The first 10,000, 2,000 and 2,000 images of the three parts."""
    parts = whole.train[:TRAINING], whole.validation[:VALIDATION], whole.test[:TEST]
    return DigitDataset(whole.name, *parts)


def example(digits: Digits, digit: int, number: int) -> Tensor:
    """The image of the `number`-th `digit`, float32 (28, 28), 0 to 1; after the last, the first."""
    places = (digits.labels == digit).nonzero().flatten()
    return scaled(digits.images[places[number % len(places)]])


# ------------------------------------------------------------------ looking into a network


@dataclass(frozen=True)
class Unit:
    """One unit at work. `weights` and `inputs`: float32 (n,); `total` = their products + `bias`.

    `output` is what the unit hands on: `total` after the activation, or `total` itself in the last
    layer.
    """

    weights: np.ndarray
    inputs: np.ndarray
    bias: float
    total: float
    output: float

    @property
    def products(self) -> np.ndarray:
        """What each input adds to the sum, float32 (n,)."""
        return self.weights * self.inputs


def passage(model: nn.Module, image: Tensor) -> dict[str, np.ndarray]:
    """All numbers of one image on its way, float32 (n,) each, by the name of the layer.

    `image`: float (28, 28) in [0, 1]. Beside the layers of a core.model.Classifier there are
    `pixels`, the flattened image, and `probabilities`, the softmax of the last layer.
    """
    values = image.reshape(1, -1)  # (1, 784)
    passed = {"pixels": values}
    with exam_mode(model), torch.no_grad():
        for name, layer in model.layers.named_children():
            values = layer(values)
            passed[name] = values
    passed["probabilities"] = values.softmax(dim=1)
    return {name: value[0].numpy() for name, value in passed.items()}


def unit_at_work(model: nn.Module, image: Tensor, layer: int, unit: int) -> Unit:
    """Unit `unit` of the `layer`-th layer of weights (both from 0), while it looks at `image`."""
    passed = passage(model, image)
    names = list(passed)
    name = [each for each in names if each.startswith("hidden") or each == "output"][layer]
    weights = model.layers.get_submodule(name)
    before = names[names.index(name) - 1]
    after = name.replace("hidden", "activation")
    return Unit(
        weights=weights.weight[unit].detach().numpy(),
        inputs=passed[before],
        bias=weights.bias[unit].item(),
        total=float(passed[name][unit]),
        output=float(passed[after][unit]),
    )


def activation_at(name: str, values: np.ndarray) -> np.ndarray:
    """What the activation `name`, of config.ACTIVATIONS, makes of `values` (N,): float32 (N,)."""
    return activation_layer(name)(torch.as_tensor(values, dtype=torch.float32)).numpy()


def folded(model: nn.Module) -> nn.Linear:
    """The one layer that does the work of all layers of a network without activation."""
    weight, bias = torch.eye(model.layers[0].in_features), torch.zeros(model.layers[0].in_features)
    for layer in model.layers:
        if isinstance(layer, nn.Linear):
            weight, bias = layer.weight.detach() @ weight, layer(bias).detach()
    single = nn.Linear(weight.shape[1], weight.shape[0])
    single.load_state_dict({"weight": weight, "bias": bias})
    return single


# ------------------------------------------------------------------ the loss


def price(probability: np.ndarray | float) -> np.ndarray | float:
    """The cross-entropy of one image, in nats: minus the logarithm of the right answer's share."""
    return -np.log(probability)


def batch_prices(model: nn.Module, digits: Digits) -> tuple[np.ndarray, np.ndarray]:
    """For each image the probability of the right answer and its cross-entropy, float32 (B,)."""
    logits = predict_logits(model, scaled(digits.images))
    losses = functional.cross_entropy(logits, digits.labels, reduction="none")
    shares = logits.softmax(dim=1)[torch.arange(len(digits)), digits.labels]
    return shares.numpy(), losses.numpy()


# ------------------------------------------------------------------ one weight moved by hand


class OneWeight:
    """One weight of a half-trained tutorial network, and the loss of one real batch over it.

    It is the weight of the last layer whose gradient is the largest, after WARM_UP steps.
    """

    def __init__(self, dataset: DigitDataset) -> None:
        model = build_model(TUTORIAL)
        steps = train(model, dataset, TUTORIAL)
        for _ in range(WARM_UP):
            next(steps)
        steps.close()
        generator = torch.Generator().manual_seed(TUTORIAL.seed)
        images, self._labels = next(batches(dataset.train, TUTORIAL.batch_size, generator))
        output = model.layers.output
        with torch.no_grad():
            self._inputs = model.layers[:-1](images.flatten(1))  # (B, 50), what output is given
        loss = functional.cross_entropy(output(self._inputs), self._labels)
        (gradient,) = torch.autograd.grad(loss, output.weight)
        self._place = gradient.abs().argmax().item()
        self._weights, self._bias = output.weight.detach(), output.bias.detach()
        self.start = self._weights.flatten()[self._place].item()
        self.all_weights = sum(parameter_counts(model).values())

    @property
    def images(self) -> int:
        """How many images the batch has."""
        return len(self._labels)

    @property
    def name(self) -> tuple[int, int]:
        """The answer whose score the weight adds to, and the hidden unit that it listens to."""
        return divmod(self._place, self._weights.shape[1])

    @property
    def reach(self) -> tuple[float, float]:
        """The smallest and the largest value that the lesson offers."""
        return self.start - WEIGHT_REACH, self.start + WEIGHT_REACH

    def loss_at(self, value: float) -> float:
        """The mean loss of the batch with the weight at `value`, all others as they were."""
        return self._loss(torch.tensor(value)).item()

    def slope_at(self, value: float) -> float:
        """The gradient of that loss with respect to the weight."""
        weight = torch.tensor(value, requires_grad=True)
        return torch.autograd.grad(self._loss(weight), weight)[0].item()

    def step(self, value: float, learning_rate: float) -> float:
        """Where plain gradient descent moves the weight from `value`, kept within reach."""
        low, high = self.reach
        return min(high, max(low, value - learning_rate * self.slope_at(value)))

    def curve(self, points: int = 81) -> tuple[np.ndarray, np.ndarray]:
        """Values within reach and the loss at each, (points,) both."""
        values = np.linspace(*self.reach, points)
        return values, np.array([self.loss_at(value) for value in values])

    def _loss(self, weight: Tensor) -> Tensor:
        place = functional.one_hot(torch.tensor(self._place), self._weights.numel())
        weights = torch.where(place.bool().view_as(self._weights), weight, self._weights)
        logits = functional.linear(self._inputs, weights, self._bias)
        return functional.cross_entropy(logits, self._labels)


# ------------------------------------------------------------------ short runs


@dataclass(frozen=True)
class ShortRun:
    """A run that was trained for a lesson. Losses in nats; `checks` are at the ends of epochs.

    `seconds` is what training and checks took on this machine. `failure` says why the run ended
    early, if it did; `test` is None then.
    """

    config: TrainingConfig
    losses: tuple[float, ...]
    checks: tuple[Evaluation, ...]
    test: Evaluation | None
    seconds: float
    failure: str = ""

    @property
    def epoch_losses(self) -> list[float]:
        """The mean of the batches' losses, epoch by epoch."""
        parts = np.array_split(np.array(self.losses), self.config.epochs)
        return [float(part.mean()) for part in parts]


def short_run(dataset: DigitDataset, config: TrainingConfig) -> ShortRun:
    """Train a network with `config` on the digits of the lessons, from beginning to end."""
    return _run(dataset, config)[0]


class Tally:
    """Counts the batches of several runs, one call for each, and tells the share that is done."""

    def __init__(
        self, dataset: DigitDataset, configs: Iterable[TrainingConfig], on_share: OnShare
    ) -> None:
        images = len(dataset.train)
        self._total = sum(
            config.epochs * batches_per_epoch(min(images, config.training_images or images), config)
            for config in configs
        )
        self._done, self._on_share = 0, on_share

    def __call__(self) -> None:
        self._done += 1
        if self._done % TELL_EVERY == 0:
            self._on_share(min(1.0, self._done / self._total))


def short_runs(
    dataset: DigitDataset, configs: dict, on_share: OnShare = lambda share: None
) -> dict:
    """A short run for each config, by the same names. What `on_share` raises ends the work."""
    tally = Tally(dataset, configs.values(), on_share)
    return {name: _run(dataset, config, tally)[0] for name, config in configs.items()}


def batch_runs(
    dataset: DigitDataset, on_share: OnShare = lambda share: None
) -> dict[int, ShortRun]:
    """BATCH_RUNS, with a check after the training, so that `seconds` is nothing but training."""
    tally = Tally(dataset, BATCH_RUNS.values(), on_share)
    bare = replace(dataset, validation=dataset.validation[:0])
    runs = {}
    for size, config in BATCH_RUNS.items():
        run, model = _run(bare, config, tally)
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
        _run(dataset, ACTIVATION_RUNS[name], tally) for name in ("none", "relu")
    )
    single = folded(model)
    images = scaled(dataset.test.images)
    with torch.no_grad():
        difference = (single(images.flatten(1)) - model(images)).abs().max().item()
    return {"none": without, "relu": with_relu}, difference


def _run(
    dataset: DigitDataset, config: TrainingConfig, after_batch: Callable[[], None] = lambda: None
) -> tuple[ShortRun, nn.Module]:
    model = build_model(config)
    losses: list[float] = []
    checks: list[Evaluation] = []
    test, failure = None, ""
    started = time.perf_counter()
    try:
        for progress in train(model, dataset, config):
            losses.append(progress.loss)
            if progress.validation:
                checks.append(progress.validation)
            after_batch()
    except TrainingDiverged as problem:
        failure = str(problem)
    seconds = time.perf_counter() - started
    if not failure:
        test = evaluate(model, dataset.test)
    return ShortRun(config, tuple(losses), tuple(checks), test, seconds, failure), model


# ------------------------------------------------------------------ batches


@dataclass(frozen=True)
class BatchCost:
    """What a batch size asks for: steps in an epoch of a real run, memory for one batch."""

    batch_size: int
    steps: int
    batch_bytes: int


def batch_cost(batch_size: int) -> BatchCost:
    """For the tutorial network on 55,000 images; the bytes are added up while it does a batch."""
    config = TUTORIAL.changed(batch_size=batch_size)
    return BatchCost(batch_size, batches_per_epoch(ALL_TRAINING, config), bytes_in_use(config))


def bytes_in_use(config: TrainingConfig) -> int:
    """The size of all tensors that one batch needs, found by training on an empty one.

    These are the weights, the images, what each layer hands on, and the gradient of each but the
    images.
    """
    model = build_model(config)
    images = torch.zeros(config.batch_size, IMAGE_SIDE, IMAGE_SIDE)
    sizes = [images.nbytes]

    def note(layer: nn.Module, inputs: object, output: Tensor) -> None:
        sizes.append(output.nbytes)
        output.register_hook(lambda gradient: sizes.append(gradient.nbytes))

    for layer in model.layers:
        layer.register_forward_hook(note)
    labels = torch.zeros(config.batch_size, dtype=torch.int64)
    functional.cross_entropy(model(images), labels).backward()
    return sum(sizes) + sum(each.nbytes + each.grad.nbytes for each in model.parameters())


# ------------------------------------------------------------------ one step at a time


class Stepper:
    """A tutorial run on the digits of the lessons that stands still after every step."""

    def __init__(self, dataset: DigitDataset) -> None:
        self.losses: list[float] = []
        self.record: BatchRecord | None = None
        self.total_iterations = TUTORIAL.epochs * batches_per_epoch(len(dataset.train), TUTORIAL)
        model = build_model(TUTORIAL)
        self._steps: Iterator[Progress] = train(model, dataset, TUTORIAL, recording=lambda: True)

    @property
    def iteration(self) -> int:
        """How many steps are done."""
        return len(self.losses)

    @property
    def over(self) -> bool:
        """Whether the run has come to its end."""
        return self.iteration == self.total_iterations

    def step(self) -> None:
        """Exactly one iteration. Nothing happens after the last."""
        if not self.over:
            progress = next(self._steps)
            self.losses.append(progress.loss)
            self.record = progress.record
