"""One batch under the microscope: everything that happened in a single iteration of training.

The trainer makes a Recorder before a batch and finishes it after the step, when it is asked to.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True)
class LayerRecord:
    """What one iteration did to a layer. All lengths are Euclidean norms over its weights."""

    name: str
    weights: float  # length of the weights before the step
    gradient: float  # length of the gradient
    moved: float  # length of the change


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


class Recorder:
    """Keeps the weights as they are now; `finish` compares them with what the step made of them."""

    def __init__(self, model: nn.Module, images: Tensor, labels: Tensor) -> None:
        self._model, self._images, self._labels = model, images, labels
        self._before = {name: value.detach().clone() for name, value in model.named_parameters()}

    def finish(self, logits: Tensor) -> BatchRecord:
        """The record. Call it after the step, while the gradients are still there."""
        after = {name: value.detach() for name, value in self._model.named_parameters()}
        logits = logits.detach()
        losses = functional.cross_entropy(logits, self._labels, reduction="none")
        first = next(name for name, value in after.items() if value.dim() > 1)
        return BatchRecord(
            images=self._images.cpu(),
            labels=self._labels.cpu(),
            logits=logits.cpu(),
            losses=losses.cpu(),
            layers=tuple(self._layers(after)),
            before=self._before[first].cpu(),
            after=after[first].clone().cpu(),
        )

    def _layers(self, after: dict[str, Tensor]) -> list[LayerRecord]:
        gradients = {name: value.grad for name, value in self._model.named_parameters()}
        names = dict.fromkeys(name.rpartition(".")[0] for name in after)  # in order, once each
        records = []
        for layer in names:
            parts = [name for name in after if name.rpartition(".")[0] == layer]
            records.append(
                LayerRecord(
                    name=layer.rpartition(".")[2],
                    weights=length([self._before[name] for name in parts]),
                    gradient=length([gradients[name] for name in parts]),
                    moved=length([after[name] - self._before[name] for name in parts]),
                )
            )
        return records


def length(tensors: list[Tensor]) -> float:
    """The Euclidean norm of all numbers together."""
    return torch.sqrt(sum(tensor.square().sum() for tensor in tensors)).item()
