"""The Data page in Streamlit's own test harness: every section, and what is not here yet."""

from __future__ import annotations

import base64
import io
import re
import shutil
import threading
import time

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from core.datasets.pens.collection import COLLECTIONS
from core.datasets.pens.collection import load as load_pens
from core.datasets.styles import RARE, STYLES, style_shares
from core.gallery import averages
from core.gallery.samples import counts, first_batch, sample
from core.gallery.unusual import distances
from core.gallery.writers import described, held_back
from pages.ui.data.samples import ON_THE_WALL
from pages.ui.data.sections import SECTIONS
from pages.ui.state import server
from pages.ui.widgets.choosing.dataset_picker import ALL
from pages.ui.words.numbers import article
from tests.conftest import MNIST_FILES
from tests.pages.app import (
    TIMEOUT,
    all_handed_over,
    choose,
    html,
    number,
    open_page,
    press,
    take,
    texts,
)

pytestmark = pytest.mark.usefixtures("empty_server")

STUDIES = ("averages", "distances")


@pytest.fixture
def loads(monkeypatch, small) -> list[str]:
    """Loading a dataset gives a small one at once, and is noted."""
    from core import data

    asked = []

    def load(name, on_progress=None):
        asked.append(name)
        on_progress("Drawing digits", 0.5)
        return data.DigitDataset(name, small.train, small.validation, small.test, small.writers)

    monkeypatch.setattr(data, "load_dataset", load)
    return asked


def section(name: str) -> AppTest:
    """A section of the page, on the built-in handwriting."""
    page = choose(open_page("data"), "Dataset", "generated")
    if name != next(iter(SECTIONS)):
        choose(page, "What to look at", name)
    assert not page.exception
    return page


def walls(page: AppTest) -> list[dict]:
    """What the walls of the section were given."""
    return [data for data in all_handed_over(page) if "sheet" in data]


def images(wall: dict) -> np.ndarray:
    """The images of a wall: uint8 (N, 28, 28)."""
    file = base64.b64decode(wall["sheet"].partition(",")[2])
    return np.asarray(Image.open(io.BytesIO(file))).reshape(-1, 28, 28)


def test_without_mnist_it_is_offered_and_nothing_is_fetched(loads):
    page = open_page("data")
    assert "not on this server yet" in page.info[0].value
    assert [each.label for each in page.button] == [
        *("Get MNIST (12 MB)", "Look at the built-in handwriting")
    ]
    assert loads == []
    assert "a 7 with a bar through its stem" in html(page)  # the styles need no dataset


def test_mnist_is_fetched_when_asked_for(loads):
    page = open_page("data")
    press(page, "Get MNIST (12 MB)")
    assert loads == ["mnist"]
    assert "MNIST: 3,000 images" in texts(page)
    assert "CC BY-SA 3.0" in texts(page)


def test_mnist_that_cannot_be_fetched_gets_a_sentence_and_a_way_on(monkeypatch, loads):
    from core import data

    working = data.load_dataset

    def fail(name, on_progress=None):
        if name == "mnist":
            raise data.DataUnavailable("MNIST could not be downloaded (no network).")
        return working(name, on_progress)

    monkeypatch.setattr(data, "load_dataset", fail)
    page = open_page("data")
    press(page, "Get MNIST (12 MB)")
    assert not page.exception
    assert "could not be downloaded" in page.error[0].value
    assert "built-in handwriting" in page.error[0].value
    press(page, "Look at the built-in handwriting")
    assert loads == ["generated"]
    assert "Built-in handwriting: 3,000 images" in texts(page)


@pytest.mark.skipif(not MNIST_FILES.is_dir(), reason="the MNIST files are not beside the project")
def test_mnist_that_is_here_is_opened_at_once(home):
    raw = home / "data" / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for file in MNIST_FILES.glob("*.gz"):
        shutil.copy(file, raw)
    page = open_page("data")
    assert not page.exception
    assert "MNIST: 70,000 images" in texts(page)
    assert "Some of 55,000 training images" in texts(page)


def test_every_section_opens(loads):
    page = section("parts")
    for name in SECTIONS:
        assert not choose(page, "What to look at", name).exception, name
    assert loads == ["generated"]


def test_the_wall_shows_the_digit_asked_for_and_others_with_a_click(loads, small):
    page = section("wall")
    (before,) = walls(page)
    assert len(before["names"]) == ON_THE_WALL
    choose(page, "Which digits", 3)
    (threes,) = walls(page)
    assert set(threes["labels"]) == {3}
    press(page, "Show others")
    (others,) = walls(page)
    at = sample(small.train.labels, 3, ON_THE_WALL, seed=1)
    assert np.array_equal(images(others), small.train.images[at])
    assert others["sheet"] != threes["sheet"]
    asked = [f"a 3, image {place + 1:,}, " for place in at.tolist()]
    assert all(name.startswith(image) for name, image in zip(others["names"], asked, strict=True))


def test_any_image_can_be_seen_by_its_number(loads, small):
    page = section("wall")
    (before,) = walls(page)
    number(page, "Image number").set_value(2_000).run()
    assert number(page, "Image number").value == 2_000
    (after,) = walls(page)
    assert after["names"][0].startswith(f"a {small.train.labels[1_999]}, image 2,000, ")
    assert np.array_equal(images(after)[0], small.train.images[1_999])
    assert after["names"][1:] == before["names"][1:]
    press(page, "Show others")
    assert "image 2,000, " not in walls(page)[0]["names"][0]


def test_the_parts_and_their_counts(loads, small):
    page = section("parts")
    by_digit = counts(small.train.labels).tolist()
    assert '<th scope="col">to learn from<br><i>training set</i><br>2,000</th>' in html(page)
    for digit in range(10):
        share = by_digit[digit] / max(by_digit)
        row = f'<th scope="row">{digit}</th><td style="--share: {share:.3f}">{by_digit[digit]:,}<'
        assert row in html(page)


def assert_shows(wall: dict, places: list[int]) -> None:
    assert len(wall["names"]) == len(places)
    for name, place in zip(wall["names"], places, strict=True):
        assert name.startswith(f"image {place + 1:,}, distance ")


def test_unusual_ones_are_the_farthest(loads, small):
    page = section("unusual")
    far, near = walls(page)
    ranked = distances(small.train).ranked(7).tolist()
    assert_shows(near, ranked[:12])
    assert_shows(far, ranked[::-1][:24])
    assert "Mahalanobis" in texts(page)


def test_both_studies_begin_when_the_dataset_is_opened(loads, small):
    section("parts")
    studies = [server.tasks().get(("study", "generated", name)) for name in STUDIES]
    assert all(study.wait(TIMEOUT) and study.done for study in studies)
    assert studies[1].result().values.equal(distances(small.train).values)


def test_a_study_that_broke_is_begun_again_when_it_is_asked_for(loads, small, monkeypatch):
    def fail(*arguments):
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(averages, "pixel_sums", fail)
        section("parts")
        assert server.tasks().get(("study", "generated", "averages")).wait(TIMEOUT)
        page = section("averages")
        assert "The app made a mistake while it measured" in page.warning[0].value
        assert not walls(page)
    page.run()
    assert not page.exception
    assert not page.warning
    assert [len(wall["names"]) for wall in walls(page)] == [10, 10]


def test_a_study_stops_within_a_second_and_is_begun_again_only_when_asked(loads, monkeypatch):
    begun = threading.Event()

    def slow(digits, on_share):
        while True:
            begun.set()
            time.sleep(0.01)
            on_share(0.25)

    with monkeypatch.context() as patch:
        patch.setattr(averages, "pixel_sums", slow)
        section("parts")
        assert begun.wait(TIMEOUT)
        study = server.tasks().get(("study", "generated", "averages"))
        study.stop()
        assert study.wait(1)
        page = section("averages")
        assert study is server.tasks().get(("study", "generated", "averages"))
    press(page, "Measure")
    assert len(walls(page)) == 2


def test_a_batch_and_its_harder_version(loads, small):
    page = section("batch")
    batch, pairs = walls(page)
    labels = first_batch(small.train, 128, 0).labels.tolist()
    assert batch["names"] == pairs["names"] == [f"{article(label)} {label}" for label in labels]
    assert "A run with seed 0 would learn from just these" in texts(page)
    press(page, "Change them anew")
    same, other = walls(page)
    assert same["sheet"] == batch["sheet"]
    assert other["sheet"] != pairs["sheet"]
    number(page, "The number that decides the order (seed)").set_value(5).run()
    assert walls(page)[0]["sheet"] != batch["sheet"]


def test_every_style_is_on_the_contact_sheet(loads):
    page = choose(section("styles"), "Styles of which digit", ALL)
    shown = html(page)
    for style in STYLES.values():
        assert f'<figure title="{style.name}">' in shown
        assert style.description in shown
    rare = sum(share < RARE for share in style_shares().values())
    assert shown.count("<b>rare</b>") == rare > 0


def test_writers_their_digits_and_whom_to_thank(loads):
    page = section("writers")
    assert "**43 people** wrote 8,127 digits" in texts(page)
    written, anew = walls(page)
    assert "written by person" in written["names"][0] and written["clickable"]
    assert len(set(anew["names"])) == 1 and len(anew["names"]) == 20
    for collection in COLLECTIONS.values():
        assert collection.credit.rstrip(".") in html(page)
        assert collection.licence in html(page)
    judge = sorted(held_back(load_pens()))[0]
    take(page, "Writer", judge)
    assert "Kept for the exam" in texts(page)
    other, _ = walls(page)
    assert other["sheet"] != written["sheet"]


def test_an_image_says_who_wrote_it(loads, small):
    page = section("wall")
    (given,) = walls(page)
    (number,) = re.findall(r"image ([\d,]+)", given["names"][0])
    writer = small.writers[small.train.writers[int(number.replace(",", "")) - 1]]
    assert described(writer) in given["names"][0]
