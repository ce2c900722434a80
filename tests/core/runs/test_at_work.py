"""A network at work: the wall is read as an exam reads it; what is handed over can be undone."""

from __future__ import annotations

import base64

import numpy as np
import pytest
import torch

from core.config import TrainingConfig
from core.evaluation import evaluate
from core.model import build_model, first_weights
from core.runs.at_work import (
    EACH,
    NO_DIGITS,
    STRENGTHS,
    UNITS,
    at_work,
    before_learning,
    packed,
    wall_digits,
)
from core.trainer import train

CONFIG = TrainingConfig(dataset="generated", epochs=1, batch_size=100)


@pytest.fixture(scope="module")
def wall(generated):
    return wall_digits(generated.validation)


def unpacked(data: np.ndarray, count: int) -> np.ndarray:
    """The steps as the browser takes them out of the bytes, from -STRENGTHS to STRENGTHS."""
    steps = np.stack([data >> 4, data & 15], axis=1).ravel()[:count]
    return steps.astype(int) - STRENGTHS - 1


def test_the_wall_has_ten_of_each_digit_and_is_always_the_same(generated, wall):
    assert wall.labels.tolist() == [digit for digit in range(10) for _ in range(EACH)]
    again = wall_digits(generated.validation)
    assert torch.equal(again.images, wall.images)
    assert len({image.numpy().tobytes() for image in wall.images}) == len(wall)
    held_back = {image.numpy().tobytes() for image in generated.validation.images}
    assert all(image.numpy().tobytes() in held_back for image in wall.images)


@pytest.mark.parametrize("architecture", ["dense", "conv"])
def test_its_answers_are_those_of_an_exam_on_the_same_digits(small, wall, architecture):
    config = CONFIG.changed(architecture=architecture, learning_rate=0.01)
    model = build_model(config)
    list(train(model, small, config))
    found = at_work(model, wall)
    exam = evaluate(model, wall)
    assert found.correct == exam.correct
    confusion = np.zeros((10, 10), int)
    np.add.at(confusion, (found.labels, found.answers), 1)
    assert (confusion == exam.confusion.numpy()).all()
    assert found.correct > before_learning(config, wall).correct


def test_before_learning_is_the_network_that_the_run_begins_with(make_board, wall):
    job = make_board().submit(CONFIG, paused=True)
    job.wait_until_still(20)
    seen, model, answers = job.look()
    first = before_learning(CONFIG, wall)
    assert (seen.iteration, answers) == (0, None)
    np.testing.assert_array_equal(at_work(model, wall).shares, first.shares)
    np.testing.assert_array_equal(first_weights(model), first.weights)


def test_what_is_handed_over_is_the_network_in_few_bytes(wall):
    found = before_learning(CONFIG, wall)
    given = found.to_dict()
    shares = np.frombuffer(base64.b64decode(given["shares"]), np.uint8).reshape(100, 10) / 255
    np.testing.assert_allclose(shares, found.shares, atol=0.5 / 255 + 1e-6)
    assert given["answers"] == found.answers.tolist()
    assert (given["shown"], given["units"], given["side"]) == (UNITS, 100, 28)
    steps = unpacked(np.frombuffer(base64.b64decode(given["weights"]), np.uint8), UNITS * 784)
    shown = found.weights[:UNITS].ravel()
    strong = np.quantile(np.abs(shown), 0.99)
    off = np.abs(np.clip(shown / strong, -1, 1) - steps / STRENGTHS)
    assert off.max() <= 0.5 / STRENGTHS + 1e-6


def test_an_odd_number_of_weights_none_and_numbers_beyond_all_bounds():
    weights = np.array([-2.0, 0.0, 2.0], np.float32)
    assert unpacked(packed(weights), 3).tolist() == [-STRENGTHS, 0, STRENGTHS]
    assert unpacked(packed(np.zeros(4)), 4).tolist() == [0] * 4
    broken = np.array([np.nan, np.inf, 1.0], np.float32)
    assert unpacked(packed(broken), 3).tolist() == [0, 0, STRENGTHS]


def test_a_broken_network_reads_nothing_and_an_empty_wall_is_no_error(wall):
    model = build_model(CONFIG)
    assert at_work(model, NO_DIGITS).correct == 0
    assert at_work(model, NO_DIGITS).to_dict()["labels"] == []
    with torch.no_grad():
        model.layers.output.bias.fill_(torch.nan)
    broken = at_work(model, wall)
    assert broken.answers.tolist() == [-1] * 100
    assert broken.correct == 0
    assert broken.to_dict()["correct"] == 0
