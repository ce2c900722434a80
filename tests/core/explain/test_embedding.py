"""The map of digits against scikit-learn, plain loops and hooks; the t-SNE job in its thread."""

from __future__ import annotations

import json
import threading
import time

import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA

from core.charts.embedding import SHEET_COLUMNS, map_chart, tile_sheet
from core.config import ACTIVATIONS, TrainingConfig
from core.data import DigitDataset, Digits, scaled
from core.evaluation import predict_logits
from core.exam.sitting import fingerprint
from core.explain import tsne as embedding_tsne
from core.explain.embedding import DigitMap, NoMap, features, fit_plane, measure_map, place_in_test
from core.explain.tsne import NeighbourMap
from core.model import build_model
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
def digits(generated) -> DigitDataset:
    return DigitDataset(
        "generated", generated.train[:1_200], generated.validation[:10], generated.test[:300]
    )


# ------------------------------------------------------------------ the numbers of the last layer


@pytest.mark.parametrize("name", NETWORKS)
def test_features_are_what_the_output_layer_gets(digits, name):
    model = network(name)
    heard = []
    images = digits.test.images
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
    images = digits.test.images[:20]
    expected = images.flatten(1).numpy() / 255
    np.testing.assert_allclose(features(network("no hidden layer"), images), expected, rtol=1e-6)


def test_features_take_images_of_either_kind(digits):
    model, images = network("tutorial"), digits.test.images[:5]
    assert np.array_equal(features(model, images), features(model, scaled(images)))


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
    with pytest.raises(NoMap, match="no map"):
        measure_map(model, digits)


# ------------------------------------------------------------------ the plane


@pytest.mark.parametrize("shape", [(300, 50), (40, 90), (60, 2)])
def test_the_plane_is_scikit_learns_up_to_sign(shape):
    points = np.random.default_rng(0).normal(size=shape) * np.linspace(3, 1, shape[1])
    points = points.astype(np.float32) + 5
    plane, oracle = fit_plane(points), PCA(2).fit(points.astype(np.float64))
    expected, found = oracle.transform(points), plane.place(points)
    for axis in (0, 1):
        sign = np.sign(found[:, axis] @ expected[:, axis])
        np.testing.assert_allclose(sign * found[:, axis], expected[:, axis], atol=1e-3)
    np.testing.assert_allclose(plane.shares, oracle.explained_variance_ratio_, rtol=1e-5)


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


# ------------------------------------------------------------------ neighbours


@pytest.mark.parametrize("name", ["tutorial", "one unit", "wide", "no hidden layer"])
def test_the_nearest_are_those_of_a_plain_loop(digits, name):
    model = network(name)
    found = measure_map(model, digits)
    known = features(model, digits.train.images).astype(np.float64)
    assert isinstance(found, DigitMap)
    assert found.width == known.shape[1]
    for point in features(model, digits.test.images[:20]):
        distances = [float(np.sqrt(((each - point) ** 2).sum())) for each in known]
        expected = sorted(distances)[:5]
        places, measured = found.nearest(point)
        # Wide layers are kept in half precision: two that are almost as near may change places.
        close = {"rtol": 2e-3 if found.width > 256 else 1e-4, "atol": 1e-6}
        np.testing.assert_allclose(measured, expected, **close)
        np.testing.assert_allclose([distances[place] for place in places], expected, **close)
        assert len(set(places.tolist())) == 5


def test_a_training_digit_is_its_own_nearest(digits):
    model = load("tutorial").model
    found = measure_map(model, digits)
    places, distances = found.nearest(features(model, digits.train.images[17:18])[0], count=1)
    assert places.tolist() == [17]
    assert distances[0] < 1e-3


def test_progress_rises_to_one(digits):
    heard = []
    measure_map(network("tutorial"), digits, heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1


def test_a_test_image_is_found_again(digits):
    images = digits.test.images
    assert place_in_test(images[33].numpy() / 255, digits.test) == 33
    assert place_in_test(np.full((28, 28), 0.5, dtype=np.float32), digits.test) is None


# ------------------------------------------------------------------ t-SNE in the background


def clouds(count: int = 30) -> np.ndarray:
    """Three clouds far apart, float32 (3 * count, 8)."""
    chance = np.random.default_rng(0)
    middles = np.repeat(np.eye(3, 8) * 40, count, axis=0)
    return (middles + chance.normal(size=middles.shape)).astype(np.float32)


def started(points: np.ndarray) -> NeighbourMap:
    return NeighbourMap(points, fit_plane(points).place(points))


def test_neighbours_stay_together_and_a_new_point_joins_its_own():
    points = clouds()
    job = started(points)
    assert job.wait(120)
    assert job.complete
    assert job.failure is None
    assert job.share == 1
    places = job.places()
    assert places.shape == (90, 2)
    middles = places.reshape(3, 30, 2).mean(axis=1)
    away = np.linalg.norm(places[:, None] - middles, axis=2)  # (90, 3)
    assert away.argmin(axis=1).tolist() == [0] * 30 + [1] * 30 + [2] * 30
    new = job.place(points[40] + 0.1)
    assert np.linalg.norm(new - middles, axis=1).argmin() == 1
    np.testing.assert_array_equal(job.places(), places)
    np.testing.assert_array_equal(job.place(points[40] + 0.1), new)


def test_the_same_points_give_the_same_map():
    first, second = started(clouds(10)), started(clouds(10))
    assert first.wait(120)
    assert second.wait(120)
    np.testing.assert_array_equal(first.places(), second.places())


@pytest.mark.parametrize("points", [clouds(2), clouds()[:, :1], np.repeat(clouds(5), 4, axis=0)])
def test_few_points_lines_and_copies_make_a_map(points):
    job = started(points)
    assert job.wait(120)
    assert job.complete, job.failure
    assert np.isfinite(job.places()).all()
    assert job.places().std(axis=0).all()


def test_progress_rises_and_stop_keeps_what_there_is(monkeypatch):
    looks, go_on = [], threading.Event()

    def look(self, *given):
        looks.append(self.share)
        if len(looks) == 5:
            go_on.wait(60)
        return plain_look(self, *given)

    plain_look = NeighbourMap._look
    monkeypatch.setattr(NeighbourMap, "_look", look)
    job = started(clouds(10))
    while len(looks) < 5:
        time.sleep(0.01)
    assert 0 < job.share < 1
    assert not job.over
    job.stop()
    go_on.set()
    assert job.wait(60)
    assert looks == sorted(set(looks))
    assert len(looks) == 5
    assert not job.complete
    assert job.failure is None
    assert job.places().shape == (30, 2)
    assert job.place(clouds(10)[0]) is None


def test_a_second_map_waits_for_its_turn_and_can_be_stopped_meanwhile():
    with NeighbourMap._turn:  # another visitor's
        job = started(clouds(5))
        time.sleep(0.3)
        assert job.waiting
        assert job.places() is None
        job.stop()
        assert job.wait(10)
        waiting = started(clouds(5))
    assert waiting.wait(120)
    assert waiting.complete
    assert not waiting.waiting


def test_a_failure_is_told_and_gives_the_turn_back(monkeypatch):
    class Broken:
        def __init__(self, **settings):
            raise RuntimeError("broken")

    monkeypatch.setattr("openTSNE.TSNE", Broken)
    job = started(clouds(5))
    assert job.wait(60)
    assert "could not be made" in job.failure
    assert not job.complete
    assert job.places() is None
    assert not NeighbourMap._turn.locked()


def test_numbers_that_never_differ_make_no_map():
    job = started(np.ones((20, 4), dtype=np.float32))
    assert job.wait(60)
    assert "same numbers" in job.failure
    assert not job.complete


def test_opentsne_is_loaded_only_when_asked_for():
    assert not hasattr(embedding_tsne, "openTSNE")
    assert not hasattr(embedding_tsne, "TSNE")


# ------------------------------------------------------------------ the chart


def test_the_chart_has_every_image_once_and_a_ring_round_each_mistake():
    chance = np.random.default_rng(0)
    places = chance.normal(size=(200, 2)).astype(np.float32)
    labels, answers = chance.integers(0, 10, 200), chance.integers(0, 10, 200)
    chart = map_chart(places, labels, answers, np.array([0.5, -0.5]), ("a", "b"), "words")
    json.dumps(chart)
    shown = {}
    for trace in chart["data"]:
        for number, x, y in zip(trace.get("customdata", []), trace["x"], trace["y"], strict=False):
            shown[number] = (int(trace["text"]), x, y)
    assert sorted(shown) == list(range(200))
    for number, (digit, x, y) in shown.items():
        assert digit == labels[number]
        np.testing.assert_allclose((x, y), places[number], rtol=1e-3)
    (rings,) = [trace for trace in chart["data"] if trace["uid"] == "mistakes"]
    assert len(rings["x"]) == (labels != answers).sum()
    (star,) = chart["layout"]["annotations"]
    assert (star["x"], star["y"]) == (0.5, -0.5)
    without = map_chart(places, labels, answers, None, ("a", "b"), "words")
    assert without["layout"]["annotations"] == []


def test_the_sheet_has_each_image_where_the_browser_looks_for_it():
    images = np.random.default_rng(0).integers(0, 256, (123, 28, 28)).astype(np.uint8)
    sheet = tile_sheet(images)
    for number in (0, 1, 49, 50, 122):
        row, column = divmod(number, SHEET_COLUMNS)
        tile = sheet[28 * row : 28 * row + 28, 28 * column : 28 * column + 28]
        assert np.array_equal(tile, images[number])


def test_the_map_of_generated_digits_separates_what_the_network_separates(digits):
    """A sanity check on real numbers: most neighbours of a test digit have its label."""
    model = load("tutorial").model
    found = measure_map(model, digits)
    labels = digits.train.labels.numpy()
    same = [
        (labels[found.nearest(point)[0]] == label).mean()
        for point, label in zip(
            features(model, digits.test.images[:50]), digits.test.labels[:50].tolist(), strict=True
        )
    ]
    assert np.mean(same) > 0.5
    assert isinstance(digits.train, Digits)
