"""Takes the pictures of README from the running app: one of each page, Home also dark, and a film.

    python -m tests.browser.front_door              # all of them, into .pictures
    python -m tests.browser.front_door --only film  # some of them

All are what a visitor sees: the film is Chromium's own recording of its window, at its own pace.
What is drawn was written by real hands, from whom the networks did not learn.
"""

from __future__ import annotations

import argparse
import base64
import io
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, expect

from core.datasets.pens.collection import load, split
from tests.browser.app import button
from tests.browser.driver import ROOT, draw, draw_on, open_app, take
from tests.browser.pictures import (
    EXAM,
    INSIDE,
    SOON,
    app_without_chance,
    choose,
    open_room,
    rest,
    train_two,
)
from tests.replay import CANVAS, on_canvas

FOLDER = ROOT / ".pictures"
WINDOW = {"width": 1280, "height": 800}
WIDTHS = {"home": 1280, "home-dark": 1280}  # pixels; the others are small
SMALL = 640
FILM_WIDTH = 800
MOST_BYTES = {"film": 1_500_000, "home": 150_000, "home-dark": 150_000}
MOST_BYTES_OF_ONE = 60_000
BETWEEN = 0.09  # seconds at least from one picture of the film to the next
LONGEST = 2.5  # seconds that one picture of it stands
HANDS = {3: 64, 7: 298}  # a digit's place among those of writers that nobody learned from
ON_THE_WALL = 8  # digits
IN_THE_SECOND_EPOCH = re.compile(r"batch [5-9]\d\d of 1,290")


def home(page: Page, address: str) -> None:
    open_app(page, address)
    expect(page.locator(".st-key-home canvas.upper-canvas")).to_be_visible(timeout=SOON)
    write(page, "home", 3)


def write(page: Page, key: str, digit: int) -> None:
    """Write a digit, one movement from point to point, and wait for the answer."""
    draw(page, key, by_hand(digit), steps=1)
    expect(page.get_by_test_id("answer")).to_have_text(str(digit), timeout=SOON)


def by_hand(digit: int) -> list[np.ndarray]:
    """A digit as somebody wrote it: strokes (P, 2), in shares of the canvas."""
    _, pens = split(load())
    place = HANDS.get(digit) or int(np.flatnonzero(pens.labels == digit)[0])
    return [stroke / CANVAS for stroke in on_canvas(pens.strokes(place))]


def learn(page: Page, address: str) -> None:
    open_app(page, f"{address}/learn?lesson=2")
    expect(page.get_by_text("What will happen?")).to_be_visible(timeout=SOON)


def data(page: Page, address: str) -> None:
    open_app(page, f"{address}/data")
    expect(page.locator(".st-key-digit-wall canvas").first).to_be_visible(timeout=SOON)


def train(page: Page, address: str) -> None:
    """The tutorial network in its second time through the digits."""
    open_app(page, f"{address}/train")
    button(page, "Start training").click()
    expect(page.get_by_text(IN_THE_SECOND_EPOCH).first).to_be_visible(timeout=SOON)


def runs(page: Page, address: str) -> None:
    train_two(page, address)
    open_app(page, f"{address}/runs")


def exam(page: Page, address: str) -> None:
    open_app(page, f"{address}/exam")
    take(page, "Network", "the tutorial network")
    choose(page, EXAM[1])


def inside(page: Page, address: str) -> None:
    open_app(page, f"{address}/inside")
    choose(page, INSIDE[0])


def predict(page: Page, address: str) -> None:
    open_app(page, f"{address}/predict")
    expect(page.locator(".st-key-predict canvas.upper-canvas")).to_be_visible(timeout=SOON)
    write(page, "predict", 7)
    page.get_by_role("button", name="Why 7?").click()
    expect(page.locator(".painted img")).to_have_count(2, timeout=SOON)


def room(page: Page, address: str) -> None:
    """A room in which one phone has written."""
    phone = page.context.new_page()
    open_app(phone, open_room(page, address))
    request = phone.locator(".pad h1")
    for count in range(1, ON_THE_WALL + 1):
        expect(request).to_have_text(re.compile(r"^Write an? \d$"), timeout=SOON)
        digit = by_hand(int(request.inner_text()[-1]))
        draw_on(phone.locator(".pad canvas"), digit, steps=1)
        phone.get_by_role("button", name="Send").click()
        expect(page.locator(".count .written")).to_have_text(str(count), timeout=SOON)
        phone.wait_for_timeout(2_500)  # until the pad asks for the next one
    phone.close()


PAGES: dict[str, Callable[[Page, str], None]] = {
    each.__name__: each for each in (home, learn, data, train, runs, exam, inside, predict, room)
}
IN_MOTION = {"train"}


def picture(browser: Browser, address: str, name: str) -> Path:
    """The first screen of a page; "home-dark" is that of Home in the dark theme."""
    page_name, _, theme = name.partition("-")
    still = "no-preference" if page_name in IN_MOTION else "reduce"
    context = browser.new_context(
        viewport=WINDOW, color_scheme=theme or "light", reduced_motion=still
    )
    page = context.new_page()
    PAGES[page_name](page, address)
    page.mouse.move(0, 0)
    if page_name not in IN_MOTION:
        rest(page)
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    width = WIDTHS.get(name, SMALL)
    file = FOLDER / f"{name}.webp"
    scaled(shot, width).save(file, quality=80, method=6)
    return file


def film(browser: Browser, address: str) -> Path:
    """Home plays by itself, a visitor writes a 3, and then trains the tutorial network."""
    page = browser.new_page(viewport=WINDOW)
    home(page, address)  # so that everything is at hand when the next visitor comes
    page.close()
    page = browser.new_page(viewport=WINDOW, color_scheme="light")
    open_app(page, address)
    expect(page.locator(".st-key-home canvas.upper-canvas")).to_be_visible(timeout=SOON)
    recording = Recording(page)
    page.wait_for_timeout(3_500)
    write(page, "home", 3)
    page.wait_for_timeout(2_500)
    button(page, "Train your own").click()
    button(page, "Start training").click()
    expect(page.get_by_text("· finished")).to_be_visible(timeout=SOON)
    page.wait_for_timeout(1_500)
    shots = recording.end()
    page.close()
    file = FOLDER / "film.webp"
    pictures, seconds = thinned(shots)
    pictures[0].save(
        file,
        save_all=True,
        append_images=pictures[1:],
        duration=[round(1_000 * each) for each in seconds],
        loop=0,
        quality=70,
        method=6,
    )
    return file


class Recording:
    """What Chromium shows of `page` from now on: (seconds, JPEG) for each time that it changed."""

    def __init__(self, page: Page) -> None:
        self._shots: list[tuple[float, bytes]] = []
        self._session = page.context.new_cdp_session(page)
        self._session.on("Page.screencastFrame", self._note)
        self._session.send("Page.startScreencast", {"format": "jpeg", "quality": 95})

    def _note(self, frame: dict) -> None:
        self._shots.append((frame["metadata"]["timestamp"], base64.b64decode(frame["data"])))
        self._session.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

    def end(self) -> list[tuple[float, bytes]]:
        self._session.send("Page.stopScreencast")
        return self._shots


def thinned(shots: list[tuple[float, bytes]]) -> tuple[list[Image.Image], list[float]]:
    """The pictures of a film and how many seconds each stands: no two alike, none too soon."""
    kept: list[tuple[float, Image.Image]] = []
    for time, content in shots:
        if kept and time - kept[-1][0] < BETWEEN:
            continue
        shot = scaled(Image.open(io.BytesIO(content)).convert("RGB"), FILM_WIDTH)
        if not kept or ImageChops.difference(shot, kept[-1][1]).getbbox():
            kept.append((time, shot))
    times = [time for time, _ in kept] + [shots[-1][0] + LONGEST]
    stands = [min(after - before, LONGEST) for before, after in pairwise(times)]
    return [shot for _, shot in kept], stands


def scaled(shot: Image.Image, width: int) -> Image.Image:
    """The picture at this width, in pixels."""
    return shot.resize((width, round(shot.height * width / shot.width)), Image.Resampling.LANCZOS)


def main() -> None:
    names = [*PAGES, "home-dark", "film"]
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", nargs="+", choices=names, default=names)
    asked = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    with app_without_chance() as (browser, address):
        for name in asked.only:
            file = film(browser, address) if name == "film" else picture(browser, address, name)
            size, most = file.stat().st_size, MOST_BYTES.get(name, MOST_BYTES_OF_ONE)
            print(f"{size / 1_000:7.0f} kB  {file.name}", flush=True)
            if size > most:
                raise SystemExit(f"{file.name} is larger than {most / 1_000:.0f} kB")


if __name__ == "__main__":
    main()
