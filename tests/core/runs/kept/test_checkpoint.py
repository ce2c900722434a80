"""A run that is cut off and goes on has the losses, to the bit, that it would have had."""

from __future__ import annotations

import json

import pytest
import safetensors
import safetensors.torch
import torch

from core.config import OPTIMIZERS, TrainingConfig
from core.data import DigitDataset, training_digits
from core.model import build_model
from core.runs.kept.checkpoint import packed, unpacked
from core.trainer import TrainingState, train

CONFIG = TrainingConfig(dataset="generated", training_images=300, hidden_sizes=(12,), epochs=4)
VARIANTS = [
    *({"optimizer": name} for name in OPTIMIZERS),
    {"schedule": "cosine"},
    {"dropout": 0.3},
    {"harder_batches": True, "label_noise": 0.1},
    {"architecture": "conv", "hidden_sizes": (8,), "training_images": 200, "schedule": "cosine"},
]


@pytest.fixture(scope="module")
def generated(generated):
    """With a validation part that is gone through in a moment, at the end of every epoch."""
    parts = generated.train, generated.validation[:200], generated.test[:200]
    return DigitDataset("generated", *parts, generated.writers)


def trained(model, dataset, config, state=None):
    return [step.loss for step in train(model, dataset, config, state=state)]


def cut_off(dataset, config, epochs):
    """The losses of so many epochs, and what was kept at their end."""
    model = build_model(config)
    images = len(training_digits(dataset, config))
    state, losses = TrainingState.fresh(model, config, images), []
    for step in train(model, dataset, config, state=state):
        losses.append(step.loss)
        if step.validation and step.epoch == epochs:
            state.epochs_done = epochs
            return losses, packed(model, state), images
    raise AssertionError("the run has fewer epochs")


@pytest.mark.parametrize("changes", VARIANTS, ids=str)
def test_it_goes_on_to_the_same_losses_to_the_bit(generated, changes):
    config = CONFIG.changed(**changes)
    whole = trained(build_model(config), generated, config)
    before, content, images = cut_off(generated, config, 2)
    torch.rand(7)  # whatever else happens in the program meanwhile
    again = build_model(config.changed(seed=99))
    state = unpacked(content, again, config, images)
    assert state.epochs_done == 2
    assert before + trained(again, generated, config, state) == whole


def test_damage_is_told(generated):
    _, content, images = cut_off(generated, CONFIG, 1)
    model = build_model(CONFIG)
    with pytest.raises((ValueError, safetensors.SafetensorError)):
        unpacked(content[:-5], model, CONFIG, images)
    other = CONFIG.changed(hidden_sizes=(13,))
    with pytest.raises(ValueError, match="do not fit"):
        unpacked(content, build_model(other), other, images)
    tensors = safetensors.torch.load(content)
    with pytest.raises(LookupError):
        unpacked(safetensors.torch.save(tensors, {"other": json.dumps({})}), model, CONFIG, images)
