"""Sweeps on the page: measured in the background, kept, stopped, begun again."""

from __future__ import annotations

import threading

import pytest

from core.data import DigitDataset
from core.exam.changes import CHANGES
from core.exam.robustness import sample, sweep
from core.pretrained import load
from pages.ui.exam import robustness
from pages.ui.state import server
from tests.pages.app import choose, press, texts
from tests.waiting import going

pytestmark = pytest.mark.usefixtures("fresh_server")


@pytest.fixture
def shelf(shelf, monkeypatch) -> DigitDataset:
    """Few digits at hand, so that a whole sweep takes a moment."""
    part = shelf.test[:100]
    dataset = DigitDataset("mnist", part, part, part)
    monkeypatch.setattr("core.data.load_dataset", lambda *args, **kwargs: dataset)
    return dataset


def labels(page) -> list[str]:
    return [button.label for button in page.button]


@pytest.fixture
def held(monkeypatch):
    """Sweeps stand still after three points until they are let go."""
    reached, go_on = threading.Event(), threading.Event()

    def slow(*given):
        for number, point in enumerate(sweep(*given)):
            if number == 3:
                reached.set()
                go_on.wait(60)
            yield point

    monkeypatch.setattr(robustness, "sweep", slow)
    slow.reached, slow.go_on = reached, go_on
    yield slow
    go_on.set()


@pytest.fixture
def begun(shelf, examined, held):
    """The page on which a sweep has just been begun, and its task."""
    page = press(examined("robustness"), "Measure")
    (task,) = going(server.tasks())
    return page, task


def test_a_sweep_of_both_networks_is_measured_in_the_background_and_kept(
    shelf, examined, held, begun
):
    page, task = begun
    held.go_on.set()
    assert task.wait(60)
    page.run()
    assert not page.exception
    models = [load("tutorial").model, load("default").model]
    expected = list(sweep(models, sample(shelf.test), CHANGES["shift"]))
    assert [(point.network, point.strength) for point in task.result()] == [
        (point.network, point.strength) for point in expected
    ]
    for found, point in zip(task.result(), expected, strict=True):
        assert found.result.confusion.equal(point.result.confusion)
    assert task.share == 1
    worst = min(point.result.accuracy for point in expected if point.network == 0)
    assert f"**{100 * worst:.1f}" in texts(page)
    assert "Measure" not in labels(page)
    other = examined("robustness")  # another visitor finds it measured
    assert f"**{100 * worst:.1f}" in texts(other)
    assert "Measure" not in labels(other)


def test_stop_keeps_what_was_measured_and_it_can_be_begun_again(held, begun):
    page, task = begun
    assert held.reached.wait(60)
    page.run()
    assert "Measuring" in page.get("progress")[0].proto.text
    assert "unchanged; at its worst" in texts(page)
    press(page, "Stop")
    held.go_on.set()
    assert task.wait(60)
    assert task.stopped
    assert len(task.partial) == 4  # Stop is heard when the next point is told
    page.run()
    assert not page.exception
    assert "100 images at each dot" in texts(page)
    assert "Stop" not in labels(page)
    held.go_on.clear()
    press(page, "Measure")
    (again,) = going(server.tasks())
    held.go_on.set()
    assert again.wait(60)
    assert again.done
    page.run()
    assert "Measure" not in labels(page)


def test_a_new_sweep_stops_the_visitors_older_one(held, begun):
    page, older = begun
    assert held.reached.wait(60)
    choose(page, "What happens to the digits", "noise")
    press(page, "Measure")
    (newer,) = [task for task in going(server.tasks()) if task is not older]
    held.go_on.set()
    assert older.wait(60)
    assert older.stopped
    assert newer.wait(60)
    assert newer.done
    page.run()
    assert not page.exception
    assert "Measure" not in labels(page)
