"""The smallest changes: they flip, they stay within the ink, and a little less does not do."""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch
from torch import nn

from core.background import Refused
from core.config import ACTIVATIONS, TrainingConfig
from core.data import scaled
from core.explain.counterfactual import INK, SEEN, nearest, smallest_flips
from core.explain.flip_search import Search
from core.model import build_model
from core.pretrained import load
from core.trainer import train
from tests.networks import KINDS


@pytest.fixture(scope="module")
def images(generated) -> np.ndarray:
    return scaled(generated.test.images[:6]).numpy()


def answers(model: nn.Module, images: np.ndarray) -> list[int]:
    with torch.no_grad():
        return [int(model(torch.tensor(image)[None])[0].argmax()) for image in images]


def check(model: nn.Module, image: np.ndarray, target: int, flip) -> None:
    """What has to hold for every flip."""
    assert flip.before is image or np.array_equal(flip.before, image)
    assert flip.after.shape == (28, 28)
    assert flip.after.dtype == np.float32
    assert 0 <= flip.after.min() <= flip.after.max() <= 1
    assert np.array_equal(flip.ink, image > INK)
    assert np.array_equal(flip.after[~flip.ink], image[~flip.ink])
    assert answers(model, [flip.after]) == [target] != answers(model, [image])
    assert flip.target == target
    for chances, picture in ((flip.chances_before, image), (flip.chances_after, flip.after)):
        with torch.no_grad():
            expected = model(torch.tensor(picture)[None])[0].softmax(0)
        np.testing.assert_allclose(chances, expected, atol=1e-5)


@pytest.mark.parametrize("name", ["tutorial", "default"])
def test_the_shipped_networks_flip_and_not_with_a_little_less(name, images):
    model = load(name).model
    for image in images[:3]:
        flips = smallest_flips(model, image)
        assert sorted({*flips, *answers(model, [image])}) == list(range(10))
        found = {target: flip for target, flip in flips.items() if flip}
        assert len(found) >= 6
        for target, flip in found.items():
            check(model, image, target, flip)
            less = np.stack([flip.at(share) for share in (0, 0.25, 0.5, 0.75, 0.9, 0.95)])
            assert target not in answers(model, less)
        closest = nearest(flips)
        assert closest.size == min(np.linalg.norm(each.after - image) for each in found.values())
        assert closest.target in found


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_network_either_flips_or_says_so(kind, images):
    model = build_model(KINDS[kind]).eval()
    flips = smallest_flips(model, images[0])
    for target, flip in flips.items():
        if flip:
            check(model, images[0], target, flip)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_networks_that_have_learned_flip_with_every_activation(activation, small, images):
    config = TrainingConfig(
        dataset="generated", hidden_sizes=(30,), activation=activation, epochs=6
    )
    model = build_model(config)
    for _ in train(model, small, config):
        pass
    model.eval()
    for image in images[:2]:
        flips = smallest_flips(model, image)
        assert sum(flip is not None for flip in flips.values()) >= 6
        for target, flip in flips.items():
            if flip:
                check(model, image, target, flip)


def test_for_two_answers_of_a_linear_network_it_is_the_foot_of_the_perpendicular(images):
    """The shortest way to a plane is known; grey ink leaves room on all sides."""
    model = build_model(TrainingConfig(hidden_sizes=())).eval()
    image = np.where(images[0] > INK, 0.5, 0).astype(np.float32)
    layer = model.layers.output
    with torch.no_grad():
        layer.weight[2:] = 0
        layer.bias[:2] = torch.tensor([0.3, 0.0])
        layer.bias[2:] = -100
        lead = float(model(torch.tensor(image)[None])[0, :2].diff())
    answer = int(lead > 0)
    slope = (layer.weight[1 - answer] - layer.weight[answer]).detach().numpy().reshape(28, 28)
    slope = slope * (image > INK)
    shortest = abs(lead) / np.linalg.norm(slope) * 1.01  # a hundredth beyond the plane
    flip = smallest_flips(model, image)[1 - answer]
    assert flip.size == pytest.approx(shortest, rel=0.01)
    np.testing.assert_allclose(flip.change, shortest * slope / np.linalg.norm(slope), atol=0.02)


def test_the_search_is_not_far_from_one_that_takes_all_the_time(images):
    """Against plain descent with a penalty (Carlini and Wagner, 2017), from many penalties."""
    model = load("tutorial").model
    for image in images[:2]:
        flip = nearest(smallest_flips(model, image))
        assert flip.size <= 1.05 * patient_search(model, image, flip.target)


def patient_search(model: nn.Module, image: np.ndarray, target: int) -> float:
    start = torch.tensor(image)
    ink, shortest = start > INK, float("inf")
    weights = torch.tensor([0.03, 0.1, 0.3, 1, 3])  # side by side: none looks at another
    change = torch.zeros(len(weights), 28, 28, requires_grad=True)
    optimizer = torch.optim.Adam([change], lr=0.02)
    for _ in range(250):
        pictures = (start + change * ink).clamp(0, 1)
        logits = model(pictures)
        others = torch.cat([logits[:, :target], logits[:, target + 1 :]], dim=1).amax(1)
        sizes = (pictures - start).flatten(1).norm(dim=1)
        flipped = logits.argmax(1) == target
        shortest = min([shortest, *sizes[flipped].tolist()])
        behind = (others - logits[:, target]).clamp(min=-0.05)
        optimizer.zero_grad()
        (change.grad,) = torch.autograd.grad((sizes**2 + weights * 10 * behind).sum(), change)
        optimizer.step()
    return shortest


def test_numbers_of_a_change_by_hand(images):
    flip = nearest(smallest_flips(load("tutorial").model, images[2]))
    change = [
        (float(a) - float(b), bool(ink))
        for a, b, ink in zip(flip.after.flat, flip.before.flat, (images[2] > INK).flat, strict=True)
    ]
    assert flip.changed_pixels == sum(abs(value) > SEEN for value, _ in change)
    in_ink = [abs(value) for value, ink in change if ink]
    assert flip.strongest == pytest.approx(max(in_ink), rel=1e-4)
    assert flip.ink_pixels == len(in_ink)
    assert flip.size == pytest.approx(sum(value**2 for value, _ in change) ** 0.5, rel=1e-4)
    assert np.array_equal(flip.at(0), flip.before)
    np.testing.assert_allclose(flip.at(1), flip.after, atol=1e-6)
    assert flip.at(2).min() >= 0
    assert flip.at(2).max() <= 1


@pytest.mark.parametrize("training", [False, True])
def test_the_network_stays_as_it_is(training, images):
    model = build_model(KINDS["dropout"]).train(training)
    before = copy.deepcopy(model.state_dict())
    first, again = (smallest_flips(model, images[0]) for _ in range(2))
    for target, flip in first.items():
        assert (flip is None) == (again[target] is None)
        if flip:
            np.testing.assert_array_equal(flip.after, again[target].after)
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    assert all(each.requires_grad and each.grad is None for each in model.parameters())
    assert all(layer.training == training for layer in model.modules())
    assert not any(layer._forward_hooks for layer in model.modules())


def test_a_network_that_always_says_the_same_has_no_flip(images):
    model = build_model(TrainingConfig()).eval()
    with torch.no_grad():
        model.layers.output.weight.zero_()
    flips = smallest_flips(model, images[0])
    assert list(flips.values()) == [None] * 9
    assert nearest(flips) is None


def test_where_all_slopes_are_zero_random_ink_still_finds_a_way(images):
    """Every unit is dead for the digit as it is, and wakes up when ink is missing."""
    model = build_model(TrainingConfig(hidden_sizes=(5,))).eval()
    image = np.where(images[0] > INK, 1, 0).astype(np.float32)
    ink = float(image.sum())
    with torch.no_grad():
        model.layers.hidden_1.weight.fill_(-1)
        model.layers.hidden_1.bias.fill_(0.9 * ink)
        model.layers.output.weight.zero_()
        model.layers.output.weight[4] = 1
        model.layers.output.bias.zero_()
        model.layers.output.bias[7] = 1
    assert answers(model, [image]) == [7]
    flip = smallest_flips(model, image)[4]
    check(model, image, 4, flip)
    # the units wake after a tenth of the ink: evenly spread that is a length of 0.1 * sqrt(ink)
    assert flip.size < 2 * 0.1 * ink**0.5


def test_what_cannot_be_asked_is_said(images):
    model = load("tutorial").model
    with pytest.raises(Refused, match="no ink"):
        smallest_flips(model, np.zeros((28, 28), dtype=np.float32))
    broken = copy.deepcopy(model)
    with torch.no_grad():
        broken.layers.output.bias[0] = torch.inf
    with pytest.raises(Refused, match="no numbers"):
        smallest_flips(broken, images[0])


@pytest.mark.parametrize("kind", ["linear", "dense relu", "conv without hidden layer"])
def test_progress_rises_and_the_search_can_be_stopped_at_every_slope(kind, images, monkeypatch):
    model, heard, slopes = build_model(KINDS[kind]).eval(), [], []
    slope = Search.slope
    monkeypatch.setattr(Search, "slope", lambda self, at: slopes.append(1) or slope(self, at))
    smallest_flips(model, images[0], on_share=heard.append)
    assert heard == sorted(heard)
    assert 0 <= heard[0] < heard[-1] < 1
    assert len(heard) == len(slopes)

    with pytest.raises(ZeroDivisionError):
        smallest_flips(model, images[0], on_share=lambda share: 1 / 0)
    assert len(slopes) == len(heard)  # not one more
