"""The run that stands still after every step, against a run that does not."""

import copy

import pytest

from core.config import TrainingConfig
from core.data import DigitDataset
from core.model import build_model
from core.runs.microscope.stepper import Stepper
from core.trainer import train

TUTORIAL = TrainingConfig()


def test_the_stepper_takes_exactly_one_step_and_ends(small):
    few = DigitDataset("few", small.train[:200], small.validation, small.test)
    stepper = Stepper(few)
    assert (stepper.iteration, stepper.record) == (0, None)
    expected = [progress.loss for progress in train(build_model(TUTORIAL), few, TUTORIAL)]
    assert stepper.total_iterations == len(expected)
    for number in range(1, len(expected) + 1):
        assert not stepper.over
        stepper.step()
        assert stepper.iteration == number
        assert stepper.record.losses.mean().item() == pytest.approx(stepper.losses[-1], rel=1e-5)
    assert stepper.losses == expected
    assert stepper.over
    stepper.step()
    assert stepper.losses == expected


def test_a_network_that_has_learned_takes_one_step_more(small):
    config = TrainingConfig(dataset="generated", training_images=100, batch_size=50, epochs=1)
    model = build_model(config)
    losses = [progress.loss for progress in train(model, small, config)]
    stepper = Stepper(small, config, copy.deepcopy(model), losses)
    stepper.step()
    assert stepper.losses[:-1] == losses
    assert (stepper.iteration, stepper.total_iterations) == (3, 3)
    again = [progress.loss for progress in train(model, small, config)]
    assert stepper.losses[-1] == again[0]
