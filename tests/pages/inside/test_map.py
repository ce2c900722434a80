"""The map and the ideal digits on the page, without a browser, for every kind of network."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

from core.config import TrainingConfig
from core.data import DigitDataset
from core.model import build_model
from core.pretrained import load
from tests.conftest import ROOT

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
    from core.exam.sitting import fingerprint
    from pages.ui.inside.map import show_map
    from pages.ui.inside.subject import Sample, Subject

    show_map(Subject(fingerprint(model), "digits", "a network", model, digits), Sample(image, None))


def ideal_page(model, digits):
    from core.exam.sitting import fingerprint
    from pages.ui.inside.ideal import show_ideal
    from pages.ui.inside.subject import Subject

    show_ideal(Subject(fingerprint(model), "digits", "a network", model, digits))


def run(page, *args) -> AppTest:
    app = AppTest.from_function(page, args=args, default_timeout=60).run()
    assert not app.exception
    return app


def components(app: AppTest) -> list[dict]:
    return [json.loads(element.proto.json) for element in app.get("bidi_component")]


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_has_a_map(name, digits):
    app = run(map_page, network(name), digits, image_of(digits))
    chart, neighbours = components(app)
    assert chart["labels"] == "".join(map(str, digits.test.labels.tolist()))
    assert len(chart["chart"]["layout"]["annotations"]) == 1
    assert len(neighbours["names"]) == 5
    assert [button.label for button in app.button] == ["Arrange by neighbours (t-SNE)"]


def test_the_map_by_neighbours_is_made_on_demand_and_can_be_left_again(digits):
    app = run(map_page, network("tutorial"), digits, image_of(digits))
    app.button[0].click().run()
    assert not app.exception
    _, job = app.session_state["kept-inside-neighbours"]
    assert job.wait(60)
    app.run()
    assert not app.exception
    assert any("beside it" in caption.value for caption in app.caption)
    chart = components(app)[0]["chart"]
    (star,) = chart["layout"]["annotations"]
    assert star["x"] == pytest.approx(job.places()[5, 0], rel=1e-3)
    drawn = image_of(digits) * 0.9
    other = run(map_page, network("tutorial"), digits, drawn)  # another visitor finds it ready
    assert len(components(other)[0]["chart"]["layout"]["annotations"]) == 1
    assert any("beside it" in caption.value for caption in other.caption)


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_has_ideal_digits(name, digits):
    app = run(ideal_page, network(name), digits)
    last = app.get("html")[0].proto.body
    assert last.count("<figure>") == 10
    app.select_slider[0].set_value(0).run()
    assert not app.exception
    assert app.get("html")[0].proto.body != last
    app.toggle[0].set_value(False).run()
    assert not app.exception


def test_a_network_whose_numbers_overflow_is_told_of(digits):
    model = build_model(TrainingConfig()).eval()
    model.layers.hidden_1.weight.data.fill_(torch.nan)
    for app in (run(map_page, model, digits, image_of(digits)), run(ideal_page, model, digits)):
        assert "beyond all bounds" in app.info[0].value


def test_the_browser_script_is_there():
    script = (ROOT / "pages" / "ui" / "frontend" / "hover_map.js").read_text(encoding="utf-8")
    assert "live_plot.js" in script
