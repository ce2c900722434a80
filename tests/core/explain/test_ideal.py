"""Ideal digits: probabilities by another way, the slope against finite differences."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.background import Refused
from core.config import ACTIVATIONS, TrainingConfig
from core.evaluation import probabilities
from core.explain.ideal import KEPT, STEPS, first_noise, ideal_digits, log_odds, softened
from core.model import build_model, fingerprint
from core.pretrained import load

ODD_NETWORKS = {
    "no hidden layer": {"hidden_sizes": ()},
    "one unit": {"hidden_sizes": (1,)},
    "dropout": {"hidden_sizes": (20,), "dropout": 0.5},
    "conv to output": {"architecture": "conv", "hidden_sizes": ()},
} | {f"with {name}": {"activation": name} for name in ACTIVATIONS}


@pytest.mark.parametrize("smooth", [True, False])
@pytest.mark.parametrize("name", ["tutorial", "default"])
def test_the_network_becomes_sure_of_every_answer(name, smooth):
    model = load(name).model
    before = fingerprint(model)
    found = ideal_digits(model, smooth)
    assert found.images.shape == (len(KEPT), 10, 28, 28)
    assert found.images.dtype == np.float32
    assert 0 <= found.images.min() <= found.images.max() <= 1
    assert (found.probabilities[-1] > found.probabilities[0]).all()
    assert (found.probabilities[-1] > 0.9).all()
    assert fingerprint(model) == before
    assert all(parameter.grad is None for parameter in model.parameters())
    assert all(parameter.requires_grad for parameter in model.parameters())


@pytest.mark.parametrize("name", ["tutorial", "default"])
def test_the_probabilities_are_those_of_the_images_shown(name):
    model = load(name).model
    found = ideal_digits(model)
    for images, shares in zip(found.images, found.probabilities, strict=True):
        expected = probabilities(model, images).diagonal().numpy()
        np.testing.assert_allclose(shares, expected, atol=1e-5)


def test_it_begins_with_the_noise_and_repeats():
    model = load("tutorial").model
    found, again = ideal_digits(model), ideal_digits(model)
    assert found.steps == KEPT
    assert (KEPT[0], KEPT[-1]) == (0, STEPS)
    assert np.array_equal(found.images[0], first_noise().numpy())
    assert all(np.array_equal(image, found.images[0, 0]) for image in found.images[0])
    assert np.array_equal(found.images, again.images)
    assert np.array_equal(found.probabilities, again.probabilities)


@pytest.mark.parametrize("name", ODD_NETWORKS)
def test_every_network_can_be_asked(name):
    model = build_model(TrainingConfig(**ODD_NETWORKS[name])).train()
    before = fingerprint(model)
    heard = []
    found = ideal_digits(model, smooth=False, on_share=heard.append)
    assert np.isfinite(found.images).all()
    assert 0 <= found.images.min() <= found.images.max() <= 1
    assert found.probabilities[-1].mean() >= found.probabilities[0].mean()
    assert heard == sorted(heard)
    assert heard[-1] == 1
    assert model.training
    assert fingerprint(model) == before


def test_without_hidden_layers_ink_goes_where_the_weights_lead_the_others():
    """The first step of Adam is the sign of the slope, which a linear network has in its weights.

    For log p / (1 - p) it is the own weights less the average of the others', by probability.
    """
    model = build_model(TrainingConfig(hidden_sizes=())).eval()
    weights = model.layers.output.weight.detach()
    noise = first_noise()
    shares = probabilities(model, noise)[0]
    found = ideal_digits(model, smooth=False)
    for digit in range(10):
        others = shares.clone()
        others[digit] = 0
        others = others / others.sum()
        slope = (weights[digit] - others @ weights).reshape(28, 28)
        moved = torch.from_numpy(found.images[1, digit]) - noise[digit]
        free = (noise[digit] + 0.05 * slope.sign() > 0) & (slope.abs() > 1e-4)
        assert torch.equal(moved[free].sign(), slope[free].sign())


def test_the_log_odds_are_those_of_the_probability():
    logits = torch.randn(10, 10, dtype=torch.float64)
    p = logits.softmax(dim=1).diagonal()
    torch.testing.assert_close(log_odds(logits), torch.log(p / (1 - p)))


def test_softening_blurs_and_fades_a_little():
    dot = torch.zeros(1, 28, 28)
    dot[0, 14, 14] = 1
    soft = softened(dot)[0]
    assert 0.5 < soft[14, 14] < 1
    assert 0 < soft[14, 15] < 0.1
    assert soft.sum() < 1
    torch.testing.assert_close(soft, soft.T)


def test_a_network_whose_numbers_overflow_has_none():
    model = build_model(TrainingConfig()).eval()
    model.layers.output.weight.data.fill_(torch.nan)
    with pytest.raises(Refused, match="bounds"):
        ideal_digits(model)
