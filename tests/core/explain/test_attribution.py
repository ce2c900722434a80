"""Attributions against their axioms, finite differences and a naive loop."""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch
from scipy.special import softmax
from torch import nn

from core.background import Refused
from core.explain import attribution
from core.explain.attribution import (
    CLEAR,
    METHODS,
    MOST_SPOTS,
    covered,
    exact,
    integrated_gradients,
    occlusion,
    spots_that_decide,
)
from core.explain.scores import answer_to, likeliest, scores
from core.model import build_model, is_linear
from core.pretrained import load
from tests.networks import KINDS


@pytest.fixture(scope="module")
def image(generated) -> np.ndarray:
    return (generated.test.images[0].float() / 255).numpy()


def network(kind: str) -> nn.Module:
    """In exam mode; with weights that are larger than at first, so that activations saturate."""
    model = build_model(KINDS[kind])
    with torch.no_grad():
        for layer in model.modules():
            if isinstance(layer, nn.Linear):
                layer.weight *= 3
    return model.eval()


def scores_by_hand(model: nn.Module, image: np.ndarray) -> np.ndarray:
    with torch.no_grad():
        return model(torch.tensor(image)[None])[0].double().numpy()


@pytest.mark.parametrize(
    ("kind", "digit", "rival"),
    [*((kind, 3, None) for kind in KINDS), ("dense tanh", 0, 8), ("conv gelu", 0, 8)],
)
def test_integrated_gradients_are_complete(kind, digit, rival, image):
    """Axiom: they add up to the score of the image less that of the empty picture."""
    model = network(kind)
    full, empty = (scores_by_hand(model, each) for each in (image, np.zeros_like(image)))
    rise = full[digit] - empty[digit]
    if rival is not None:
        rise -= full[rival] - empty[rival]
    found = integrated_gradients(model, image, digit, rival)
    moved = np.abs(full - empty).max()
    assert found.total == pytest.approx(rise, abs=0.01 * moved)
    assert found.full - found.empty == pytest.approx(rise, abs=1e-5)
    assert found.pixels[image == 0].max(initial=0) == 0  # nothing changes there on the way


@pytest.mark.parametrize("name", ["tutorial", "default"])
def test_integrated_gradients_of_the_shipped_networks_are_complete(name, generated):
    model = load(name).model
    for number in range(5):
        image = (generated.test.images[number].float() / 255).numpy()
        digit = int(scores(model, image).argmax())
        found = integrated_gradients(model, image, digit)
        assert found.total == pytest.approx(found.full - found.empty, rel=0.01)


def test_integrated_gradients_agree_with_a_plain_sum_of_slopes(image):
    model = network("dense tanh").double()
    whole = torch.tensor(image, dtype=torch.float64)
    steps = 2_000
    shares = (torch.arange(steps, dtype=torch.float64) + 0.5) / steps
    points = (shares[:, None, None] * whole).requires_grad_()
    slopes = torch.autograd.grad(model(points)[:, 5].sum(), points)[0].mean(0)
    found = integrated_gradients(model.float(), image, 5)
    np.testing.assert_allclose(found.pixels, (slopes * whole).numpy(), atol=1e-4)


@pytest.mark.parametrize("kind", ["linear", "dense none"])
@pytest.mark.parametrize(("digit", "rival"), [(3, None), (0, 8)])
def test_contributions_of_a_linear_network_are_finite_differences(kind, digit, rival, image):
    """Switching one pixel off costs exactly what it contributes."""
    model = network(kind)

    def score(picture: np.ndarray) -> float:
        found = scores_by_hand(model.double(), picture.astype(np.float64))
        return found[digit] - (found[rival] if rival is not None else 0)

    found = exact(model, image, digit, rival)
    whole = score(image)
    for row, column in [*np.argwhere(image > 0)[::7], (0, 0)]:
        without = image.copy()
        without[row, column] = 0
        assert found.pixels[row, column] == pytest.approx(whole - score(without), abs=1e-5)
    assert found.empty + found.total == pytest.approx(whole, abs=1e-4)
    model.float()


def test_without_a_hidden_layer_it_is_weight_times_pixel_and_the_bias(image):
    model = network("linear")
    layer = model.layers.output
    found = exact(model, image, 7)
    expected = layer.weight[7].detach().numpy().reshape(28, 28) * image
    np.testing.assert_allclose(found.pixels, expected, rtol=1e-6)
    assert found.empty == pytest.approx(layer.bias[7].item(), abs=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_only_a_network_that_bends_nothing_is_linear(kind, image):
    """Oracle: the score of a half-lit picture lies half-way, for every answer."""
    model = network(kind).double()
    full, empty, half = (
        scores_by_hand(model, image.astype(float) * share) for share in (1, 0, 0.5)
    )
    bend = np.abs(half - (full + empty) / 2).max() / np.abs(full - empty).max()
    straight = bool(bend < 1e-9)
    model.float()
    assert is_linear(model) == straight
    assert ("exact" in attribution.methods_for(model)) == straight
    if not straight:
        with pytest.raises(ValueError, match="linear"):
            exact(model, image, 0)


PATCHES = [(slice(top, top + 3), slice(left, left + 3)) for top in range(26) for left in range(26)]


def covered_by_hand(image: np.ndarray) -> np.ndarray:
    """The image under each of PATCHES, and at last as it is."""
    pictures = np.repeat(image[None], len(PATCHES) + 1, axis=0)
    for picture, patch in zip(pictures, PATCHES, strict=False):
        picture[patch] = 0
    return pictures


@pytest.mark.parametrize("kind", ["dense relu", "conv gelu"])
@pytest.mark.parametrize(("digit", "rival"), [(3, None), (0, 8)])
def test_occlusion_is_the_mean_fall_over_all_patches(kind, digit, rival, image):
    model = network(kind)
    with torch.no_grad():
        scores_of_all = model(torch.tensor(covered_by_hand(image))).double().numpy()
    score = scores_of_all[:, digit] - (scores_of_all[:, rival] if rival is not None else 0)
    falls, times = np.zeros((28, 28)), np.zeros((28, 28))
    for patch, without in zip(PATCHES, score, strict=False):
        falls[patch] += score[-1] - without
        times[patch] += 1
    found = occlusion(model, image, digit, rival)
    np.testing.assert_allclose(found.pixels, falls / times, atol=1e-4)


@pytest.mark.parametrize("name", ["tutorial", "default"])
@pytest.mark.parametrize("compared", [False, True])
def test_the_first_spot_is_the_patch_that_costs_most(name, compared, image):
    model, pictures = load(name).model, covered_by_hand(image)
    with torch.no_grad():
        scores_of_all = model(torch.tensor(pictures)).double().numpy()
    digit, rival = likeliest(scores_of_all[-1], 2)
    score = scores_of_all[:, digit] - compared * scores_of_all[:, rival]
    spot = spots_that_decide(model, image, digit, rival if compared else None)[0]
    found = 26 * spot.row + spot.column
    assert score[found] == pytest.approx(score.min(), abs=1e-4)
    assert (spot.side, spot.reads) == (3, scores_of_all[found].argmax())
    assert spot.share == pytest.approx(softmax(scores_of_all[found], 0)[spot.reads], abs=1e-4)
    np.testing.assert_array_equal(covered(image, [spot]), pictures[found])


@pytest.mark.parametrize("name", ["tutorial", "default"])
@pytest.mark.parametrize("compared", [False, True])
def test_spots_are_covered_until_another_digit_is_read(name, compared, image):
    model = load(name).model
    digit, rival = likeliest(scores(model, image).numpy(), 2)
    spots = spots_that_decide(model, image, digit, rival if compared else None)
    reads = [spot.reads for spot in spots]
    for number, read in enumerate(reads, 1):
        assert read == answer_to(model, covered(image, spots[:number]))[0]
    last = reads[-1]
    assert last != digit or len(spots) == MOST_SPOTS
    assert last not in reads[:-1] or last == digit
    if not compared:
        assert all(read == digit for read in reads[:-1])
    clear = None
    for number, spot in enumerate(spots[:3]):  # each costs the most of those that are left
        pictures = covered_by_hand(covered(image, spots[:number]))
        with torch.no_grad():
            all_scores = model(torch.tensor(pictures)).double().numpy()
        score = all_scores[:, digit] - compared * all_scores[:, rival]
        hidden = np.ones((28, 28)) - covered(np.ones((28, 28)), spots[:number])
        falls = score[-1] - score[:-1]
        if clear is None:
            clear = falls >= CLEAR * falls.max()
        left = [k for k in clear.nonzero()[0] if not hidden[k // 26 :, k % 26 :][:3, :3].any()]
        assert score[26 * spot.row + spot.column] == pytest.approx(score[left].min(), abs=1e-4)
    hidden = np.ones((28, 28)) - covered(np.ones((28, 28)), spots)
    assert hidden.sum() == 9 * len(spots)  # none lies over another


def test_an_answer_that_stays_shows_the_most_spots(image):
    always = network("linear")
    with torch.no_grad():
        always.layers.output.weight[:] = 0.01
        always.layers.output.weight[4] += 0.01
    spots = spots_that_decide(always, image, 4)
    assert [spot.reads for spot in spots] == [4] * MOST_SPOTS


def test_where_no_patch_takes_anything_there_are_no_spots(image):
    assert spots_that_decide(network("linear"), 0 * image, 1) == []


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("training", [False, True])
def test_the_network_stays_as_it_is(method, training, image):
    model = build_model(KINDS["linear" if method == "exact" else "dropout"]).train(training)
    before = copy.deepcopy(model.state_dict())
    first = METHODS[method](model, image, 1)
    again = METHODS[method](model, image, 1)
    np.testing.assert_array_equal(first.pixels, again.pixels)  # no dropout
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    assert all(each.requires_grad and each.grad is None for each in model.parameters())
    for layer in model.modules():
        assert layer.training == training
        assert not layer._forward_hooks
        assert not layer._forward_pre_hooks
        assert not layer._backward_hooks


@pytest.mark.parametrize("method", METHODS)
def test_nothing_is_said_on_the_way(method, image, recwarn, caplog, capfd):
    METHODS[method](network("linear"), image, 1)
    assert not [str(each.message) for each in recwarn]
    assert not caplog.records
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("method", METHODS)
def test_an_empty_picture_has_nothing_to_share_out(method):
    found = METHODS[method](network("linear"), np.zeros((28, 28), dtype=np.float32), 4)
    assert found.full == found.empty
    assert found.total == 0


@pytest.mark.parametrize("method", METHODS)
def test_what_cannot_be_asked_is_said(method, image):
    model = network("linear")
    with pytest.raises(ValueError, match="0 to 9"):
        METHODS[method](model, image, 10)
    with pytest.raises(ValueError, match="itself"):
        METHODS[method](model, image, 3, 3)
    with torch.no_grad():
        model.layers.output.weight[0, 0] = torch.nan
    with pytest.raises(Refused, match="no numbers"):
        METHODS[method](model, image, 3)
