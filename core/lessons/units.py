"""Looking into the tutorial network: what one image becomes on its way, and what one unit does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from core.model import activation_layer, outputs, steps


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

    @property
    def as_printed(self) -> tuple[float, float, float, float]:
        """What some products add, what the others take away, the bias and the total, in hundredths
        that add up: adds − takes + bias = total.

        All but the first are rounded; that is what is left, and so within 0.02 of itself.
        """
        takes = round(float(-self.products.clip(max=0).sum()), 2)
        bias, total = round(self.bias, 2), round(self.total, 2)
        return round(total - bias + takes, 2), takes, bias, total


def passage(model: nn.Module, image: Tensor) -> dict[str, np.ndarray]:
    """All numbers of one image on its way through (*forward pass*), float32 (n,) each, by layer.

    `image`: float (28, 28) in [0, 1]. Beside the layers of a core.model.Classifier there are
    `pixels`, the flattened image, and `probabilities`, the softmax of the last layer.
    """
    handed_on = {_short(name): values[0] for name, values in outputs(model, image[None]).items()}
    pixels = {"pixels": handed_on.pop("flatten")}
    probabilities = {"probabilities": handed_on["output"].softmax(dim=0)}
    return {name: each.numpy() for name, each in (pixels | handed_on | probabilities).items()}


def unit_at_work(model: nn.Module, image: Tensor, layer: int, unit: int) -> Unit:
    """Unit `unit` of the `layer`-th layer of weights (both from 0), while it looks at `image`."""
    passed = passage(model, image)
    names = list(passed)
    name, weights = [
        (_short(name), step) for name, step in steps(model) if isinstance(step, nn.Linear)
    ][layer]
    before = names[names.index(name) - 1]
    after = name.replace("hidden", "activation")
    return Unit(
        weights=weights.weight[unit].detach().numpy(),
        inputs=passed[before],
        bias=weights.bias[unit].item(),
        total=float(passed[name][unit]),
        output=float(passed[after][unit]),
    )


def silent(values: np.ndarray) -> int:
    """How many of these units, (n,), hand on nothing."""
    return int((values == 0).sum())


def answer_of(scores: np.ndarray) -> int:
    """The digit with the largest score, (10,)."""
    return int(scores.argmax())


def activation_curve(name: str, reach: float) -> tuple[list[float], list[float]]:
    """What the activation makes of numbers from -reach to reach: those, and what it hands on."""
    across = np.linspace(-reach, reach, 81)
    return across.tolist(), activation_at(name, across).tolist()


def activation_at(name: str, values: np.ndarray | float) -> np.ndarray:
    """What the activation `name`, of config.ACTIVATIONS, makes of `values`: float32, as many."""
    return activation_layer(name)(torch.as_tensor(values, dtype=torch.float32)).numpy()


def folded(model: nn.Module) -> nn.Linear:
    """The one layer that does the work of all layers of a network without activation."""
    linear = [step for _, step in steps(model) if isinstance(step, nn.Linear)]
    inputs = linear[0].in_features
    weight, bias = torch.eye(inputs), torch.zeros(inputs)
    for layer in linear:
        weight, bias = layer.weight.detach() @ weight, layer(bias).detach()
    single = nn.Linear(weight.shape[1], weight.shape[0])
    single.load_state_dict({"weight": weight, "bias": bias})
    return single


def _short(name: str) -> str:
    """layers.hidden_1 is called hidden_1 in the lessons."""
    return name.rpartition(".")[2]
