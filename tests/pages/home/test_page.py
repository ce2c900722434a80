"""Home: what it says is ready, the digits and the visitor's run."""

from __future__ import annotations

import pytest

from core.datasets.mnist import SIZES
from pages.ui import shell
from tests.conftest import ROOT
from tests.pages.app import open_page, texts, wait_for_end

pytestmark = pytest.mark.usefixtures("fresh_server")


def test_at_first_nothing_is_here():
    said = texts(open_page("home"))
    assert "The MNIST digits are not here yet." in said
    assert "them fetches them (12 MB)" in said
    assert "You have not trained a network yet." in said


def test_digits_at_hand_are_told(home):
    raw = home / "data" / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for name in SIZES:
        (raw / name).touch()
    assert "The MNIST digits are on this server." in texts(open_page("home"))


def test_a_run_that_is_gone_is_told():
    assert "is no longer on this server" in texts(open_page("home", run="nothing-here"))


def test_the_score_of_a_run_is_told(monkeypatch, generated):
    from core import data

    monkeypatch.setattr(data, "load_dataset", lambda *args, **kwargs: generated)
    page = open_page("train", dataset="generated", training_images="1000")
    page.button(key="start").click().run()
    wait_for_end(page)
    page.switch_page(str(ROOT / shell.PAGES["home"].path)).run()
    assert "Your run has finished. It reads" in texts(page)
    assert "of 10,000 test images correctly" in texts(page)
