"""Networks of every kind for the tests of what looks into them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn

from core.config import ACTIVATIONS, TrainingConfig
from core.model import Off, build_model

PLAIN = TrainingConfig(hidden_sizes=(20, 10))
CONV = TrainingConfig(architecture="conv")
CONFIGS = {
    **{f"dense {name}": PLAIN.changed(activation=name) for name in ACTIVATIONS},
    **{f"conv {name}": CONV.changed(activation=name) for name in ACTIVATIONS},
    "tutorial size": TrainingConfig(),
    "dropout": PLAIN.changed(dropout=0.5),
    "conv, dropout": CONV.changed(dropout=0.5),
    "one unit": TrainingConfig(hidden_sizes=(1,)),
    "one unit in the middle": TrainingConfig(hidden_sizes=(9, 1, 9)),
    "six layers": TrainingConfig(hidden_sizes=(12,) * 6),
    "wide": TrainingConfig(hidden_sizes=(2_048,)),
    "conv without hidden layer": CONV.changed(hidden_sizes=()),
}
KINDS = {
    **{f"dense {name}": TrainingConfig(activation=name) for name in ACTIVATIONS},
    **{
        f"conv {name}": TrainingConfig(architecture="conv", hidden_sizes=(16,), activation=name)
        for name in ACTIVATIONS
    },
    "linear": TrainingConfig(hidden_sizes=()),
    "one unit": TrainingConfig(hidden_sizes=(1,)),
    "dropout": TrainingConfig(dropout=0.5),
    "conv without hidden layer": TrainingConfig(architecture="conv", hidden_sizes=()),
}


def make(config: TrainingConfig) -> nn.Module:
    """An untrained network; its batch normalisation has means and scales of its own."""
    model = build_model(config)
    generator = torch.Generator().manual_seed(1)
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_(generator=generator).mul_(0.2)
            module.running_var.uniform_(0.5, 1.5, generator=generator)
            nn.init.normal_(module.weight, 1, 0.5, generator=generator)
            nn.init.normal_(module.bias, 0, 0.2, generator=generator)
    return model.eval()


def without_weights(model: nn.Module, off: Off) -> nn.Module:
    """A copy in which the layer after each of these units has zero weights for them."""
    model = copy.deepcopy(model)
    named = dict(model.named_modules())
    names = list(named)
    for layer, units in off.items():
        later = names[names.index(layer) + 1 :]
        listener = next(named[each] for each in later if hasattr(named[each], "weight"))
        last_maps = isinstance(listener, nn.Linear) and layer.startswith("features.")
        for unit in units:
            with torch.no_grad():
                if last_maps:  # each map of 3 by 3 was laid out in nine numbers
                    listener.weight[:, 9 * unit : 9 * unit + 9] = 0
                else:
                    listener.weight[:, unit] = 0
    return model


@contextmanager
def untouched(model: nn.Module) -> Iterator[None]:
    """Whatever happens in here leaves the network as it was, without a hook, not in training."""
    before = {name: value.clone() for name, value in model.state_dict().items()}
    yield
    for name, value in model.state_dict().items():
        assert torch.equal(value, before[name])
    for module in model.modules():
        assert not module._forward_hooks
        assert not module.training
    assert all(each.grad is None and each.requires_grad for each in model.parameters())
