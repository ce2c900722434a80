"""The Exam page in Streamlit's own test harness, with real networks and real digits."""

from __future__ import annotations

import re

import pytest

from core.evaluation import evaluate
from core.exam import sitting as exams
from core.exam.calibration import answered_when_sure
from core.exam.refusals import show_no_digits
from core.exam.scores import worst_cell
from core.pretrained import load
from pages.ui.widgets.digits.pictures import picture
from tests.pages.app import choose, dropdown, group, handed_over, html, open_page, press, texts
from tests.pages.exam.conftest import PLACES

pytestmark = pytest.mark.usefixtures("fresh_server")


@pytest.mark.parametrize("network", ["tutorial", "default"])
def test_every_part_opens_for_every_shipped_network(shelf, network, examined):
    page = None
    for place in PLACES:
        page = examined(place, network, page)
        assert not page.exception
        assert not page.error
    examined("confusion", network, page)
    total = evaluate(load(network).model, shelf.test)
    assert f"<b>{total.correct:,} of 600</b> digits that it had never seen" in html(page)
    assert f'data-testid="score">{100 * total.accuracy:.1f}' in html(page)


def test_without_mnist_it_offers_a_download_and_the_built_in_handwriting():
    page = open_page("exam")
    assert not page.exception
    assert "score" not in html(page)
    labels = [button.label for button in page.button]
    assert any("Download MNIST" in label for label in labels)
    assert "Use the built-in handwriting" in labels


def test_a_download_that_fails_is_explained_and_can_be_tried_again(monkeypatch):
    from core.datasets import mnist

    monkeypatch.setenv("DIGITLAB_MNIST_MIRROR", "http://127.0.0.1:1")
    monkeypatch.setattr(mnist, "MIRRORS", [])
    page = open_page("exam")
    next(each for each in page.button if "Download" in each.label).click().run()
    assert not page.exception
    assert "MNIST could not be downloaded" in page.error[0].value
    assert "Try again" in [button.label for button in page.button]


def test_the_built_in_handwriting_is_one_click_away(monkeypatch, small):
    monkeypatch.setattr("core.data.load_dataset", lambda name, **how: {"generated": small}[name])
    page = open_page("exam")
    next(each for each in page.button if "built-in" in each.label).click().run()
    assert not page.exception
    total = evaluate(load("default").model, small.test)
    assert f"<b>{total.correct:,} of 500</b>" in html(page)
    assert "The Built-in handwriting test set" in html(page)


def test_an_exam_is_sat_once(shelf, monkeypatch, examined):
    sat = []
    sit = exams.sit_exam
    monkeypatch.setattr(exams, "sit_exam", lambda *args: sat.append(1) or sit(*args))
    page = examined("mistakes")
    for place in ("confusion", "calibration", "game"):
        examined(place, page=page)
    examined("mistakes")  # another visitor
    assert len(sat) == 2  # the network that is offered first, and the tutorial network


def test_a_click_on_a_mistake_shows_it_large(shelf, examined):
    page = examined("mistakes")
    exam = exams.sit_exam(load("tutorial").model, shelf.test)
    mistakes = exam.mistakes.tolist()
    assert f"**{len(mistakes):,} mistakes** of 600" in texts(page)
    for place in (0, 5):  # at first the worst
        number = mistakes[place]
        assert f" <b>{exam.labels[number]}</b>. It says" in html(page)
        assert f'class="answer">{exam.answers[number]}<' in html(page)
        assert html(page).count(picture(shelf.test.images[number].numpy())) == 1
        assert handed_over(page, "captions")["chosen"] == place
        page.session_state["visit"].exam.mistake = mistakes[5]
        page.run()


def test_the_most_frequent_mistake_is_said_first_and_leads_to_its_images(shelf, examined):
    page = examined("mistakes")
    exam = exams.sit_exam(load("tutorial").model, shelf.test)
    label, answer = worst_cell(exam.total.confusion)
    count = int(exam.total.confusion[label, answer])
    first = group(page, "Which mistakes").options[0]
    assert getattr(first, "content", first).startswith(
        f"Most often: {label} read as {answer}, {count} time"
    )
    choose(page, "Which mistakes", "often")
    assert not page.exception
    assert handed_over(page, "captions")["captions"] == [f"{label} → {answer}"] * count


def test_a_mistake_is_asked_why_in_place(shelf, examined):
    page = examined("mistakes")
    (why,) = [each for each in page.button if each.label.startswith("Why ")]
    why.click().run()
    assert not page.exception
    assert re.search(r"Why \d, not (\d)\?</b><br>It is an? \1\.", html(page))


def test_a_mistake_is_drawn_again_on_predict(shelf, examined):
    page = examined("mistakes")
    press(page, "Draw it again on Predict")
    assert not page.exception
    assert page.title[0].value == "Predict"
    canvas = handed_over(page, "initialDrawing")
    assert 1 <= len(canvas["initialDrawing"]["objects"]) <= 30
    # the one that was examined, not the usual one
    assert dropdown(page, "Network").label.startswith("Network: the tutorial network")


def test_the_threshold_says_what_silence_brings(shelf, examined):
    page = examined("calibration")
    exam = exams.sit_exam(load("tutorial").model, shelf.test)
    for at_least in (90, 99):
        page.select_slider[0].set_value(at_least).run()
        answered, right = answered_when_sure(exam.confidences, exam.right, at_least / 100)
        assert f"It answers **{answered:,}** of 600 digits, **{right:,}**" in texts(page)
        drawings = show_no_digits(load("tutorial").model)
        passed = len(drawings.let_pass(at_least / 100, doubting=False))
        assert f"**{passed:,}** of 1,200 letters, shapes and scribbles" in texts(page)
