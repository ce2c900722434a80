"""A recorded batch against a second, independent run of the same step."""

import pytest
import torch
from torch.nn import functional

from core.config import TrainingConfig
from core.model import build_model
from core.trainer import train

CONFIG = TrainingConfig(
    dataset="generated", hidden_sizes=(16,), optimizer="sgd", learning_rate=0.1, epochs=1
)


@pytest.fixture
def recorded(small):
    """The network before the first step, the network after it, and its record."""
    model = build_model(CONFIG)
    progress = next(train(model, small, CONFIG, lambda: True))
    return build_model(CONFIG), model, progress


def test_scores_losses_and_mean_belong_together(recorded):
    before, _, progress = recorded
    record = progress.record
    logits = before(record.images)
    assert torch.allclose(record.logits, logits, atol=1e-6)
    losses = functional.cross_entropy(logits, record.labels, reduction="none")
    assert torch.allclose(record.losses, losses, atol=1e-6)
    assert progress.loss == pytest.approx(record.losses.mean().item(), rel=1e-6)


def test_gradients_and_moves_are_those_of_the_step(recorded):
    before, after, progress = recorded
    functional.cross_entropy(before(progress.record.images), progress.record.labels).backward()
    assert [layer.name for layer in progress.record.layers] == ["hidden_1", "output"]
    for layer in progress.record.layers:
        old, new = getattr(before.layers, layer.name), getattr(after.layers, layer.name)
        gradient = torch.cat([old.weight.grad.flatten(), old.bias.grad])
        change = torch.cat([(new.weight - old.weight).flatten(), new.bias - old.bias])
        weights = torch.cat([old.weight.flatten(), old.bias])
        assert layer.gradient == pytest.approx(gradient.norm().item(), rel=1e-4)
        assert layer.moved == pytest.approx(change.norm().item(), rel=1e-4)
        assert layer.moved == pytest.approx(0.1 * layer.gradient, rel=1e-3)  # plain SGD
        assert layer.weights == pytest.approx(weights.norm().item(), rel=1e-5)


def test_the_first_layers_weights_are_kept_before_and_after(recorded):
    before, after, progress = recorded
    assert torch.equal(progress.record.before, before.layers.hidden_1.weight)
    assert torch.equal(progress.record.after, after.layers.hidden_1.weight)
    assert progress.record.before.shape == (16, 784)


def test_a_convolutional_network_is_recorded_too(small):
    config = CONFIG.changed(architecture="conv", batch_size=16)
    record = next(train(build_model(config), small, config, lambda: True)).record
    assert record.before.dim() == 4
    assert record.before.shape[1] == 1


def test_nothing_is_recorded_unless_asked_for(small):
    assert next(train(build_model(CONFIG), small, CONFIG)).record is None
