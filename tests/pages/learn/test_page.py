"""The Learn page in Streamlit's test harness: every lesson works, progress counts, texts break."""

from __future__ import annotations

import shutil
import threading
import time

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core import pretrained
from core.lessons import measures as lessons
from pages.ui import shell, state
from pages.ui.learn.frame import LESSONS, read_lesson
from pages.ui.words import text_files
from tests.conftest import ROOT
from tests.pages.test_pages import html, take

TIMEOUT = 60


@pytest.fixture(autouse=True)
def fresh_server(home, monkeypatch):
    """A server just started, without MNIST, that takes few digits for its lessons."""
    monkeypatch.setattr(lessons, "TRAINING", 2_600)
    monkeypatch.setattr(lessons, "VALIDATION", 300)
    monkeypatch.setattr(lessons, "TEST", 300)
    for runs, fewer in (("ACTIVATION_RUNS", {"epochs": 2}), ("RATE_RUNS", {"epochs": 1})):
        shorter = {name: run.changed(**fewer) for name, run in getattr(lessons, runs).items()}
        monkeypatch.setattr(lessons, runs, shorter)
    monkeypatch.setattr(lessons, "BATCH_RUNS", {128: lessons.BATCH_RUNS[128]})
    monkeypatch.setattr(lessons, "BY_HEART", lessons.BY_HEART.changed(epochs=5))
    st.cache_resource.clear()
    st.cache_data.clear()
    yield
    st.cache_resource.clear()
    st.cache_data.clear()


def open_lesson(number: int | None = None) -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT)
    page.switch_page(str(ROOT / shell.PAGES["learn"].path))
    if number:
        page.query_params["lesson"] = str(number)
    return finished(page.run())


def finished(page: AppTest) -> AppTest:
    """The page when all that a lesson measures is measured: a test's page has no clock."""
    measurements = list(state._lessons().measurements.values())
    for each in measurements:
        assert each.wait(TIMEOUT)
    return page.run() if measurements else page


def texts(page: AppTest) -> str:
    kinds = (page.markdown, page.info, page.warning, page.error, page.caption, page.success)
    return " ".join(element.value for kind in kinds for element in kind)


def button(page: AppTest, label: str):
    return next(each for each in page.button if each.label == label)


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
    button(page, "Show the answer").click().run()
    assert not page.exception
    assert lesson.answer in texts(page)


def test_next_and_back_lead_through_and_progress_is_counted():
    page = open_lesson()
    assert page.subheader[0].value.startswith("1 ·")
    button(page, "Next lesson").click().run()
    assert page.subheader[0].value.startswith("2 ·")
    assert page.query_params["lesson"] in ("2", ["2"])
    assert "1 of 10 done" in " ".join(group.label for group in page.get("button_group"))
    button(page, "Show the answer").click().run()
    assert "2 of 10 done" in " ".join(group.label for group in page.get("button_group"))
    button(page, "Back").click().run()
    assert page.subheader[0].value.startswith("1 ·")


@pytest.mark.parametrize("nonsense", ["0", "11", "-1", "abc", "²"])
def test_a_lesson_that_there_is_not_in_the_address_opens_the_first(nonsense):
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT)
    page.switch_page(str(ROOT / shell.PAGES["learn"].path))
    page.query_params["lesson"] = nonsense
    page.run()
    assert not page.exception
    assert page.subheader[0].value.startswith("1 ·")


def test_the_handle_of_the_activation_gives_what_relu_gives():
    page = open_lesson(3)
    page.slider[0].set_value(-2.0).run()
    assert "In goes **-2**, out comes **0**" in texts(page)
    page.slider[0].set_value(2.5).run()
    assert "In goes **2.5**, out comes **2.5**" in texts(page)


def test_the_price_shown_is_the_cross_entropy():
    page = open_lesson(5)
    page.slider[0].set_value(0.25).run()
    assert "costs **1.39**" in texts(page)


def test_a_step_downhill_lowers_the_loss_that_is_shown():
    page = open_lesson(6)
    before = shown_loss(page)
    button(page, "One step downhill").click().run()
    assert not page.exception
    assert shown_loss(page) < before


def shown_loss(page: AppTest) -> float:
    return float(texts(page).split("Here the loss is **")[1].split("**")[0])


def test_one_step_of_the_loop_is_exactly_one():
    page = open_lesson(8)
    for number in (1, 2):
        button(page, "Run exactly one step").click().run()
        assert not page.exception
        assert f"Batch {number}, step by step" in texts(page)
    button(page, "From the beginning").click().run()
    assert "It has not seen a single digit" in texts(page)


def test_a_unit_chosen_by_number_is_the_one_that_is_shown():
    page = open_lesson(2)
    take(page, "Layer", 2)
    page.number_input[0].set_value(7).run()
    assert not page.exception
    assert "the score for the answer 7" in texts(page)


def test_the_runs_of_a_lesson_are_made_once(monkeypatch):
    page = open_lesson(9)
    monkeypatch.setattr(lessons, "short_runs", None)  # would fail if it were called
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
        patch.setattr(lessons, "short_runs", slow)
        page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT)
        page.switch_page(str(ROOT / shell.PAGES["learn"].path))
        page.query_params["lesson"] = "9"
        page.run()
        assert begun.wait(TIMEOUT)
        page.run()
        assert not page.exception
        button(page, "Stop").click().run()
        finished(page)
    assert not page.exception
    button(page, "Measure").click().run()
    finished(page)
    assert not page.exception
    assert "At the end it read" in texts(page)
    assert "Stop" not in [each.label for each in page.button]


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
    page = open_lesson(10)
    page.session_state["all-words"] = True
    return page.run()


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


@pytest.mark.parametrize("asked", ["abc", "99", "0", "-1", "3.0", "²", "9" * 5_000])
def test_a_lesson_that_there_is_not_opens_the_first(asked):
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT)
    page.switch_page(str(ROOT / shell.PAGES["learn"].path))
    page.query_params["lesson"] = asked
    page.run()
    assert not page.exception
    assert page.subheader[0].value.startswith("1 · ")


def test_steps_smaller_than_the_marks_of_the_slider_still_lead_on():
    page = open_lesson(6)
    page.get("button_group")[-1].set_value("small (0.1)").run()
    for _ in range(3):
        before = page.session_state["kept-lesson-weight"][1] if _ else None
        button(page, "One step downhill").click().run()
        assert not page.exception
        assert page.session_state["kept-lesson-weight"][1] != before
    page.session_state["kept-lesson-weight"] = (9, 0.1704)
    page.run()
    button(page, "One step downhill").click().run()
    following = page.session_state["kept-lesson-weight"][1]
    assert following != 0.17
    assert 0 < abs(following - 0.1704) < 0.05


def test_all_numbers_of_a_digit_can_be_seen():
    page = open_lesson(1)
    (zoom,) = [each for each in page.get("button_group") if each.label == "Zoom"]
    zoom.set_value("all").run()
    assert not page.exception
    assert html(page).count("<td") == 784
    assert "A narrow screen leaves out the empty edge" in texts(page)
