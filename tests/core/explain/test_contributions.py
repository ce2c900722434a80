"""What units add to the next layer, against sums that are worked out again without them."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from core.explain.contributions import contributions, strongest_links
from core.model import hidden_layers, outputs, steps
from tests.networks import CONFIGS, CONV, PLAIN, make, untouched


@pytest.fixture(scope="module")
def image(generated) -> np.ndarray:
    return (generated.test.images[3].float() / 255).numpy()


def sums(model: nn.Module, image: np.ndarray, off=None) -> list[np.ndarray]:
    """What each unit of each layer gets before its activation; of a filter the mean of its map.

    Without pooling, which does not add up: it is left out of the convolutions.
    """
    found = []
    handed_on = outputs(model, torch.from_numpy(image)[None], off)
    given = torch.from_numpy(image)[None, None]
    for name, step in steps(model):
        if isinstance(step, (nn.Conv2d, nn.Linear)):
            with torch.no_grad():
                found.append(step(given))
        if isinstance(step, nn.BatchNorm2d):
            with torch.no_grad():
                found[-1] = step(found[-1])
        given = handed_on[name]
    return [
        each[0].flatten(1).mean(dim=1).numpy() if each.dim() == 4 else each[0].numpy()
        for each in found
    ]


@pytest.mark.parametrize("name", CONFIGS)
def test_what_a_unit_adds_is_what_the_next_sums_lack_without_it(name, image):
    model = make(CONFIGS[name])
    parts, whole = contributions(model, image), sums(model, image)
    layers = hidden_layers(model)
    assert [each.shape[1] for each in parts] == [len(each) for each in whole]
    for number, layer in enumerate(layers):
        for unit in (0, layer.units - 1):
            without = sums(model, image, {layer.name: [unit]})
            lacking = whole[number + 1] - without[number + 1]
            np.testing.assert_allclose(parts[number + 1][unit], lacking, atol=2e-5)


@pytest.mark.parametrize("config", [PLAIN, CONV])
def test_pixels_and_constants_are_the_whole_of_the_first_sums(config, image):
    model = make(config)
    first = contributions(model, image)[0]
    black = sums(model, np.zeros_like(image))[0]
    np.testing.assert_allclose(first.sum(axis=0) + black, sums(model, image)[0], atol=1e-4)


def test_units_that_are_off_add_nothing(image):
    model = make(PLAIN)
    first = hidden_layers(model)[0]
    with untouched(model):
        parts = contributions(model, image, {first.name: [0, 2]})
    assert not parts[1][[0, 2]].any()
    assert parts[1].any()
    with pytest.raises(ValueError, match="no layer"):
        contributions(model, image, {"nothing": [0]})


def test_every_unit_shown_keeps_its_strongest_links():
    parts = np.array([[1.0, -5.0, 0.0], [4.0, 0.5, 0.25], [9.0, 9.0, 9.0]])
    links = strongest_links(parts, [0, 1], [2, 0, 1], each=1)
    assert links == [(0, 2, -5.0), (1, 1, 4.0), (1, 0, 0.25)]
    of_targets = strongest_links(parts, [0, 1, 2], [0, 1], each=1, of_sources=False)
    assert of_targets == [(2, 0, 9.0), (2, 1, 9.0)]
    everything = strongest_links(parts, [0, 1, 2], [0, 1, 2], each=9)
    assert len(everything) == 8  # all but the zero
    assert strongest_links(np.full((2, 2), np.nan), [0, 1], [0, 1], 5) == []
