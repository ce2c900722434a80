"""A run on Train: it begins, ends, is found again, and says what went wrong with it."""

from __future__ import annotations

import pytest
import streamlit as st

from core.exam.sitting import find_mistake
from core.runs.kept.names import spoken_name
from pages.ui.state import server
from pages.ui.widgets.digits.pictures import picture
from pages.ui.words.numbers import article
from tests.full_disk import full
from tests.pages.app import (
    SEVEN,
    announced,
    choose,
    draw,
    html,
    number,
    on_stage,
    open_page,
    press,
    texts,
    wait_for_end,
)

pytestmark = pytest.mark.usefixtures("fresh_server")


def test_without_mnist_the_page_says_why_and_offers_the_built_in_handwriting(
    monkeypatch, generated
):
    from core import data
    from core.datasets import mnist

    monkeypatch.setenv("DIGITLAB_MNIST_MIRROR", "http://127.0.0.1:1")
    monkeypatch.setattr(mnist, "MIRRORS", [])
    page = open_page("train")
    page.button(key="start").click().run()
    wait_for_end(page)
    assert not page.exception
    assert "MNIST could not be downloaded" in texts(page)
    assert "Try again" in [button.label for button in page.button]
    monkeypatch.setattr(data, "load_dataset", lambda *args, **kwargs: generated)
    press(page, "Train on the built-in handwriting")
    assert server.board().get(page.query_params["run"]).task.wait(60)
    page.run()
    assert "3 rounds (*epochs*) through built-in handwriting" in texts(page)


def test_a_run_is_found_again_by_its_address(generated, at_hand):
    page = open_page("train")
    page.button(key="start").click().run()
    run_id = page.query_params["run"]
    wait_for_end(page)
    said = html(page)
    assert "new digits" in said
    assert f"<b>{spoken_name(run_id)}</b> is now in use: change it at the top." in said
    assert "The run has finished. Of" in announced(page)
    job, test = server.board().get(run_id), generated.test
    number, answer = find_mistake(job.network(), test)
    label = int(test.labels[number])
    assert f"<span>{article(label)} {label}, read as {answer}</span>" in html(page)
    assert picture(test.images[number].numpy()) in html(page)
    assert "Picture card" in [each.label for each in page.get("download_button")]
    st.cache_resource.clear()  # as if the server had been started anew
    again = open_page("train", run=run_id)
    assert "From MNIST, kept aside" in html(again)
    assert f"<b>{job.snapshot().test.correct:,} of {len(test):,}</b>" in html(again)
    press(again, "All its files")
    assert again.title[0].value == "Runs"
    assert "The whole run" in html(again)
    assert again.session_state["visit"].looked_at.chosen == [run_id]
    reader = open_page("predict", run=run_id)
    draw(reader, "predict", SEVEN)
    assert on_stage(reader)["below"].startswith(f"Read by {spoken_name(run_id)}.")


def test_a_full_server_says_so(monkeypatch):
    from core.runs import board

    monkeypatch.setattr(board, "OPEN_JOBS", 0)
    page = open_page("train")
    page.button(key="start").click().run()
    assert "Try again in a few minutes" in texts(page)


def test_a_full_disk_is_told_and_the_run_can_be_saved_again(monkeypatch, generated):
    from core import data

    monkeypatch.setattr(data, "load_dataset", lambda *args, **kwargs: generated)
    page = open_page("train", dataset="generated", training_images="1000")
    with monkeypatch.context() as broken:
        broken.setattr("core.runs.kept.files.write", full)
        page.button(key="start").click().run()
        wait_for_end(page)
    assert not page.exception
    assert "new digits" in html(page)
    assert "No space left on device" in page.warning[0].value
    press(page, "Save it again")
    assert not page.warning


def test_a_test_image_chosen_before_the_run_is_its_probe(monkeypatch, generated):
    from core import data
    from pages.ui.state import server

    monkeypatch.setattr(data, "load_dataset", lambda *args, **kwargs: generated)
    page = open_page("train", dataset="generated", training_images="1000")
    choose(page, "Look closer", "probe")
    choose(page, "Which digit", "test")
    number(page, "Number of the test image, 1 to 1,617").set_value(5).run()
    page.button(key="start").click().run()
    wait_for_end(page)
    assert not page.exception
    (job,) = server.board().jobs()
    answers = job.answers()
    assert (answers.image * 255).round().tolist() == generated.test.images[4].tolist()
    assert answers.iterations.tolist() == list(range(25))
    assert f"Its label says that it is a {generated.test.labels[4]}." in texts(page)
