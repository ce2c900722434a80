"""Hands and eyes for the tests of pages in Streamlit's own harness: open, read, press, draw.

Everything is found as a visitor finds it, by its label. Two things the harness cannot press: a box
that unfolds and the canvas. `unfold` and `draw` stand in for the browser there.
"""

from __future__ import annotations

import json
import re
import zlib

import numpy as np
from streamlit.testing.v1 import AppTest

from core.datasets.no_digits.shapes import SHAPES
from pages.ui import shell
from pages.ui.state import server, speed
from pages.ui.state.visit import KEY, TrainVisit, Visit
from tests.conftest import ROOT

TIMEOUT = 60  # seconds: the first page has to import torch
SEVEN = [["M", 60, 60], ["L", 200, 60], ["L", 120, 230]]
TWO_DIGITS = [[["M", 50, 70], ["L", 48, 220]], [["M", 110, 70], ["L", 220, 70], ["L", 150, 220]]]


def open_page(name: str, **address: str) -> AppTest:
    """The page of this name (a key of `shell.PAGES`), with this in its address.

    The visitor has chosen runs as fast as they go before: a test need not watch them.
    """
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT)
    if name != "home":
        page.switch_page(str(ROOT / shell.PAGES[name].path))
    for key, value in address.items():
        page.query_params[key] = value
    page.session_state[KEY] = Visit(train=TrainVisit(speed=speed.FULL))
    return page.run()


def texts(page: AppTest) -> str:
    """All words on the page."""
    kinds = (page.markdown, page.info, page.warning, page.error, page.caption)
    return " ".join(element.value for kind in kinds for element in kind)


def html(page: AppTest) -> str:
    """What the page writes as HTML of its own."""
    return " ".join(element.proto.body for element in page.get("html"))


def dropdown(page: AppTest, label: str):
    """The button of a list, whose words begin with `label`."""
    return next(each for each in page.menu_button if each.label.startswith(f"{label}: "))


def take(page: AppTest, label: str, option) -> AppTest:
    """Take this option from the list."""
    return dropdown(page, label).click(option).run()


def number(page: AppTest, label: str):
    """The box for a number with this label."""
    return next(each for each in page.number_input if each.label == label)


def group(page: AppTest, label: str):
    """A row of buttons of which one is chosen."""
    return next(each for each in page.get("button_group") if each.label == label)


def choose(page: AppTest, label: str, option) -> AppTest:
    """Press one of a row of buttons."""
    return group(page, label).set_value(option).run()


def press(page: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    return next(each for each in page.button if each.label == label).click().run()


def say_it_is(page: AppTest, place: int, digit: int) -> AppTest:
    """Say on Predict that the digit at this place of those read is another."""
    return next(b for b in page.menu_button if b.key == f"wrong-{place}").click(digit).run()


def all_handed_over(page: AppTest) -> list[dict]:
    """What each component of our own is handed, as its script sees it."""
    given = [each.proto for each in page.get("bidi_component")]
    return [json.loads(each.json or zlib.decompress(each.bytes)) for each in given]


def handed_over(page: AppTest, name: str) -> dict:
    """What the first component is handed that is handed something of this name."""
    return next(each for each in all_handed_over(page) if name in each)


def to_browser(page: AppTest, name: str) -> dict:
    """What the page hands to the browser to keep under this name."""
    return next(each for each in all_handed_over(page) if each.get("name") == name)


def on_stage(page: AppTest) -> dict:
    """What the browser is given to show beside the pad of Home or Predict."""
    return handed_over(page, "demonstration")


def announced(page: AppTest) -> str:
    """What screen readers are told where something unseen stays and only its words change."""
    return " ".join(each["words"] for each in all_handed_over(page) if "words" in each)


def answer(page: AppTest) -> str:
    """What the stage answers: digits, ? for what is none; nothing where nothing is read."""
    return "".join(
        "?" if each["none"] else str(each["answer"]) for each in on_stage(page)["readings"]
    )


def unfold(page: AppTest, label: str) -> AppTest:
    """Open a box, as a click on its label does. It must be one that tells the server."""
    (box,) = [each for each in page.expander if each.label == label]
    page.session_state[_key(box.proto.id)] = True
    page.run()
    assert not page.exception
    return page


def wait_for_end(page: AppTest) -> None:
    """Until the one run of the server is over, and the page shows it."""
    (job,) = server.board().jobs()
    job.task.wait(60)
    page.run()


def wait_for_lessons(page: AppTest) -> None:
    """Until nobody teaches a network any more, and the page shows what came of it."""
    for key in page.session_state[KEY].lessons.values():
        assert server.tasks().get(key).wait(120)
    page.run()


def _key(widget: str) -> str:
    """The key under which Streamlit keeps what a widget holds, out of the widget's id."""
    return widget.split("-", 2)[2]  # $$ID-<hash>-<key>


def drawn(*paths: list) -> dict:
    """What the canvas keeps after these paths were drawn."""
    objects = [{"type": "Path", "path": path, "strokeWidth": 18} for path in paths]
    return {"drawing": {"raw": {"objects": objects}, "data": None}, "backgroundFit": None}


def shape(name: str) -> list:
    """The first stroke of a shape that is no digit, as a path in the middle of the canvas."""
    stroke = SHAPES[name][0] - SHAPES[name][0].mean(0)
    (x, y), *others = (120 + 70 * stroke / np.abs(stroke).max()).tolist()
    return [["M", x, y], *(["L", *point] for point in others)]


def put(page: AppTest, canvas: str, *paths: list) -> AppTest:
    """Draw on the canvas of this name that is on the page; it is sent with the next click."""
    keys = [_key(each.proto.id) for each in page.get("bidi_component")]
    (key,) = [key for key in keys if re.fullmatch(rf"{canvas}-\d+", key)]
    page.session_state[key] = drawn(*paths)
    return page


def draw(page: AppTest, canvas: str, *paths: list) -> AppTest:
    """Draw on a canvas, and see what comes of it."""
    return put(page, canvas, *paths).run()
