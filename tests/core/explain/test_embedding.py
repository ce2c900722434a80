"""The map of digits against scikit-learn, plain loops and hooks."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.background import Refused
from core.config import ACTIVATIONS, TrainingConfig
from core.data import Digits, scaled
from core.evaluation import evaluate, predict_logits
from core.explain.embedding import (
    DigitMap,
    features,
    features_of_one,
    fit_plane,
    measure_map,
    place_in_test,
)
from core.model import build_model, fingerprint
from core.pretrained import load

NETWORKS = {
    "tutorial": {},
    "no hidden layer": {"hidden_sizes": ()},
    "one unit": {"hidden_sizes": (1,)},
    "wide": {"hidden_sizes": (30, 300)},
    "dropout": {"hidden_sizes": (40, 20), "dropout": 0.5},
    "conv": {"architecture": "conv"},
    "conv to output": {"architecture": "conv", "hidden_sizes": ()},
} | {f"with {name}": {"activation": name} for name in ACTIVATIONS}


def network(name: str) -> torch.nn.Module:
    return build_model(TrainingConfig(**NETWORKS[name])).eval()


@pytest.fixture(scope="module")
def digits(generated) -> Digits:
    return generated.test[:1_200]


# ------------------------------------------------------------------ the numbers of the last layer


@pytest.mark.parametrize("name", NETWORKS)
def test_features_are_what_the_output_layer_gets(digits, name):
    model = network(name)
    heard = []
    images = digits.images
    handle = model.layers.output.register_forward_pre_hook(lambda _, given: heard.append(given[0]))
    logits = predict_logits(model, scaled(images))
    handle.remove()
    found = features(model, images)
    assert found.dtype == np.float32
    assert found.shape == (len(images), model.layers.output.in_features)
    np.testing.assert_allclose(found, heard[0], rtol=1e-4, atol=1e-6)
    answers = measure_map(model, digits).answers
    assert (answers == logits.argmax(dim=1).numpy()).mean() > 0.99  # rounding may tip a draw


def test_features_of_a_network_without_hidden_layers_are_the_pixels(digits):
    images = digits.images[:20]
    expected = images.flatten(1).numpy() / 255
    np.testing.assert_allclose(features(network("no hidden layer"), images), expected, rtol=1e-6)


def test_features_take_images_of_either_kind(digits):
    model, images = network("tutorial"), digits.images[:5]
    assert np.array_equal(features(model, images), features(model, scaled(images)))
    one = features_of_one(model, scaled(images[3]).numpy())
    np.testing.assert_allclose(one, features(model, images)[3], rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("name", ["tutorial", "conv", "dropout"])
def test_the_network_stays_as_it_is(digits, name):
    model = network(name).train()
    before, layers = fingerprint(model), list(model.modules())
    measure_map(model, digits)
    assert fingerprint(model) == before
    assert list(model.modules()) == layers
    assert all(module.training for module in layers)
    assert all(parameter.grad is None for parameter in model.parameters())


def test_numbers_without_bounds_make_no_map(digits):
    model = network("tutorial")
    model.layers.hidden_1.weight.data.fill_(torch.inf)
    with pytest.raises(Refused, match="no map"):
        measure_map(model, digits)


# ------------------------------------------------------------------ the plane


@pytest.mark.parametrize("shape", [(300, 50), (40, 90), (60, 2)])
def test_the_plane_is_scikit_learns_up_to_sign(shape):
    from sklearn.decomposition import PCA

    points = np.random.default_rng(0).normal(size=shape) * np.linspace(3, 1, shape[1])
    points = points.astype(np.float32) + 5
    plane, oracle = fit_plane(points), PCA(2).fit(points.astype(np.float64))
    expected, found = oracle.transform(points), plane.place(points)
    for axis in (0, 1):
        sign = np.sign(found[:, axis] @ expected[:, axis])
        np.testing.assert_allclose(sign * found[:, axis], expected[:, axis], atol=1e-3)
    np.testing.assert_allclose(plane.shares, oracle.explained_variance_ratio_, rtol=1e-5)
    assert plane.shown == pytest.approx(oracle.explained_variance_ratio_.sum())


def test_a_single_direction_has_no_second():
    line = np.arange(10, dtype=np.float32)[:, None]
    for points in (line, line * np.array([[1.0, 2.0, 0.0]])):
        plane = fit_plane(points)
        np.testing.assert_allclose(plane.shares, [1, 0], atol=1e-12)
        assert not plane.place(points)[:, 1].any()
        lengths = np.abs(plane.place(points)[:, 0])
        np.testing.assert_allclose(
            lengths, np.linalg.norm(points - points.mean(0), axis=1), rtol=1e-6
        )


def test_points_that_are_all_the_same_lie_in_one_place():
    plane = fit_plane(np.full((20, 4), 0.1, dtype=np.float32))
    assert not plane.shares.any()
    assert not plane.place(np.full((3, 4), 0.1, dtype=np.float32)).any()


@pytest.mark.parametrize("kind", ["regular", "singular", "all directions alike", "constant"])
def test_a_search_that_fails_finds_the_same_plane(kind, monkeypatch):
    def fail(*arguments, **settings):
        raise torch.linalg.LinAlgError("The algorithm failed to converge.")

    cloud = np.random.default_rng(0).normal(size=(200, 30)) * 0.8 ** np.arange(30)
    points = {
        "regular": cloud,
        "singular": cloud[:4],
        "all directions alike": np.concatenate([np.eye(30), -np.eye(30)]),
        "constant": np.full((9, 30), 0.1),
    }[kind].astype(np.float32)
    usual = fit_plane(points)
    monkeypatch.setattr(torch.linalg, "eigh", fail)
    plane = fit_plane(points)
    np.testing.assert_allclose(plane.shares, usual.shares, atol=1e-9)
    if kind in ("regular", "singular"):
        np.testing.assert_allclose(plane.axes, usual.axes, atol=1e-6)
    seen = plane.place(points).var(axis=0) / max(points.var(axis=0).sum(), 1e-9)
    np.testing.assert_allclose(seen, plane.shares, atol=1e-6)


# ------------------------------------------------------------------ neighbours


@pytest.mark.parametrize("name", ["tutorial", "one unit", "wide", "no hidden layer"])
def test_the_nearest_are_those_of_a_plain_loop(digits, name):
    model = network(name)
    found = measure_map(model, digits)
    known = features(model, digits.images).astype(np.float64)
    assert isinstance(found, DigitMap)
    assert found.width == known.shape[1]
    for place, point in enumerate(features(model, digits.images[:20])):
        distances = [float(np.sqrt(((each - point) ** 2).sum())) for each in known]
        expected = sorted(distances[:place] + distances[place + 1 :])[:5]
        places, measured = found.nearest(point, without=place)
        # Wide layers are kept in half precision: two that are almost as near may change places.
        close = {"rtol": 2e-3 if found.width > 256 else 1e-4, "atol": 1e-6}
        np.testing.assert_allclose(measured, expected, **close)
        np.testing.assert_allclose([distances[place] for place in places], expected, **close)
        assert len(set(places.tolist())) == 5


def test_an_image_is_its_own_nearest_unless_left_out(digits):
    model = load("tutorial").model
    found = measure_map(model, digits)
    places, distances = found.nearest(features(model, digits.images[17:18])[0], count=1)
    assert places.tolist() == [17]
    assert distances[0] < 1e-3
    point = features(model, digits.images[17:18])[0]
    others, _ = found.nearest(point, count=5, without=17)
    assert others.tolist() == [each for each in found.nearest(point, count=6)[0] if each != 17]
    assert len(found.nearest(point, count=10_000, without=17)[0]) == len(digits) - 1


def test_progress_rises_to_one(digits):
    heard = []
    measure_map(network("tutorial"), digits, heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1
    assert len(heard) == 5  # it can be stopped after every 250 of the 1,200 images


def test_the_mistakes_on_the_map_are_those_of_an_exam(digits):
    model = load("tutorial").model
    found, exam = measure_map(model, digits), evaluate(model, digits)
    assert np.array_equal(found.labels, digits.labels.numpy())
    assert (found.answers != found.labels).sum() == exam.images - exam.correct > 0


def test_a_test_image_is_found_again(digits):
    images = digits.images
    assert place_in_test(images[33].numpy() / 255, digits) == 33
    assert place_in_test(np.full((28, 28), 0.5, dtype=np.float32), digits) is None


def test_the_map_of_generated_digits_separates_what_the_network_separates(digits):
    """A sanity check on real numbers: most neighbours of a digit have its label."""
    model = load("tutorial").model
    found = measure_map(model, digits)
    labels = digits.labels.numpy()
    points = features(model, digits.images[:50])
    same = [
        (labels[found.nearest(point, without=place)[0]] == labels[place]).mean()
        for place, point in enumerate(points)
    ]
    assert np.mean(same) > 0.5
