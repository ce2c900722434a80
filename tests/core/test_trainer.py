"""The training loop: it learns, repeats to the bit, stops when stopped, and says why it fails."""

import itertools
import math

import pytest
import torch
from torch import nn

from core.config import OPTIMIZERS, SCHEDULES, TrainingConfig
from core.data import DigitDataset
from core.evaluation import evaluate
from core.model import build_model
from core.trainer import TrainingDiverged, train

QUICK = TrainingConfig(dataset="generated", hidden_sizes=(16,), epochs=2, batch_size=64)


def run(dataset, config=QUICK):
    model = build_model(config)
    return model, list(train(model, dataset, config))


def test_every_iteration_is_reported_with_its_epoch(small):
    _, steps = run(small)
    per_epoch = math.ceil(2_000 / 64)
    assert [step.iteration for step in steps] == list(range(1, 2 * per_epoch + 1))
    assert [step.epoch for step in steps] == [1] * per_epoch + [2] * per_epoch
    assert all(math.isfinite(step.loss) for step in steps)


def test_the_validation_exam_is_held_after_each_epoch_and_never_else(small):
    model, steps = run(small)
    held = [step for step in steps if step.validation]
    assert [step.iteration for step in held] == [32, 64]
    exam = evaluate(model, small.validation)
    assert held[-1].validation_loss == exam.loss
    assert held[-1].validation_accuracy == exam.accuracy


def test_without_validation_images_there_is_no_validation_score(small):
    bare = DigitDataset("generated", small.train, small.validation[:0], small.test)
    _, steps = run(bare)
    assert {step.validation_accuracy for step in steps} == {None}


def test_it_learns(small):
    model, _ = run(small, QUICK.changed(hidden_sizes=(100, 50), epochs=6, learning_rate=3e-3))
    assert evaluate(model, small.test).accuracy > 0.8


@pytest.mark.parametrize("changes", [{}, {"dropout": 0.5}, {"harder_batches": True}])
def test_the_same_seed_gives_the_same_losses_to_the_bit(small, changes):
    config = QUICK.changed(**changes)
    first = [step.loss for step in run(small, config)[1]]
    torch.manual_seed(1234)  # other users of random numbers do not matter
    again = [step.loss for step in run(small, config)[1]]
    other = [step.loss for step in run(small, config.changed(seed=1))[1]]
    assert first == again
    assert first != other


def test_the_first_loss_and_step_are_those_of_the_textbook(small):
    config = QUICK.changed(optimizer="sgd", learning_rate=0.1, batch_size=2_000, epochs=1)
    model, steps = run(small, config)
    expected = build_model(config)
    loss = nn.functional.cross_entropy(expected(small.train.images / 255), small.train.labels)
    loss.backward()
    assert steps[0].loss == pytest.approx(loss.item(), rel=1e-5)
    for (name, ours), theirs in zip(model.named_parameters(), expected.parameters(), strict=True):
        stepped = theirs.detach() - 0.1 * theirs.grad
        assert torch.allclose(ours, stepped, atol=1e-6), name


def test_whoever_stops_reading_stops_the_training(small):
    model = build_model(QUICK)
    steps = train(model, small, QUICK)
    list(itertools.islice(steps, 3))
    weights = model.layers.output.weight.detach().clone()
    steps.close()
    assert torch.equal(weights, model.layers.output.weight)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_optimizer_and_schedule_lowers_the_loss(small, optimizer, schedule):
    rate = {"sgd": 0.3, "sgd_momentum": 0.1}.get(optimizer, 3e-3)
    config = QUICK.changed(optimizer=optimizer, schedule=schedule, learning_rate=rate)
    _, steps = run(small, config)
    assert steps[-1].loss < 0.8 * steps[0].loss


def test_a_loss_that_is_no_number_ends_the_run_and_names_the_setting(small):
    config = QUICK.changed(optimizer="sgd", learning_rate=10, activation="none", epochs=20)
    wide = config.changed(hidden_sizes=(200, 200, 200))
    with pytest.raises(TrainingDiverged, match="learning_rate = 10"):
        run(small, wide)


def test_the_tutorial_network_on_mnist_reaches_its_known_accuracy(mnist):
    for seed in range(5):
        model, steps = run(mnist, TrainingConfig(seed=seed))
        assert len(steps) == 3 * 430
        assert 0.955 <= evaluate(model, mnist.test).accuracy <= 0.97
