"""The map and the ideal digits on the page, without a browser, for every kind of network."""

from __future__ import annotations

import base64
import io
import threading

import numpy as np
import pytest
import torch
from PIL import Image
from streamlit.testing.v1 import AppTest

from core.background import Task
from core.charts.embedding import framed
from core.config import TrainingConfig
from core.data import DigitDataset
from core.explain.ideal import KEPT, ideal_digits
from core.explain.tsne import neighbour_map
from core.model import build_model, fingerprint
from core.pretrained import load
from pages.ui.inside import map_neighbours
from pages.ui.state import server
from tests.pages.app import all_handed_over, choose, press

pytestmark = pytest.mark.usefixtures("fresh_server")

NETWORKS = {
    "tutorial": None,
    "no hidden layer": {"hidden_sizes": ()},
    "one unit": {"hidden_sizes": (1,)},
    "conv to output": {"architecture": "conv", "hidden_sizes": ()},
    "dropout": {"hidden_sizes": (20,), "dropout": 0.5, "activation": "none"},
}


@pytest.fixture(scope="module")
def digits(generated) -> DigitDataset:
    return DigitDataset(
        "generated", generated.train[:600], generated.validation[:10], generated.test[:120]
    )


def network(name: str) -> torch.nn.Module:
    settings = NETWORKS[name]
    return build_model(TrainingConfig(**settings)).eval() if settings else load(name).model


def image_of(digits: DigitDataset) -> np.ndarray:
    return digits.test.images[5].numpy().astype(np.float32) / 255


def map_page(model, digits, image):
    from core.model import fingerprint
    from pages.ui.inside.map import show_map
    from pages.ui.inside.subject import Sample, Subject

    show_map(Subject(fingerprint(model), "digits", "a network", model, digits), Sample(image, None))


def ideal_page(model, digits):
    from core.model import fingerprint
    from pages.ui.inside.ideal import show_ideal
    from pages.ui.inside.subject import Subject

    show_ideal(Subject(fingerprint(model), "digits", "a network", model, digits))


def flip_page(model, digits, image):
    from core.model import fingerprint
    from pages.ui.inside.flip import show_flip
    from pages.ui.inside.subject import Sample, Subject

    subject = Subject(fingerprint(model), "digits", "a network", model, digits)
    show_flip(subject, Sample(image, None))


def run(page, *args) -> AppTest:
    app = AppTest.from_function(page, args=args, default_timeout=60).run()
    assert not app.exception
    return app


def arranging(model: torch.nn.Module) -> Task:
    """The map by neighbours of this network."""
    return server.large_tasks().get(("neighbours", fingerprint(model)))


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_has_a_map(name, digits):
    app = run(map_page, network(name), digits, image_of(digits))
    drawn, nearest = all_handed_over(app)
    assert drawn["labels"] == "".join(map(str, digits.test.labels.tolist()))
    assert drawn["own"]["x"] == drawn["x"][5] and drawn["own"]["y"] == drawn["y"][5]
    assert drawn["ratio"]  # as wide and high as its numbers say
    labels = [int(drawn["labels"][place]) for place in drawn["near"]]
    assert [name.partition(" at ")[0] for name in nearest["names"]] == [f"a {n}" for n in labels]
    assert len(labels) == 5
    assert 5 not in drawn["near"]


def test_the_map_by_neighbours_begins_by_itself_and_can_be_left_again(digits, monkeypatch):
    monkeypatch.setattr(map_neighbours, "neighbour_map", neighbour_map)
    app = run(map_page, network("tutorial"), digits, image_of(digits))
    task = arranging(network("tutorial"))
    assert task.wait(60)
    app.run()
    assert not app.exception
    assert any("side by side" in caption.value for caption in app.caption)
    drawn = all_handed_over(app)[0]
    x, y = framed(task.result().places, np.zeros((0, 2)))[0].T
    assert (drawn["x"], drawn["y"]) == (x.tolist(), y.tolist())
    assert drawn["own"]["x"] == x[5]
    choose(app, "Arranged", "plane")
    assert any("of all differences" in caption.value for caption in app.caption)
    image = image_of(digits) * 0.9
    other = run(map_page, network("tutorial"), digits, image)  # another visitor finds it ready
    assert all_handed_over(other)[0]["own"]
    assert any("side by side" in caption.value for caption in other.caption)


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_has_ideal_digits(name, digits):
    app = run(ideal_page, network(name), digits)
    (film,) = all_handed_over(app)
    assert film["steps"] == list(KEPT)
    found = ideal_digits(network(name))
    file = base64.b64decode(film["sheet"].partition(",")[2])
    sheet = np.asarray(Image.open(io.BytesIO(file)))
    for step, digit in ((0, 3), (len(KEPT) - 1, 9)):
        shown = sheet[28 * step : 28 * step + 28, 28 * digit : 28 * digit + 28]
        assert np.array_equal(shown, (found.images[step, digit] * 255).round())
    np.testing.assert_allclose(film["shares"], found.probabilities, atol=1e-4)
    app.toggle[0].set_value(False).run()
    assert not app.exception
    assert all_handed_over(app)[0]["sheet"] != film["sheet"]


def test_a_network_whose_numbers_overflow_is_told_of(digits):
    model = build_model(TrainingConfig()).eval()
    model.layers.hidden_1.weight.data.fill_(torch.nan)
    for app in (run(map_page, model, digits, image_of(digits)), run(ideal_page, model, digits)):
        assert "beyond all bounds" in app.info[0].value
    app = run(flip_page, model, digits, image_of(digits))
    assert "its training ran away" in app.info[0].value


def test_a_picture_without_ink_is_told_of(digits):
    app = run(flip_page, network("tutorial"), digits, np.zeros((28, 28), dtype=np.float32))
    assert "no ink in this picture" in app.info[0].value


def test_numbers_that_never_differ_make_no_map_by_neighbours(digits, monkeypatch):
    model = build_model(TrainingConfig()).eval()
    model.layers.hidden_2.weight.data.zero_()
    monkeypatch.setattr(map_neighbours, "neighbour_map", neighbour_map)
    app = run(map_page, model, digits, image_of(digits))
    assert arranging(model).wait(60)
    app.run()
    assert not app.exception
    assert "same numbers for every image" in app.info[0].value
    assert all_handed_over(app)[0]["own"]  # the plane is shown


def test_a_map_that_is_stopped_shows_how_far_it_came_and_can_be_begun_again(digits, monkeypatch):
    fifth, go_on = threading.Event(), threading.Event()

    def slow(points, places, tell):
        looks = []

        def look(share, so_far):
            looks.append(share)
            if len(looks) == 5:
                fifth.set()
                go_on.wait(60)
            tell(share, so_far)

        return neighbour_map(points, places, look)

    monkeypatch.setattr(map_neighbours, "neighbour_map", slow)
    app = run(map_page, network("tutorial"), digits, image_of(digits))
    task = arranging(network("tutorial"))
    assert fifth.wait(60)
    app.run()
    assert "Arranging the digits" in app.get("progress")[0].proto.text
    press(app, "Stop")
    go_on.set()
    assert task.wait(60)
    app.run()
    assert not app.exception
    assert any(caption.value.startswith("Stopped at") for caption in app.caption)
    press(app, "Arrange by neighbours")
    assert arranging(network("tutorial")).wait(60)
    app.run()
    assert any("side by side" in caption.value for caption in app.caption)
    assert not any(caption.value.startswith("Stopped at") for caption in app.caption)
