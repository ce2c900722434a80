"""A closer look at a run: what it says before one, and its batch in a pause."""

from __future__ import annotations

import pytest

from tests.pages.app import choose, open_page, press, texts

pytestmark = pytest.mark.usefixtures("fresh_server")


@pytest.fixture
def page(monkeypatch, generated):
    """Train, on which a run takes a second."""
    from core import data

    monkeypatch.setattr(data, "load_dataset", lambda *args, **kwargs: generated)
    return open_page("train", dataset="generated", training_images="1000", epochs="1")


def test_before_a_run_it_says_how_to_begin_one(page):
    choose(page, "Look closer", "batch")
    assert "Start a run first, or begin one with **One step**." in texts(page)


def test_in_a_pause_its_batch_is_there(page):
    from pages.ui.state import server

    press(page, "One step")
    assert not page.exception
    (job,) = server.board().jobs()
    job.wait_until_still(20)  # where the machine is busy, the page looks before that
    page.run()
    assert "batch 1 of 8 · paused" in page.get("progress")[0].proto.text
    choose(page, "Look closer", "batch")
    assert "Batch 1, step by step" in texts(page)
    press(page, "Stop")
    job.task.wait(20)
    page.run()
    assert not page.exception
    assert "Stopped before the end." in texts(page)
