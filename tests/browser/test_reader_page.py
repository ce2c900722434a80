"""A network in one file, opened from the disk in a real browser, answers as the app does."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch
from playwright.sync_api import Page, expect

from core import pretrained
from core.datasets.no_digits.shapes import SHAPES
from core.datasets.pens import collection
from core.drawing import SeveralDigits, prepare_all
from core.evaluation import predict_logits, probabilities
from core.runs.reader_page.layers import layers_of
from core.runs.reader_page.page import DRAWING, reader_page
from tests import networks, replay

BRUSH = DRAWING["brush"]
DRAWINGS = 200
CLOSE = 0.01  # between probabilities
KINDS = {  # small ones of every kind
    **{name: each for name, each in networks.CONFIGS.items() if name.startswith("dense ")},
    **{name: each for name, each in networks.KINDS.items() if name.startswith("conv")},
    "linear": networks.KINDS["linear"],
    "dropout": networks.CONFIGS["dropout"],
}


def with_lines_around(strokes: list[np.ndarray]) -> list[list[np.ndarray]]:
    """The digit underlined, and in a circle."""
    points = np.concatenate(strokes)
    (left, _), (right, bottom) = points.min(0), points.max(0)
    size = np.ptp(points, axis=0).max()
    across = np.linspace(left - 0.1 * size, right + 0.1 * size, 20)
    line = np.stack([across, np.full(20, bottom + 0.2 * size)], 1)
    turn = np.linspace(0, 2 * np.pi, 60)
    circle = (
        np.stack([np.cos(turn), np.sin(turn)], 1) * 0.9 * size + (points.min(0) + points.max(0)) / 2
    )
    return [[*strokes, line], [*strokes, circle]]


@pytest.fixture(scope="module")
def drawings() -> list[list[np.ndarray]]:
    """Real pen digits, some of them underlined and circled, shapes that are no digit, and rows of
    digits, some so close that they cannot be told apart."""
    pens = collection.load()
    chosen = np.random.default_rng(0).choice(len(pens), DRAWINGS, replace=False)
    digits = [pens.strokes(number) for number in chosen]
    around = [lines for digit in digits[:10] for lines in with_lines_around(digit)]
    rows = [side_by_side(digits[n : n + 3], room) for n in range(0, 30, 3) for room in (0.3, -0.1)]
    return [*digits, *around, *SHAPES.values(), *rows]


def side_by_side(digits: list[list[np.ndarray]], room: float) -> list[np.ndarray]:
    """Digits of one height in a row; room: between two of them, as a share of it."""
    row, right = [], 0.0
    for strokes in digits:
        points = np.concatenate(strokes)
        low, tall = points.min(0), max(np.ptp(points, axis=0)[1], 1e-9)
        row += [(stroke - low) / tall + (right, 0.0) for stroke in strokes]
        right += np.ptp(points, axis=0)[0] / tall + room
    return row


def test_it_answers_as_the_app_does_with_no_request(new_page, watch, tmp_path, drawings):
    network = pretrained.load("default")
    file = tmp_path / "digit-reader.html"
    above = network.card.doubt.above
    file.write_bytes(reader_page(network.model, "Its </script> name", ["9 < 10"], above))
    page = new_page(390, 844)
    page.goto(file.as_uri())
    expect(page.get_by_role("heading", name="Its </script> name")).to_be_visible()

    given = [[stroke.tolist() for stroke in replay.on_canvas(each)] for each in drawings]
    script = "prepareAll(each).images?.map((image) => readingOf(image))"
    found = ask(page, f"all.map((each) => {script} ?? answer(each).words)", given)
    seen = [images_of(each) for each in drawings]
    assert [len(each) for each in found] == [len(each) for each in seen]
    assert [each for each in found if isinstance(each, str)] == [
        each for each in seen if isinstance(each, str)
    ]
    several = [len(each) for each in seen[-20:] if not isinstance(each, str)]
    assert several.count(3) >= 5 and len(several) < 20  # some rows are read, some are too close
    images = np.stack([image for each in seen if not isinstance(each, str) for image in each])
    said = [reading for each in found if not isinstance(each, str) for reading in each]
    shares = probabilities(network.model, images).numpy()
    none = [network.card.doubt.about(network.model, image[None]) for image in images]
    assert [each["best"] for each in said] == shares.argmax(1).tolist()
    assert [each["isNone"] for each in said] == none
    assert np.abs(np.array([each["shares"] for each in said]) - shares).max() < CLOSE
    assert not any(none[:20])
    assert sum(none) > len(SHAPES) / 2

    for name, config in KINDS.items():
        model = networks.make(config)
        assert furthest(page, model, images[:5], 32) < 1e-4, name
    tutorial = pretrained.load("tutorial").model
    assert furthest(page, tutorial, images[:50], 16) < CLOSE

    box = page.locator("#pad").bounding_box()
    for x, y, press in ((0.3, 0.2, page.mouse.down), (0.7, 0.2, None), (0.45, 0.85, page.mouse.up)):
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=9)
        if press:
            press()
    expect(page.locator("#answer")).to_have_text("7")
    expect(page.get_by_role("status")).to_contain_text("It reads 7.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#words")).to_have_text("Draw a digit")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert watch.outside == [file.as_uri()]  # the file itself, and nothing else


def images_of(strokes: list[np.ndarray]) -> list[np.ndarray] | str:
    """The digits that the app sees in a drawing, or why it sees none."""
    try:
        return [each.image for each in prepare_all(replay.canvas_json(strokes, brush=BRUSH))]
    except SeveralDigits as problem:
        return str(problem)


def ask(page: Page, script: str, given: object) -> list:
    """What the script makes of `all`. It travels as text: value by value takes seconds."""
    code = f"(text) => JSON.stringify(((all) => {script})(JSON.parse(text)))"
    return json.loads(page.evaluate(code, json.dumps(given)))


def furthest(page: Page, model: torch.nn.Module, images: np.ndarray, bits: int) -> float:
    """How far the browser's probabilities are from the app's, at most."""
    read_all = """{
        const network = unpackedLayers(all.layers);
        return all.images.map((image) => read(network, Float32Array.from(image)).shares);
    }"""
    given = {"layers": layers_of(model, bits), "images": images.reshape(-1, 784).tolist()}
    found = ask(page, read_all, given)
    shares = predict_logits(model, torch.as_tensor(images)).softmax(1).numpy()
    return float(np.abs(np.array(found) - shares).max())
