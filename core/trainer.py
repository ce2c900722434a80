"""Training as a generator: every iteration is yielded, and whoever reads decides what comes next.

To stop, stop reading; to pause, wait; to slow down, read slowly. Nothing here draws or stores. The
loop in `train` is the textbook's; what has an eye on it stands around it, in `checked`.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import wraps
from itertools import count

import torch
from torch import Tensor, nn
from torch.optim import Optimizer
from torch.optim.lr_scheduler import ConstantLR, CosineAnnealingLR, LRScheduler

from core.config import OPTIMIZERS, TrainingConfig
from core.data import DigitDataset, Digits, batches, training_digits
from core.datasets import augment
from core.evaluation import Evaluation, evaluate


@dataclass(frozen=True)
class Progress:
    """One iteration done. Counts start at 1; `loss` is the batch's mean cross-entropy, in nats.

    `validation` is there after the last batch of an epoch, if the dataset has a validation part.
    """

    iteration: int
    epoch: int
    loss: float
    validation: Evaluation | None = None


@dataclass
class TrainingState:
    """What training changes beside the weights. Who keeps it and the weights at the end of an epoch
    can go on from there to the losses that would have come (core/runs/kept/checkpoint.py)."""

    optimizer: Optimizer
    scheduler: LRScheduler
    generator: torch.Generator  # decides the order of the images
    epochs_done: int = 0

    @classmethod
    def fresh(cls, model: nn.Module, config: TrainingConfig, images: int) -> TrainingState:
        """Before the first of `images` training images was seen."""
        optimizer = build_optimizer(model, config)
        generator = torch.Generator().manual_seed(config.seed)
        return cls(optimizer, build_schedule(optimizer, config, images), generator)


class TrainingDiverged(ArithmeticError):
    """The loss is no longer a number. The message names the setting to change."""


def checked(loop: Callable[..., Iterator[Progress]]) -> Callable[..., Iterator[Progress]]:
    """`loop`, looked at after every iteration: is the loss still a number? At the end of an epoch
    the exam on the validation part is added to the progress."""

    @wraps(loop)
    def checked_loop(model, dataset, config, *others, **named) -> Iterator[Progress]:
        epoch_length = batches_per_epoch(len(training_digits(dataset, config)), config)
        for progress in loop(model, dataset, config, *others, **named):
            check_finite(progress.loss, progress.iteration, config)
            if progress.iteration % epoch_length == 0 and len(dataset.validation):
                exam = evaluate(model, dataset.validation)
                # the step after the last loss may have gone too far
                check_finite(exam.loss, progress.iteration, config)
                progress = replace(progress, validation=exam)
            yield progress

    return checked_loop


@checked
def train(
    model: nn.Module,
    dataset: DigitDataset,
    config: TrainingConfig,
    loss_function: nn.Module | None = None,
    state: TrainingState | None = None,
) -> Iterator[Progress]:
    """Train `model` in place on `dataset.train`, on the device where the model lies.

    The same seed gives the same losses to the bit on one machine. `loss_function` is cross-entropy;
    whoever wants to listen to it with a hook brings it along. `state` is what an earlier training
    came to, if this one goes on from it. Raises TrainingDiverged when the loss is not finite, and
    ConfigError when the settings leave no training image.
    """
    digits = training_digits(dataset, config).to(next(model.parameters()).device)
    loss_function = loss_function or nn.CrossEntropyLoss()
    state = state or TrainingState.fresh(model, config, len(digits))
    optimizer, scheduler = state.optimizer, state.scheduler
    iterations = count(1 + state.epochs_done * batches_per_epoch(len(digits), config))
    for epoch in range(1 + state.epochs_done, 1 + config.epochs):
        model.train()
        for images, labels in training_batches(digits, config, state.generator):
            logits = model(images)
            optimizer.zero_grad()
            loss = loss_function(logits, labels)
            loss.backward()
            optimizer.step()
            scheduler.step()
            yield Progress(next(iterations), epoch, loss.item())


def training_batches(
    digits: Digits, config: TrainingConfig, generator: torch.Generator
) -> Iterator[tuple[Tensor, Tensor]]:
    """The batches of one epoch as core.data.batches deals them, made harder if `config` says so."""
    for images, labels in batches(digits, config.batch_size, generator):
        yield augment.harder(images, generator) if config.harder_batches else images, labels


def build_optimizer(model: nn.Module, config: TrainingConfig) -> Optimizer:
    """The optimiser that `config` names, for all weights of `model`."""
    choice = OPTIMIZERS[config.optimizer]
    kind = getattr(torch.optim, choice.torch_name)
    # The same step in one pass over all weights, in a third of the time, where torch offers it.
    fused = {"fused": True} if "fused" in inspect.signature(kind).parameters else {}
    return kind(model.parameters(), lr=config.learning_rate, **choice.arguments, **fused)


def build_schedule(optimizer: Optimizer, config: TrainingConfig, images: int) -> LRScheduler:
    """How the learning rate changes from one iteration to the next."""
    if config.schedule == "constant":
        return ConstantLR(optimizer, factor=1.0, total_iters=0)
    return CosineAnnealingLR(optimizer, config.epochs * batches_per_epoch(images, config))


def batches_per_epoch(images: int, config: TrainingConfig) -> int:
    """Iterations in an epoch: 430 for 55,000 images in batches of 128. The last may be smaller."""
    return math.ceil(images / config.batch_size)


def check_finite(loss: float, iteration: int, config: TrainingConfig) -> None:
    """Raise TrainingDiverged when the loss has become infinite or not a number."""
    if not math.isfinite(loss):
        raise TrainingDiverged(
            f"In iteration {iteration:,} the loss became {loss}, and nothing can be learned from "
            f"that. The likely cause is learning_rate = {config.learning_rate:g}: the steps are "
            f"too large. Try {min(config.learning_rate / 10, 1e-3):g}."
        )
