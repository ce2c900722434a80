"""The digit that is shown to a network while it learns, and how often it is asked."""

import numpy as np
import pytest
import torch

from core.config import TrainingConfig
from core.evaluation import probabilities
from core.model import build_model
from core.runs.memory import MOST_ANSWERS, Answers, Probe

IMAGE = np.linspace(0, 1, 784, dtype=np.float32).reshape(28, 28)


@pytest.fixture
def model():
    return build_model(TrainingConfig(hidden_sizes=(4,)))


def asked(model, total: int) -> list[int]:
    """The iterations at which a probe has an answer, offered all of them."""
    probe = Probe(IMAGE)
    for iteration in range(total + 1):
        probe.ask(iteration, total, model)
    return probe.answers().iterations.tolist()


def test_in_a_short_run_it_is_asked_every_time(model):
    assert asked(model, 50) == list(range(51))


@pytest.mark.parametrize("total", [MOST_ANSWERS, 2_500])
def test_in_a_long_run_it_is_asked_evenly_and_not_too_often(model, total):
    iterations = asked(model, total)
    assert len(iterations) <= MOST_ANSWERS + 1
    assert len(iterations) > MOST_ANSWERS / 2
    assert set(np.diff(iterations)) == {-(-total // MOST_ANSWERS)}


def test_the_answers_are_those_of_the_network_at_that_time(model):
    probe = Probe(IMAGE)
    expected = []
    for iteration in range(3):
        expected.append(probabilities(model, IMAGE[None])[0].numpy())
        probe.ask(iteration, 3, model)
        with torch.no_grad():
            model.layers.output.bias += torch.arange(10.0)
    found = probe.answers()
    np.testing.assert_array_equal(found.probabilities, expected)
    assert found.probabilities.dtype == np.float32
    np.testing.assert_array_equal(found.image, IMAGE)
    assert not np.allclose(expected[0], expected[2])


def test_a_probe_that_comes_later_begins_at_once(model):
    probe = Probe(IMAGE)
    for iteration in (777, 778, 780):
        probe.ask(iteration, 2_500, model)
    assert probe.answers().iterations.tolist() == [777, 780]


def test_before_the_first_question_there_is_no_answer():
    found = Probe(IMAGE).answers()
    assert found.iterations.shape == (0,)
    assert found.probabilities.shape == (0, 10)


def test_the_turns_of_an_answer_are_its_first_and_every_change():
    said = [8, 8, 3, 8, 9, 9]
    found = Answers(IMAGE, np.array([0, 2, 4, 6, 8, 10]), np.eye(10, dtype=np.float32)[said])
    assert found.turns == [(0, 8), (4, 3), (6, 8), (8, 9)]
    assert Probe(IMAGE).answers().turns == []
