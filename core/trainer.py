"""Training as a generator: every iteration is yielded, and whoever reads decides what comes next.

To stop, stop reading; to pause, wait; to slow down, read slowly. Nothing here draws or stores.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import nn
from torch.optim import Optimizer
from torch.optim.lr_scheduler import CosineAnnealingLR, LRScheduler

from core.config import OPTIMIZERS, TrainingConfig
from core.data import DigitDataset, batches, training_digits
from core.datasets import augment
from core.evaluation import Evaluation, evaluate
from core.runs.recording import BatchRecord, Recorder


@dataclass(frozen=True)
class Progress:
    """One iteration done. Counts start at 1; `loss` is the batch's mean cross-entropy, in nats.

    `validation` is there after the last batch of an epoch, if the dataset has a validation part.
    """

    iteration: int
    epoch: int
    loss: float
    validation: Evaluation | None = None
    record: BatchRecord | None = None  # only when it was asked for

    @property
    def validation_loss(self) -> float | None:
        return self.validation.loss if self.validation else None

    @property
    def validation_accuracy(self) -> float | None:
        return self.validation.accuracy if self.validation else None


class TrainingDiverged(ArithmeticError):
    """The loss is no longer a number. The message names the setting to change."""


def train(
    model: nn.Module,
    dataset: DigitDataset,
    config: TrainingConfig,
    recording: Callable[[], bool] = lambda: False,
) -> Iterator[Progress]:
    """Train `model` in place on `dataset.train`, on the device where the model lies.

    `recording` is asked before every batch whether to record all of it, which takes time. The same
    seed gives the same losses to the bit on one machine. Raises TrainingDiverged when the loss is
    not finite, and ConfigError when the settings leave no training image.
    """
    device = next(model.parameters()).device
    digits = training_digits(dataset, config).to(device)
    generator = torch.Generator().manual_seed(config.seed)
    loss_function = nn.CrossEntropyLoss()
    optimizer = build_optimizer(model, config)
    scheduler = build_schedule(optimizer, config, len(digits))
    iteration = 0
    for epoch in range(1, config.epochs + 1):
        model.train()
        for images, labels in batches(digits, config.batch_size, generator):
            if config.harder_batches:
                images = augment.harder(images, generator)
            recorder = Recorder(model, images, labels) if recording() else None
            logits = model(images)
            optimizer.zero_grad()
            loss = loss_function(logits, labels)
            loss.backward()
            optimizer.step()
            if scheduler:
                scheduler.step()
            iteration += 1
            loss_value = loss.item()
            check_finite(loss_value, iteration, config)
            last_of_epoch = iteration == epoch * batches_per_epoch(len(digits), config)
            validation = validate(model, dataset) if last_of_epoch else None
            if validation:  # the step after the last loss may have gone too far
                check_finite(validation.loss, iteration, config)
            record = recorder.finish(logits) if recorder else None
            yield Progress(iteration, epoch, loss_value, validation, record)


def build_optimizer(model: nn.Module, config: TrainingConfig) -> Optimizer:
    """The optimiser that `config` names, for all weights of `model`."""
    choice = OPTIMIZERS[config.optimizer]
    kind = getattr(torch.optim, choice.torch_name)
    return kind(model.parameters(), lr=config.learning_rate, **choice.arguments)


def build_schedule(optimizer: Optimizer, config: TrainingConfig, images: int) -> LRScheduler | None:
    """How the learning rate changes from one iteration to the next; None where it stays."""
    if config.schedule == "constant":
        return None
    return CosineAnnealingLR(optimizer, config.epochs * batches_per_epoch(images, config))


def batches_per_epoch(images: int, config: TrainingConfig) -> int:
    """Iterations in an epoch: 430 for 55,000 images in batches of 128. The last may be smaller."""
    return math.ceil(images / config.batch_size)


def validate(model: nn.Module, dataset: DigitDataset) -> Evaluation | None:
    """The exam on the validation part, or None where nothing was held out."""
    return evaluate(model, dataset.validation) if len(dataset.validation) else None


def check_finite(loss: float, iteration: int, config: TrainingConfig) -> None:
    """Raise TrainingDiverged when the loss has become infinite or not a number."""
    if not math.isfinite(loss):
        raise TrainingDiverged(
            f"In iteration {iteration:,} the loss became {loss}, and nothing can be learned from "
            f"that. The likely cause is learning_rate = {config.learning_rate:g}: the steps are "
            f"too large. Try {min(config.learning_rate / 10, 1e-3):g}."
        )
