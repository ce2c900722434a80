"""The Exam page in Streamlit's own test harness, with real networks and real digits."""

from __future__ import annotations

import json
import re

import pytest
import torch

from core.charts.exam import confusion_chart, reliability_chart, robustness_chart
from core.config import TrainingConfig
from core.data import DigitDataset, Digits
from core.evaluation import evaluate
from core.exam import sitting as exams
from core.exam.robustness import CHANGES, sweep
from core.pretrained import load
from pages.ui.exam import choice as exam_choice
from pages.ui.exam.mixups import digit_words, of_hundred
from tests.pages.test_pages import (
    drawn,
    dropdown,
    fresh_server,  # noqa: F401
    html,
    open_page,
    take,
    texts,
)

SECTIONS = ("mixups", "mistakes", "sureness", "robustness", "game", "own")
LINE = [["M", 140, 40], ["L", 138, 140], ["L", 136, 240]]


@pytest.fixture
def shelf(monkeypatch, generated):
    """Both datasets are at hand at once; MNIST's name stands for 1,500 generated digits."""
    part = generated.test[:1_500]
    dataset = DigitDataset("mnist", part, part, part)
    monkeypatch.setattr(exam_choice, "mnist_is_here", lambda: True)
    monkeypatch.setattr("core.data.load_dataset", lambda *args, **kwargs: dataset)
    return dataset


def examined(section: str, network: str = "tutorial", page=None):
    """The page with this network and this section."""
    page = page or open_page("exam")
    page.session_state["kept-exam-network-choice"] = network
    page.session_state["exam-section"] = section
    return page.run()


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("network", ["tutorial", "default"])
def test_every_section_opens_for_every_shipped_network(shelf, network, section):
    page = examined(section, network)
    assert not page.exception
    assert not page.error
    total = evaluate(load(network).model, shelf.test)
    assert f"**{total.correct:,} of 1,500**" in texts(page)
    assert page.subheader[0].value.startswith(f"{100 * total.accuracy:.1f}")


def test_without_mnist_it_offers_a_download_and_the_built_in_handwriting():
    page = open_page("exam")
    assert not page.exception
    assert not page.subheader
    labels = [button.label for button in page.button]
    assert any("Download MNIST" in label for label in labels)
    assert "Use the built-in handwriting" in labels


def test_a_download_that_fails_is_explained_and_can_be_tried_again(monkeypatch):
    from core.datasets import mnist

    monkeypatch.setenv("DIGITLAB_MNIST_MIRROR", "http://127.0.0.1:1")
    monkeypatch.setattr(mnist.import_torchvision().datasets.MNIST, "mirrors", [])
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
    assert f"**{total.correct:,} of 500** images of the Built-in handwriting" in texts(page)


def test_an_exam_is_sat_once(shelf, monkeypatch):
    sat = []
    sit = exams.sit_exam
    monkeypatch.setattr(exams, "sit_exam", lambda *args: sat.append(1) or sit(*args))
    page = examined("mistakes")
    for section in SECTIONS[:3]:
        examined(section, page=page)
    assert len(sat) == 2  # the network that is offered first, and the tutorial network


def test_at_first_the_most_frequent_mistake_is_shown(shelf):
    page = examined("mixups")
    exam = exams.sit_exam(load("tutorial").model, shelf.test)
    label, answer = exams.worst_cell(exam.total.confusion)
    count = int(exam.total.confusion[label, answer])
    assert f"read as {answer}: {count} images" in texts(page)
    assert f"{count} images" in html(page)


def test_the_lists_choose_a_cell_as_a_click_does(shelf):
    page = examined("mixups")
    exam = exams.sit_exam(load("tutorial").model, shelf.test)
    take(page, "It was", 4)
    take(page, "It answered", 9)
    assert f"Fours read as 9: {len(exam.in_cell(4, 9))} image" in texts(page)
    score = exams.digit_score(exam.total.confusion, 4)
    assert f"{score.right:,} of {score.shown:,}" in texts(page)


def test_the_chosen_cell_is_framed_in_the_chart(shelf):
    page = examined("mixups")
    for label, value in (("It was", 4), ("It answered", 9)):
        take(page, label, value)
    (chart,) = page.get("plotly_chart")
    (frame,) = json.loads(chart.proto.spec)["layout"]["shapes"]
    assert [frame[side] for side in ("x0", "x1", "y0", "y1")] == [8.5, 9.5, 3.5, 4.5]


def test_a_whole_row_or_column_is_framed():
    confusion = torch.eye(10, dtype=torch.int64).numpy()
    for chosen, sides in {
        (4, None): [-0.5, 9.5, 3.5, 4.5],
        (None, 0): [-0.5, 0.5, -0.5, 9.5],
    }.items():
        chart = confusion_chart(confusion, shares=False, muted=True, dark=False, chosen=chosen)
        (frame,) = chart["layout"]["shapes"]
        assert [frame[side] for side in ("x0", "x1", "y0", "y1")] == sides
    plain = confusion_chart(confusion, shares=False, muted=True, dark=False)
    assert plain["layout"]["shapes"] == []


def test_the_gallery_begins_with_the_worst_mistake(shelf):
    page = examined("mistakes")
    exam = exams.sit_exam(load("tutorial").model, shelf.test)
    worst = exam.mistakes[0]
    assert f"All **{len(exam.mistakes):,}** mistakes of 1,500" in texts(page)
    assert f"It was a {exam.labels[worst]}. The network says {exam.answers[worst]}." in html(page)
    assert html(page).count("<figure>") == 13  # twelve cards and the closer look


def test_a_mistake_is_drawn_again_on_predict(shelf):
    page = examined("mistakes")
    press(page, "Draw it again on Predict")
    assert not page.exception
    drawing = page.session_state["kept-predict-drawing"]
    assert 1 <= len(drawing["objects"]) <= 30
    assert page.title[0].value == "Predict"
    # the one that was examined, not the usual one
    assert dropdown(page, "Who reads it").label == "Who reads it: the tutorial network"


def test_the_threshold_says_what_silence_brings(shelf):
    page = examined("sureness")
    exam = exams.sit_exam(load("tutorial").model, shelf.test)
    for at_least in (90, 99):
        page.select_slider(key="exam-threshold").set_value(at_least)
        page.run()
        answered, right = exams.answered_when_sure(exam, at_least / 100)
        assert f"It answers **{answered:,}** of 1,500 images, **{right:,}**" in texts(page)


def test_a_sweep_is_measured_in_the_background_and_kept(shelf):
    page = examined("robustness")
    press(page, "Measure")
    _, running = page.session_state["kept-exam-sweep"]
    assert running.wait(60)
    page.run()
    assert not page.exception
    page.run()
    expected = {
        point.strength: point.result.accuracy
        for point in sweep([load("tutorial").model], state_sample(shelf), CHANGES["shift"])
    }
    worst = min(expected.values())
    assert f"**{100 * worst:.1f}" in texts(page)
    assert "Measure" not in [button.label for button in page.button]


def state_sample(shelf) -> Digits:
    from core.exam.robustness import sample

    return sample(shelf.test)


def press(page, label: str) -> None:
    next(button for button in page.button if button.label == label).click().run()


def test_a_game_is_scored_for_both(shelf):
    page = examined("game")
    press(page, "Start")
    game = page.session_state["kept-exam-game"]
    truth = shelf.test.labels[torch.tensor(game.images)].tolist()
    for number, digit in enumerate(truth):
        assert f"**{number + 1} of 20**" in texts(page)
        answer = digit if number >= 3 else (digit + 1) % 10
        page.button(key=f"exam-tap-{answer}").click().run()
    assert not page.exception
    exam = exams.sit_exam(load("tutorial").model, shelf.test)
    assert "| **You** | 17 of 20 |" in texts(page)
    assert f"| The network | {exam.right[game.images].sum()} of 20 |" in texts(page)
    assert "You missed 3" in texts(page)
    press(page, "Play again")
    assert "**1 of 20**" in texts(page)


def hand_in(page, number: int) -> None:
    page.session_state[f"own-box-{number}-0"] = drawn(LINE)
    page.run()
    page.button(key="own-done").click().run()


def test_own_digits_are_graded_at_once_and_kept_as_a_set(shelf):
    page = examined("own")
    assert "Draw a 0" in texts(page)
    hand_in(page, 0)
    assert "It read your 0 as 1" in page.error[0].value  # a line is no zero
    assert "Draw a 1" in texts(page)
    hand_in(page, 1)
    assert "It read your 1 as 1" in page.success[0].value
    assert "**1 of your 2**" in texts(page)
    total = evaluate(load("tutorial").model, shelf.test)
    assert f"of the MNIST test set {100 * total.accuracy:.1f}" in texts(page)
    press(page, "Examine on them above")
    assert not page.exception
    assert "**1 of 2** images of your own digits" in texts(page)
    for section in SECTIONS:
        assert not examined(section, page=page).exception
    press(page, "Forget my digits")
    assert not page.exception
    assert "images of the MNIST test set" in texts(page)
    assert "Draw a 0" in texts(page)


def test_a_dot_is_no_digit_to_hand_in(shelf):
    page = examined("own")
    page.session_state["own-box-0-0"] = drawn([["M", 100, 100], ["L", 100, 100]])
    page.run()
    page.button(key="own-done").click().run()
    assert "only a dot" in page.warning[0].value
    assert "Draw a 0" in texts(page)


def test_own_digits_can_be_drawn_without_any_test_set():
    page = examined("own")
    hand_in(page, 0)
    assert not page.exception
    assert "**0 of your 1**" in texts(page)


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.968, "97"), (1.0, "100"), (0.999, "more than 99"), (0.0, "0"), (0.001, "fewer than 1")],
)
def test_no_rounding_claims_certainty(share, words):
    assert of_hundred(share) == words


def test_a_digit_in_words():
    score = exams.DigitScore(7, shown=1_028, answered=1_030, right=997)
    words = digit_words(score)
    assert "Of 100 sevens it finds **97** (*recall*: 997 of 1,028)" in words
    assert "right **97** times (*precision*: 997 of 1,030)" in words
    assert re.search(r"\*\*0\.969\*\*", words)
    assert "no sevens here" in digit_words(exams.DigitScore(7, 0, 5, 0))
    assert "never says 7" in digit_words(exams.DigitScore(7, 5, 0, 0))


def test_the_matrix_shows_its_numbers():
    confusion = torch.arange(100).reshape(10, 10)
    cells, marks = confusion_chart(confusion, shares=False, muted=True, dark=False)["data"]
    assert cells["text"][3][5] == "35"
    assert all(cells["z"][digit][digit] == 0 for digit in range(10))
    place = marks["customdata"].index([35])
    assert (marks["y"][place], marks["x"][place]) == (3, 5)
    shares, _ = confusion_chart(confusion, shares=True, muted=False, dark=True)["data"]
    assert sum(shares["z"][3]) == pytest.approx(100)


def test_charts_are_what_plotly_accepts(generated):
    from plotly.graph_objects import Figure

    part = generated.test[:300]
    model = load("tutorial").model
    exam = exams.sit_exam(model, part)
    change = CHANGES["pen"]
    points = list(sweep([model, model], part, change))
    for chart in (
        confusion_chart(exam.total.confusion, shares=True, muted=True, dark=True),
        reliability_chart(exams.reliability(exam.confidences, exam.right)),
        robustness_chart(points, change, ["one", "two"]),
    ):
        Figure({name: chart[name] for name in ("data", "layout")})
    words = robustness_chart(points, change, ["one", "two"])["alt"]
    for point in points:
        assert f"{point.strength:g}: {100 * point.result.accuracy:.1f} %" in words


def test_a_run_with_other_settings_can_be_examined(shelf):
    from core.model import build_model

    model = build_model(TrainingConfig(architecture="conv", activation="tanh", hidden_sizes=()))
    exam = exams.sit_exam(model, shelf.test[:100])
    assert exam.total.images == 100
