"""What lights up on Home, against forward hooks; the answer, against `probabilities`."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.config import TrainingConfig
from core.demonstration.brightness import as_levels, reading_of
from core.demonstration.recording import Shape
from core.evaluation import probabilities
from core.model import hidden_layers
from core.pretrained import load
from tests.networks import CONFIGS, make


@pytest.fixture(scope="module")
def image(generated):
    return (generated.test.images[0].float() / 255).numpy()


@pytest.mark.parametrize("kind", CONFIGS)
def test_levels_are_what_forward_hooks_see(kind, image):
    model = make(CONFIGS[kind])
    heard = []
    for layer in hidden_layers(model):
        model.get_submodule(layer.name).register_forward_hook(
            lambda module, given, handed_on: heard.append(handed_on[0].detach().numpy())
        )
    shares = probabilities(model, image[None])[0]
    expected = list(heard)  # what is heard from now on is no oracle
    reading = reading_of(model, image[None])
    np.testing.assert_allclose(reading.shares, shares, atol=1e-6)
    assert reading.answer == int(shares.argmax())
    assert reading.shapes[0] == Shape("picture", 1, 28)
    np.testing.assert_array_equal(reading.levels[0][0], np.rint(255 * image / image.max()))
    assert len(reading.shapes) == len(expected) + 1
    for shape, levels, numbers in zip(
        reading.shapes[1:], reading.levels[1:], expected, strict=True
    ):
        assert levels.shape == (shape.units, shape.side, shape.side)
        assert levels.size == numbers.size
        sizes = np.abs(numbers)
        np.testing.assert_allclose(
            levels.reshape(numbers.shape), 255 * sizes / (sizes.max() or 1), atol=0.51
        )


def test_of_a_digit_in_several_ways_the_mean_is_the_answer_and_the_first_is_shown(generated):
    model = make(TrainingConfig())
    both = generated.test.images[:2].float().numpy() / 255
    reading = reading_of(model, both)
    np.testing.assert_allclose(reading.shares, probabilities(model, both).mean(0), atol=1e-6)
    np.testing.assert_array_equal(reading.levels[1], reading_of(model, both[:1]).levels[1])


def test_the_shipped_networks_have_the_layers_that_they_are_said_to_have(image):
    shapes = {
        name: reading_of(load(name).model, image[None]).shapes for name in ("default", "tutorial")
    }
    assert shapes["tutorial"][1:] == (Shape("unit", 100, 1), Shape("unit", 50, 1))
    assert shapes["default"][1] == Shape("filter", 16, 14)
    assert shapes["default"][-1] == Shape("unit", 128, 1)


def test_numbers_beyond_all_bounds_give_no_reading(image):
    model = make(TrainingConfig())
    with torch.no_grad():
        model.layers.hidden_1.weight.fill_(float("inf"))
    assert reading_of(model, image[None]) is None
    model = make(TrainingConfig())
    with torch.no_grad():
        model.layers.output.bias.fill_(float("nan"))
    assert reading_of(model, image[None]) is None


def test_where_nothing_lights_up_all_is_dark():
    assert not as_levels(np.zeros((3, 2, 2))).any()
    assert as_levels(np.array([-2.0, 0.0, 1.0])).tolist() == [255, 0, 128]
