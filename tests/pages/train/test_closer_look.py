"""A closer look at a run: what it says before one, and its batch in a pause."""

from __future__ import annotations

import pytest
import torch
from streamlit.testing.v1 import AppTest

from core.config import TrainingConfig
from core.data import scaled
from core.evaluation import probabilities
from core.model import build_model
from pages.ui.state import server
from pages.ui.state.visit import KEY
from pages.ui.train import closer_look
from pages.ui.train.closer_look import LOOKS
from tests.pages.app import choose, group, html, press, texts, wait_for_end

pytestmark = pytest.mark.usefixtures("fresh_server")


def test_before_a_run_its_first_batch_is_there(page):
    assert group(page, "Look closer").options == [LOOKS["batch"], LOOKS["probe"]]
    choose(page, "Look closer", "batch")
    said = texts(page)
    assert "Batch 1, step by step" in said
    press(page, "One step")
    (job,) = server.board().jobs()
    job.wait_until_still(20)
    page.run()
    assert f"Mean of all 128, the *loss*: **{job.snapshot().losses[0]:.4f}**" in said


def test_without_mnist_the_first_batch_is_of_the_built_in_handwriting(page, monkeypatch):
    monkeypatch.setattr(closer_look, "is_at_hand", lambda name: name != "mnist")
    page.session_state[KEY].train.settings = TrainingConfig()
    choose(page, "Look closer", "batch")
    said = texts(page)
    assert "a batch of built-in handwriting in its place" in said
    assert "Batch 1, step by step" in said


def test_after_a_run_at_full_speed_a_batch_is_tried_on_a_copy(page):
    page.button(key="start").click().run()
    wait_for_end(page)
    (job,) = server.board().jobs()
    before = [each.clone() for each in job.network().parameters()]
    choose(page, "Look closer", "batch")
    assert not page.exception
    assert "Batch 9, step by step" in texts(page)
    assert "0 batches to go." in texts(page)
    assert all(map(torch.equal, before, job.network().parameters()))
    server.board.clear()  # as after a restart of the server: the run is on disk
    page.run()
    assert "Batch 9, step by step" in texts(page)


def test_in_a_pause_its_batch_is_there(page):
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


def test_before_a_run_its_network_is_asked_as_it_is(page, generated):
    choose(page, "Look closer", "probe")
    choose(page, "Which digit", "test")
    assert not page.exception
    assert "Read by your network before its first batch." in texts(page)
    image = generated.test.images[0]
    untrained = build_model(TrainingConfig(dataset="generated")).eval()
    answer = int(probabilities(untrained, scaled(image)[None])[0].argmax())
    assert f'data-testid="answer">{answer}<' in html(page)


def test_the_pad_keeps_its_place_in_the_page_from_before_a_run_to_its_end(page):
    """A canvas that is put elsewhere begins empty, while what was drawn on it is still read."""
    choose(page, "Look closer", "probe")
    before = place_of(page, "probe-undo")
    press(page, "One step")
    (job,) = server.board().jobs()
    job.wait_until_still(20)
    assert place_of(page.run(), "probe-undo") == before
    press(page, "Resume")
    assert place_of(page, "probe-undo") == before
    job.task.wait(20)
    assert place_of(page.run(), "probe-undo") == before


def place_of(page: AppTest, key: str) -> list[int]:
    """The way to a button from the top of the page: which of its neighbours each part is."""
    ways = [([], page.main)]
    while ways:
        way, part = ways.pop()
        if getattr(part, "key", None) == key:
            return way
        ways += [([*way, n], child) for n, child in getattr(part, "children", {}).items()]
    raise LookupError(key)
