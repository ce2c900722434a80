"""The Learn page in Streamlit's test harness: every lesson works, progress counts, texts break."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core import pretrained
from core.background import Task
from core.lessons import comparisons
from core.lessons import digits as lesson_digits
from core.lessons.one_weight import OneWeight
from pages.ui.learn.course import LESSONS, read_lesson
from pages.ui.state import server
from pages.ui.words import text_files
from tests.pages.app import TIMEOUT, choose, html, number, open_page, press, take, unfold

RATE = 0.1  # the smallest that lesson 6 offers


@pytest.fixture(autouse=True)
def fresh_server(home, monkeypatch):
    """A server just started, without MNIST, that takes few digits for its lessons."""
    monkeypatch.setattr(lesson_digits, "TRAINING", 2_600)
    monkeypatch.setattr(lesson_digits, "VALIDATION", 300)
    monkeypatch.setattr(lesson_digits, "TEST", 300)
    for runs, fewer in (("ACTIVATION_RUNS", {"epochs": 2}), ("RATE_RUNS", {"epochs": 1})):
        shorter = {name: run.changed(**fewer) for name, run in getattr(comparisons, runs).items()}
        monkeypatch.setattr(comparisons, runs, shorter)
    monkeypatch.setattr(comparisons, "BATCH_RUNS", {128: comparisons.BATCH_RUNS[128]})
    monkeypatch.setattr(comparisons, "BY_HEART", comparisons.BY_HEART.changed(epochs=5))
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def open_lesson(number: int | None = None) -> AppTest:
    return finished(open_page("learn", **({"lesson": str(number)} if number else {})))


def finished(page: AppTest) -> AppTest:
    """The page when all that a lesson measures is measured: a test's page has no clock."""
    for each in server.tasks().going():
        assert each.wait(TIMEOUT)
    return page.run()  # also where it came to its end just after the page was built


def texts(page: AppTest) -> str:
    kinds = (page.markdown, page.info, page.warning, page.error, page.caption, page.success)
    return " ".join(element.value for kind in kinds for element in kind)


def buttons(page: AppTest) -> list[str]:
    return [each.label for each in page.button]


@pytest.mark.parametrize("number", range(1, len(LESSONS) + 1))
def test_every_lesson_opens_with_its_words_and_something_to_touch(number):
    page = open_lesson(number)
    assert not page.exception
    assert not page.warning
    lesson = read_lesson(LESSONS[number - 1])
    assert page.subheader[0].value == f"{number} · {lesson.title}"
    for part in (lesson.text, lesson.task, lesson.question):
        assert part in texts(page)
    assert lesson.answer not in texts(page)
    press(page, "Show the answer")
    assert not page.exception
    assert lesson.answer in texts(page)


def test_next_and_back_lead_through_and_progress_is_counted():
    page = open_lesson()
    assert page.subheader[0].value.startswith("1 ·")
    press(page, "Next lesson")
    assert page.subheader[0].value.startswith("2 ·")
    assert page.query_params["lesson"] in ("2", ["2"])
    assert "1 of 10 done" in " ".join(group.label for group in page.get("button_group"))
    press(page, "Show the answer")
    assert "2 of 10 done" in " ".join(group.label for group in page.get("button_group"))
    press(page, "Back")
    assert page.subheader[0].value.startswith("1 ·")


def test_the_handle_of_the_activation_gives_what_relu_gives():
    page = open_lesson(3)
    page.slider[0].set_value(-2.0).run()
    assert "In goes **-2**, out comes **0**" in texts(page)
    page.slider[0].set_value(2.5).run()
    assert "In goes **2.5**, out comes **2.5**" in texts(page)


def test_the_cost_shown_is_the_cross_entropy():
    page = open_lesson(5)
    page.slider[0].set_value(0.25).run()
    assert "costs **1.39**" in texts(page)


def test_a_step_downhill_lowers_the_loss_that_is_shown():
    page = open_lesson(6)
    before = shown_loss(page)
    press(page, "One step downhill")
    assert not page.exception
    assert shown_loss(page) < before


def shown_loss(page: AppTest) -> float:
    return float(texts(page).split("Here the loss is **")[1].split("**")[0])


def test_one_step_of_the_loop_is_exactly_one():
    page = open_lesson(8)
    for batch in (1, 2):
        press(page, "Run exactly one step")
        assert not page.exception
        assert f"Batch {batch}, step by step" in texts(page)
    press(page, "From the beginning")
    assert "It has not seen a single digit" in texts(page)


def test_steps_that_the_server_has_forgotten_are_begun_anew():
    page = open_lesson(8)
    press(page, "Run exactly one step")
    assert "Batch 1, step by step" in texts(page)
    for other in range(60):  # things of other visitors
        server.kept().keep(("other", other), other)
    assert "It has not seen a single digit" in texts(page.run())
    press(page, "Run exactly one step")
    assert not page.exception
    assert "Batch 1, step by step" in texts(page)


def test_a_unit_chosen_by_number_is_the_one_that_is_shown():
    page = open_lesson(2)
    take(page, "Layer", 2)
    number(page, "Unit, counted from 0").set_value(7).run()
    assert not page.exception
    assert "the score for the answer 7" in texts(page)


def test_the_runs_of_a_lesson_are_made_once(monkeypatch):
    page = open_lesson(9)
    monkeypatch.setattr(comparisons, "short_runs", None)  # would fail if it were called
    page.run()
    assert not page.exception
    assert not open_lesson(9).exception


def test_what_a_lesson_measures_can_be_stopped_and_begun_again(monkeypatch):
    begun = threading.Event()

    def slow(digits, configs, on_share):
        begun.set()
        while True:
            time.sleep(0.01)
            on_share(0.25)

    with monkeypatch.context() as patch:
        patch.setattr(comparisons, "short_runs", slow)
        page = open_page("learn", lesson="9")
        assert begun.wait(TIMEOUT)
        page.run()
        assert not page.exception
        press(page, "Stop")
        finished(page)
    assert not page.exception
    press(page, "Measure")
    finished(page)
    assert not page.exception
    assert "At the end it read" in texts(page)
    assert "Stop" not in buttons(page)


def test_what_waits_in_line_says_so_and_can_be_stopped(monkeypatch):
    monkeypatch.setenv("DIGITLAB_MAX_JOBS", "1")
    open_lesson(10)  # torch and the page are there
    release = threading.Event()
    long_work = Task(lambda task: release.wait(TIMEOUT), server.queue()).start()
    try:
        page = open_page("learn", lesson="9")
        (going,) = server.tasks().going()
        assert until(lambda: going.place_in_line == 1)
        page.run()
        assert any("Waiting for a free place" in bar.proto.text for bar in page.get("progress"))
        press(page, "Stop")
        assert going.wait(1)
        assert going.stopped
        assert "Measure" in buttons(page.run())
    finally:
        release.set()
        long_work.wait(TIMEOUT)


def until(true: Callable[[], bool]) -> bool:
    """Wait for it, for a second."""
    end = time.monotonic() + 1
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return true()


def test_a_damaged_network_gives_a_message_and_leaves_the_lesson(monkeypatch):
    def fail(name: str):
        raise pretrained.PretrainedError("The network is damaged.")

    monkeypatch.setattr(pretrained, "load", fail)
    page = open_lesson(5)
    assert not page.exception
    assert page.warning[0].value == "The network is damaged."
    assert read_lesson("loss").question in texts(page)


def open_words() -> AppTest:
    """The last lesson with the box of all words open, as after a click on it."""
    return unfold(open_lesson(10), "All words explained")


def test_the_words_explained_can_be_searched():
    page = open_words()
    page.text_input[0].set_value("overfit").run()
    assert "**overfitting**" in texts(page)
    assert "**seed**" not in texts(page)
    page.text_input[0].set_value("zebra").run()
    assert "No word here" in texts(page)


@pytest.fixture
def text_folder(tmp_path, monkeypatch):
    """A copy of the texts that a test may spoil."""
    folder = tmp_path / "text"
    shutil.copytree(text_files.TEXT, folder)
    monkeypatch.setattr(text_files, "TEXT", folder)
    return folder


SPOILED = {
    "missing": (None, "lessons/tensors.toml is missing"),
    "broken": ('title = "no end', "lessons/tensors.toml is not valid TOML"),
    "without a question": ('title = "A"\ntext = "B"\ntask = "C"', 'has no text for "question"'),
    "not text": (b"\xff\xfe\x00", "lessons/tensors.toml cannot be read"),
    "an unknown page": ("page", "“nowhere” is no page"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_spoiled_text_gives_a_message_and_the_other_lessons_stay(text_folder, name):
    content, complaint = SPOILED[name]
    file = text_folder / "lessons" / "tensors.toml"
    if content == "page":
        good = file.read_text(encoding="utf-8")
        file.write_text(good.replace('page = "data"', 'page = "nowhere"'), encoding="utf-8")
    elif content is None:
        file.unlink()
    else:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    page = open_lesson(1)
    assert not page.exception
    assert complaint in page.warning[0].value
    assert not open_lesson(10).warning


def test_a_missing_glossary_gives_a_message(text_folder):
    (text_folder / "glossary.toml").unlink()
    page = open_words()
    assert not page.exception
    assert "glossary.toml is missing" in page.warning[0].value


@pytest.mark.parametrize("asked", ["abc", "11", "99", "0", "-1", "3.0", "²", "9" * 5_000])
def test_a_lesson_that_there_is_not_opens_the_first(asked):
    page = open_page("learn", lesson=asked)
    assert not page.exception
    assert page.subheader[0].value.startswith("1 · ")


def test_steps_smaller_than_the_marks_of_the_slider_still_lead_on():
    page = open_lesson(6)
    weight = OneWeight(server.lesson_digits())
    value = flat_place(weight)
    page.slider[0].set_value(value).run()
    choose(page, "Learning rate", "small (0.1)")
    for _ in range(5):
        slope = weight.slope_at(value)
        assert 0 < abs(RATE * slope) < 0.005  # half of what lies between two marks
        assert f"the slope (*gradient*) **{slope:.3f}**" in texts(page)
        assert f"the loss is **{weight.loss_at(value):.3f}** and" in texts(page)
        value = weight.step(value, RATE)
        press(page, "One step downhill")
        assert not page.exception


def flat_place(weight: OneWeight) -> float:
    """A mark of the slider where steps are small, but change the slope in what is shown of it."""
    low, high = (round(100 * end) for end in weight.reach)
    marks = [mark / 100 for mark in range(low, high + 1)]
    return next(mark for mark in marks if 0.025 < abs(weight.slope_at(mark)) < 0.045)


def test_all_numbers_of_a_digit_can_be_seen():
    page = open_lesson(1)
    choose(page, "Zoom", "all")
    assert not page.exception
    assert html(page).count("<td") == 784
    assert "A narrow screen leaves out the empty edge" in texts(page)
