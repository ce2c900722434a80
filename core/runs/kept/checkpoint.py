"""A run at the end of an epoch, as a file: enough to go on to the losses that would have come.

Weights, the optimiser's memory, the schedule, and all generators of chance, as safetensors: no
pickle. When it is written is the business of core/runs/work.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import safetensors.torch
from torch import Tensor, nn
from torch.optim import Optimizer

from core.config import TrainingConfig
from core.layers.blocks import Dropout
from core.trainer import TrainingState

RATES = ("lr", "initial_lr")  # what a schedule changes in an optimiser


def packed(model: nn.Module, state: TrainingState) -> bytes:
    """The model and its training after `state.epochs_done` epochs, as a safetensors file."""
    tensors, numbers = _optimizer_memory(state.optimizer)
    tensors |= {f"model.{name}": value for name, value in model.state_dict().items()}
    generators = [state.generator, *(each.generator for each in _dropouts(model))]
    tensors |= {f"generator.{n}": each.get_state() for n, each in enumerate(generators)}
    group = state.optimizer.param_groups[0]
    note = {
        "epochs_done": state.epochs_done,
        "numbers": numbers,
        "rates": {name: group[name] for name in RATES if name in group},
        "scheduler": {
            name: value
            for name, value in state.scheduler.state_dict().items()
            if isinstance(value, (int, float, list, bool))
        },
    }
    whole = {name: value.detach().cpu().contiguous() for name, value in tensors.items()}
    return safetensors.torch.save(whole, {"training": json.dumps(note)})


def unpacked(
    content: bytes, model: nn.Module, config: TrainingConfig, images: int
) -> TrainingState:
    """Give `model` the weights that were kept, and return the training to go on with.

    images: as many as it learns from. Raises ValueError, LookupError or SafetensorError where the
    file is damaged or of another network.
    """
    tensors, note = _read(content)
    try:
        model.load_state_dict(_under("model.", tensors))
    except RuntimeError as error:  # torch names the layers that do not fit
        raise ValueError("the weights do not fit the network") from error
    state = TrainingState.fresh(model, config, images)
    _restore(state.optimizer, _under("optimizer.", tensors), note)
    state.scheduler.load_state_dict(note["scheduler"])
    generators = [state.generator, *(each.generator for each in _dropouts(model))]
    for number, generator in enumerate(generators):
        generator.set_state(tensors[f"generator.{number}"])
    state.epochs_done = int(note["epochs_done"])
    if not 0 < state.epochs_done <= config.epochs:
        raise ValueError("the epochs done make no sense")
    return state


def _optimizer_memory(optimizer: Optimizer) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """What it remembers of each weight: tensors, and what is none."""
    tensors, numbers = {}, {}
    for place, memory in optimizer.state_dict()["state"].items():
        for name, value in memory.items():
            key = f"{place}.{name}"
            if isinstance(value, Tensor):
                tensors[f"optimizer.{key}"] = value
            else:
                numbers[key] = value
    return tensors, numbers


def _restore(optimizer: Optimizer, memory: dict[str, Tensor], note: dict[str, Any]) -> None:
    state: dict[int, dict[str, Any]] = {}
    for key, value in {**memory, **note["numbers"]}.items():
        place, _, name = key.partition(".")
        state.setdefault(int(place), {})[name] = value
    groups = [{**group, **note["rates"]} for group in optimizer.state_dict()["param_groups"]]
    optimizer.load_state_dict({"state": state, "param_groups": groups})


def _dropouts(model: nn.Module) -> Iterator[Dropout]:
    return (layer for layer in model.modules() if isinstance(layer, Dropout))


def _under(prefix: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {
        name.removeprefix(prefix): value
        for name, value in tensors.items()
        if name.startswith(prefix)
    }


def _read(content: bytes) -> tuple[dict[str, Tensor], dict[str, Any]]:
    tensors = safetensors.torch.load(content)
    length = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + length])  # safetensors' own load leaves the note out
    return tensors, json.loads(header["__metadata__"]["training"])
