"""What is counted on a network, against the tensors that a real batch needs, and by hand."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from core.config import TrainingConfig
from core.layers.counts import batch_bytes, numbers_per_image, parameter_counts
from core.model import build_model
from core.settings.sizes import count_weights
from tests.networks import CONFIGS


def bytes_in_use(model: nn.Module, batch_size: int) -> int:
    """Add up the tensors of a real batch while it is worked on."""
    images = torch.zeros(batch_size, 28, 28)
    sizes = [images.nbytes]

    def note(layer: nn.Module, inputs: object, output: Tensor) -> None:
        sizes.append(output.nbytes)
        output.register_hook(lambda gradient: sizes.append(gradient.nbytes))

    for layer in model.modules():
        if not list(layer.children()):
            layer.register_forward_hook(note)
    labels = torch.zeros(batch_size, dtype=torch.int64)
    functional.cross_entropy(model(images), labels).backward()
    return sum(sizes) + sum(each.nbytes + each.grad.nbytes for each in model.parameters())


@pytest.mark.parametrize("name", CONFIGS)
def test_the_memory_is_that_of_all_tensors_of_a_real_batch(name):
    model = build_model(CONFIGS[name])
    assert batch_bytes(model, 3) == bytes_in_use(model.train(), 3)


@pytest.mark.parametrize("name", CONFIGS)
def test_every_number_that_is_learned_is_counted_once(name):
    model = build_model(CONFIGS[name])
    counts = parameter_counts(model)
    assert sum(counts.values()) == sum(each.numel() for each in model.parameters())
    assert list(counts)[-1] == "output"
    assert not [layer for layer in counts if layer.startswith(("activation", "dropout", "flatten"))]


@pytest.mark.parametrize("name", CONFIGS)
def test_the_settings_alone_tell_how_many_numbers_are_learned(name):
    config = CONFIGS[name]
    counted = sum(parameter_counts(build_model(config)).values())
    assert count_weights(config.architecture, config.hidden_sizes) == counted


def test_the_numbers_that_the_tutorial_network_learns():
    counts = parameter_counts(build_model(TrainingConfig()))
    assert counts == {"hidden_1": 78_500, "hidden_2": 5_050, "output": 510}
    assert sum(counts.values()) == 84_060


def test_the_numbers_that_the_tutorial_network_hands_on():
    assert numbers_per_image(build_model(TrainingConfig())) == 2 * 100 + 2 * 50 + 10
