"""One weight moved by hand, and what the loss of a real batch does: gradient descent, felt."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from core.data import DigitDataset, batches
from core.lessons.experiments import TUTORIAL
from core.model import before_output, build_model, output_layer, parameter_counts
from core.trainer import train

WARM_UP = 60  # steps after which one weight is looked at: neither raw nor finished
WEIGHT_REACH = 3.0  # how far the hand may move that weight, to either side


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
        output = output_layer(model)
        self._inputs = before_output(model, images)  # (B, 50)
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
        middle = round(self.start, 2)
        return round(middle - WEIGHT_REACH, 2), round(middle + WEIGHT_REACH, 2)

    def loss_at(self, value: float) -> float:
        """The mean loss of the batch with the weight at `value`, all others as they were."""
        return self._loss(torch.tensor(value)).item()

    def slope_at(self, value: float) -> float:
        """The gradient of that loss with respect to the weight."""
        weight = torch.tensor(value, requires_grad=True)
        return torch.autograd.grad(self._loss(weight), weight)[0].item()

    def tangent(self, value: float, reach: float) -> tuple[list[float], list[float]]:
        """The line that touches the curve of the loss at `value`: its two ends, `reach` away."""
        loss, slope = self.loss_at(value), self.slope_at(value)
        ends = [value - reach, value + reach]
        return ends, [loss + slope * (end - value) for end in ends]

    def printed_slope(self, value: float) -> float:
        """The gradient in hundredths: what a person can multiply by the learning rate."""
        return round(self.slope_at(value), 2) + 0.0  # never a "-0"

    def step(self, value: float, learning_rate: float) -> float:
        """Where plain gradient descent moves the weight from `value`, kept within reach.

        It takes the slope as it is printed, so that the numbers on the page add up.
        """
        low, high = self.reach
        return min(high, max(low, round(value - learning_rate * self.printed_slope(value), 3)))

    @cached_property
    def curve(self) -> tuple[np.ndarray, np.ndarray]:
        """The values within reach, a hundredth apart, and the loss at each, (n,) both."""
        low, high = (round(100 * end) for end in self.reach)
        values = np.arange(low, high + 1) / 100
        return values, np.array([self.loss_at(value) for value in values])

    def _loss(self, weight: Tensor) -> Tensor:
        place = functional.one_hot(torch.tensor(self._place), self._weights.numel())
        weights = torch.where(place.bool().view_as(self._weights), weight, self._weights)
        logits = functional.linear(self._inputs, weights, self._bias)
        return functional.cross_entropy(logits, self._labels)
