"""The numbers of one step, against those of the network before and after it."""

from __future__ import annotations

import pytest
import torch
from torch.nn.utils import parameters_to_vector

from core.lessons.experiments import TUTORIAL
from core.lessons.loop_step import MANY, first_batch, rises, step_numbers
from core.model import build_model
from core.runs.microscope.recording import recorded


def test_a_step_is_told_in_the_numbers_of_the_network_itself(digits):
    model = build_model(TUTORIAL)
    before = parameters_to_vector(model.parameters()).detach().clone()
    progress, record = next(recorded(model, digits, TUTORIAL))
    after = parameters_to_vector(model.parameters()).detach()
    slopes = torch.cat([each.grad.flatten() for each in model.parameters()])
    numbers = step_numbers(record)
    assert numbers.images == 128
    assert numbers.right == (record.logits.argmax(1) == record.labels).sum().item()
    assert numbers.answers == record.logits.argmax(1).tolist()
    assert first_batch(digits).equal(record.images)
    assert numbers.loss == pytest.approx(progress.loss, rel=1e-5)
    assert numbers.gradient == pytest.approx(slopes.norm().item(), rel=1e-4)
    moved = (after - before).norm() / before.norm()
    assert numbers.moved == pytest.approx(moved.item(), rel=1e-3)


def test_rises_are_counted():
    assert rises([2.0, 1.0, 1.5, 1.5, 2.0]) == 2
    assert rises([1.0]) == rises([]) == 0


def test_the_loss_does_not_fall_with_every_step(digits):
    """What the lesson on the loop says of the steps that it shows."""
    steps = recorded(build_model(TUTORIAL), digits, TUTORIAL, lambda: False)
    losses = [next(steps)[0].loss for _ in range(MANY)]
    assert rises(losses) > 0
    assert losses[-1] < losses[0] / 2
