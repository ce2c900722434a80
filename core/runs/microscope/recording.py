"""One batch under the microscope: everything that happened in a single iteration of training.

`recorded` goes around `train` and listens to the network and to the loss with hooks. They hang
there for one batch at a time: what is not recorded costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.config import TrainingConfig
from core.data import DigitDataset
from core.model import first_layer
from core.trainer import Progress, TrainingState, train


@dataclass(frozen=True)
class LayerRecord:
    """What one iteration did to a layer. All lengths are Euclidean norms over its weights."""

    name: str
    weights: float  # length of the weights before the step
    gradient: float  # length of the gradient
    moved: float  # length of the change

    @property
    def share_moved(self) -> float | None:
        """How far the weights moved, as a share of their length; None where they were all zero."""
        return self.moved / self.weights if self.weights else None


@dataclass(frozen=True)
class BatchRecord:
    """One iteration. B images; all tensors are on the CPU.

    images: float32 (B, 28, 28) in [0, 1], as the network got them; labels: int64 (B,);
    logits: float32 (B, 10); losses: float32 (B,), each image's cross-entropy in nats;
    before, after: the first layer's weights around the step, (units, 784) or (filters, 1, h, w).
    """

    images: Tensor
    labels: Tensor
    logits: Tensor
    losses: Tensor
    layers: tuple[LayerRecord, ...]
    before: Tensor
    after: Tensor

    @property
    def loss(self) -> float:
        """The loss of the batch: the mean over its images."""
        return self.losses.mean().item()

    @property
    def accuracy(self) -> float:
        """The share of the batch that the network read correctly before the step, 0 to 1."""
        return (self.logits.argmax(1) == self.labels).float().mean().item()

    def costliest(self, count: int) -> Tensor:
        """Which images cost most, int64 (up to count,), the worst first."""
        return self.losses.argsort(descending=True)[:count]


def recorded(
    model: nn.Module,
    dataset: DigitDataset,
    config: TrainingConfig,
    wanted: Callable[[], bool] = lambda: True,
    state: TrainingState | None = None,
) -> Iterator[tuple[Progress, BatchRecord | None]]:
    """`train`, and beside each progress the record of its batch, if it was `wanted`.

    `wanted` is asked before every batch. No loss changes by it. `state` is as in `train`, which
    says what is raised.
    """
    loss_function = nn.CrossEntropyLoss()
    steps = train(model, dataset, config, loss_function, state)
    while True:
        recorder = Recorder(model, loss_function) if wanted() else None
        with recorder or nullcontext():
            progress = next(steps, None)
        if progress is None:
            return
        yield progress, recorder.record() if recorder else None


class Recorder:
    """Keeps the weights as they are now, and listens while a batch is worked on: `with recorder:`.

    The hooks are gone when the batch is done, so that copies of the network have none.
    """

    def __init__(self, model: nn.Module, loss_function: nn.Module) -> None:
        self._model, self._loss_function = model, loss_function
        self._before = {name: value.detach().clone() for name, value in model.named_parameters()}

    def __enter__(self) -> None:
        self._hooks = (
            self._model.register_forward_pre_hook(self._hear_the_images),
            self._loss_function.register_forward_pre_hook(self._hear_the_answers),
        )

    def __exit__(self, *error: object) -> None:
        for hook in self._hooks:
            hook.remove()

    def _hear_the_images(self, model: nn.Module, inputs: tuple[Tensor]) -> None:
        if model.training:  # the exam at the end of an epoch shows it others
            (self._images,) = inputs

    def _hear_the_answers(self, loss_function: nn.Module, inputs: tuple[Tensor, Tensor]) -> None:
        self._logits, self._labels = (tensor.detach() for tensor in inputs)

    def record(self) -> BatchRecord:
        """The record. Call it before the next batch: the gradients are still those of this one."""
        after = {name: value.detach() for name, value in self._model.named_parameters()}
        losses = functional.cross_entropy(self._logits, self._labels, reduction="none")
        first = f"{first_layer(self._model)[0]}.weight"
        return BatchRecord(
            images=self._images.cpu(),
            labels=self._labels.cpu(),
            logits=self._logits.cpu(),
            losses=losses.cpu(),
            layers=tuple(self._layers(after)),
            before=self._before[first].cpu(),
            after=after[first].clone().cpu(),
        )

    def _layers(self, after: dict[str, Tensor]) -> Iterator[LayerRecord]:
        gradients = {name: value.grad for name, value in self._model.named_parameters()}
        layers = dict.fromkeys(name.rpartition(".")[0] for name in after)  # in order, once each
        for layer in layers:
            parts = [name for name in after if name.rpartition(".")[0] == layer]
            yield LayerRecord(
                name=layer.rpartition(".")[2],
                weights=length([self._before[name] for name in parts]),
                gradient=length([gradients[name] for name in parts]),
                moved=length([after[name] - self._before[name] for name in parts]),
            )


def length(tensors: list[Tensor]) -> float:
    """The Euclidean norm of all numbers together."""
    return torch.sqrt(sum(tensor.square().sum() for tensor in tensors)).item()
