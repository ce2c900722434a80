"""A recorded batch against a second, independent run of the same step."""

import copy
import itertools

import pytest
import torch
from torch.nn import functional

from core.config import TrainingConfig
from core.model import build_model
from core.runs.microscope.recording import BatchRecord, LayerRecord, recorded
from core.trainer import TrainingDiverged, train

CONFIG = TrainingConfig(
    dataset="generated", hidden_sizes=(16,), optimizer="sgd", learning_rate=0.1, epochs=1
)


@pytest.fixture
def one(small):
    """The network before the first step, the network after it, its loss and its record."""
    model = build_model(CONFIG)
    progress, record = next(recorded(model, small, CONFIG))
    return build_model(CONFIG), model, progress.loss, record


def test_scores_losses_and_mean_belong_together(one):
    before, _, loss, record = one
    logits = before(record.images)
    assert torch.allclose(record.logits, logits, atol=1e-6)
    losses = functional.cross_entropy(logits, record.labels, reduction="none")
    assert torch.allclose(record.losses, losses, atol=1e-6)
    assert loss == pytest.approx(record.losses.mean().item(), rel=1e-6)
    assert loss == pytest.approx(record.loss, rel=1e-6)


def test_gradients_and_moves_are_those_of_the_step(one):
    before, after, _, record = one
    functional.cross_entropy(before(record.images), record.labels).backward()
    assert [layer.name for layer in record.layers] == ["hidden_1", "output"]
    for layer in record.layers:
        old, new = getattr(before.layers, layer.name), getattr(after.layers, layer.name)
        gradient = torch.cat([old.weight.grad.flatten(), old.bias.grad])
        change = torch.cat([(new.weight - old.weight).flatten(), new.bias - old.bias])
        weights = torch.cat([old.weight.flatten(), old.bias])
        assert layer.gradient == pytest.approx(gradient.norm().item(), rel=1e-4)
        assert layer.moved == pytest.approx(change.norm().item(), rel=1e-4)
        assert layer.moved == pytest.approx(0.1 * layer.gradient, rel=1e-3)  # plain SGD
        assert layer.weights == pytest.approx(weights.norm().item(), rel=1e-5)


def test_the_first_layers_weights_are_kept_before_and_after(one):
    before, after, _, record = one
    assert torch.equal(record.before, before.layers.hidden_1.weight)
    assert torch.equal(record.after, after.layers.hidden_1.weight)
    assert record.before.shape == (16, 784)


def test_a_convolutional_network_is_recorded_too(small):
    config = CONFIG.changed(architecture="conv", batch_size=16)
    _, record = next(recorded(build_model(config), small, config))
    assert record.before.dim() == 4
    assert record.before.shape[1] == 1


def test_the_batch_is_the_one_that_the_network_got_at_the_end_of_an_epoch_too(small):
    """The exam on the validation part, in two parts, comes between the step and the record."""
    config = CONFIG.changed(batch_size=1_000, harder_batches=True, dropout=0.2)
    model = build_model(config)
    given = []
    model.register_forward_pre_hook(lambda network, inputs: given.append(inputs[0]))
    for number, (progress, record) in enumerate(recorded(model, small, config), start=1):
        assert torch.equal(record.images, given[number - 1])
        assert record.losses.mean().item() == pytest.approx(progress.loss, rel=1e-6)
    assert (number, progress.validation is None, len(given)) == (2, False, 4)


def test_nothing_is_recorded_unless_asked_for_and_no_loss_changes(small):
    config = CONFIG.changed(dropout=0.2, epochs=2)
    plain = [step.loss for step in train(build_model(config), small, config)]
    wishes = itertools.cycle([False, True, True, False, False])
    steps = list(recorded(build_model(config), small, config, lambda: next(wishes)))
    assert [progress.loss for progress, _ in steps] == plain
    asked_for = itertools.cycle([False, True, True, False, False])
    assert [record is not None for _, record in steps] == [next(asked_for) for _ in steps]
    for progress, record in steps:
        if record:
            assert record.losses.mean().item() == pytest.approx(progress.loss, rel=1e-6)


def test_no_hook_stays_on_the_network(small):
    model = build_model(CONFIG)
    steps = recorded(model, small, CONFIG)
    next(steps)
    assert not copy.deepcopy(model)._forward_pre_hooks
    for _ in steps:
        pass
    assert not model._forward_pre_hooks
    wild = CONFIG.changed(learning_rate=10, activation="none", hidden_sizes=(200,) * 3, epochs=20)
    model = build_model(wild)
    with pytest.raises(TrainingDiverged):
        list(recorded(model, small, wild))
    assert not model._forward_pre_hooks


def test_what_a_record_says_of_itself():
    record = BatchRecord(
        images=torch.zeros(3, 28, 28),
        labels=torch.tensor([0, 1, 2]),
        logits=torch.eye(10)[torch.tensor([0, 1, 5])],
        losses=torch.tensor([0.5, 0.1, 2.0]),
        layers=(),
        before=torch.zeros(1, 784),
        after=torch.zeros(1, 784),
    )
    assert record.accuracy == pytest.approx(2 / 3)
    assert record.costliest(2).tolist() == [2, 0]
    assert LayerRecord("output", weights=4.0, gradient=1.0, moved=0.5).share_moved == 0.125
    assert LayerRecord("output", weights=0.0, gradient=1.0, moved=0.5).share_moved is None
