"""The training loop: it learns, repeats to the bit, stops when stopped, and says why it fails."""

import inspect
import itertools
import math
import weakref

import pytest
import torch
from torch import nn

from core import trainer
from core.config import OPTIMIZERS, SCHEDULES, TrainingConfig
from core.data import DigitDataset, batches
from core.datasets import augment
from core.evaluation import evaluate
from core.model import build_model
from core.trainer import TrainingDiverged, build_optimizer, train, training_batches

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
    assert held[-1].validation.loss == exam.loss
    assert held[-1].validation.accuracy == exam.accuracy


def test_without_validation_images_there_is_no_validation_score(small):
    bare = DigitDataset("generated", small.train, small.validation[:0], small.test)
    _, steps = run(bare)
    assert {step.validation for step in steps} == {None}


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


def test_whoever_stops_reading_stops_the_training(small, monkeypatch):
    """After three iterations the weights are those of three plain steps, and no batch is dealt."""
    dealt = []

    def counted(*arguments):
        for batch in batches(*arguments):
            dealt.append(batch)
            yield batch

    monkeypatch.setattr(trainer, "batches", counted)
    model = build_model(QUICK)
    steps = train(model, small, QUICK)
    assert len(list(itertools.islice(steps, 3))) == 3
    assert len(dealt) == 3
    steps.close()
    assert list(steps) == []
    assert len(dealt) == 3
    expected = build_model(QUICK)
    optimizer = build_optimizer(expected, QUICK)
    for images, labels in dealt:
        optimizer.zero_grad()
        nn.functional.cross_entropy(expected(images), labels).backward()
        optimizer.step()
    for ours, theirs in zip(model.parameters(), expected.parameters(), strict=True):
        assert torch.equal(ours, theirs)
    assert len(list(train(model, small, QUICK))) == 64  # there were more to come


def test_a_list_of_all_progress_holds_no_batch(small):
    model, seen = build_model(QUICK), []
    model.register_forward_pre_hook(lambda model, inputs: seen.append(weakref.ref(inputs[0])))
    steps = list(train(model, small, QUICK))
    assert len(seen) > len(steps) == 64  # the exams show it images, too
    assert [image for image in seen if image() is not None] == []


def test_harder_batches_are_the_changed_images_of_the_plain_ones(small):
    """What the network gets is what `augment.harder` makes of it, and the labels stay."""
    config = QUICK.changed(harder_batches=True)
    plain, harder = (torch.Generator().manual_seed(5) for _ in range(2))
    given = list(itertools.islice(training_batches(small.train, config, harder), 2))
    for (images, labels), (changed, kept) in zip(
        batches(small.train, config.batch_size, plain), given, strict=False
    ):
        assert torch.equal(augment.harder(images, plain), changed)
        assert not torch.equal(images, changed)
        assert torch.equal(labels, kept)


def test_a_loss_function_that_is_brought_along_is_the_one_that_counts(small):
    plain = run(small)[1]
    heard = []
    loss_function = nn.CrossEntropyLoss()
    loss_function.register_forward_hook(lambda loss, inputs, output: heard.append(output.item()))
    steps = list(train(build_model(QUICK), small, QUICK, loss_function))
    assert [step.loss for step in steps] == [step.loss for step in plain] == heard


def test_what_is_shown_of_train_is_the_loop_and_not_what_stands_around_it():
    assert "optimizer.step()" in inspect.getsource(train)
    assert list(inspect.signature(train).parameters)[:3] == ["model", "dataset", "config"]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_that_torch_can_fuse_is_fused(optimizer):
    config = QUICK.changed(optimizer=optimizer)
    built = build_optimizer(build_model(config), config)
    assert built.defaults.get("fused", True)
    assert "fused" not in OPTIMIZERS[optimizer].arguments


@pytest.mark.parametrize(
    ("optimizer", "schedule"),
    [*((name, "constant") for name in OPTIMIZERS), *(("adam", name) for name in SCHEDULES)],
)
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
    model, steps = run(mnist, TrainingConfig())
    assert len(steps) == 3 * 430
    assert 0.955 <= evaluate(model, mnist.test).accuracy <= 0.97
