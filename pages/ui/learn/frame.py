"""The frame of the lessons: the picker, one lesson at a time with its words, and the way on.

What a lesson lets people touch comes last: it may take seconds, and the page stands before.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.lessons.experiments import EXPERIMENTS
from pages.ui import shell
from pages.ui.learn.course import LESSONS, WITHOUT_DIGITS, Lesson, read_lesson, scene
from pages.ui.learn.guess import guessed, show_guess
from pages.ui.learn.layout import Places, make_places
from pages.ui.learn.lessons_done import done, remember
from pages.ui.state import server
from pages.ui.state.address import experiment, modes, open_lesson
from pages.ui.state.visit import visit, widget_value
from pages.ui.widgets.progress_bar import ProgressBar
from pages.ui.words.numbers import unmarked
from pages.ui.words.text_files import TextError


def show_lessons(number: int) -> Callable[[], None]:
    """The picker, the lesson of this number, the way on.

    Returns what is still to be done: call it when all the rest of the page is there.
    """
    with st.container(key="lesson"), _box(number):
        with st.container(key="picker"):
            _picker(number)
        places = make_places()
        with places.on:
            _way_on(number)
        fill = _lesson(number, places)

    def finish_page() -> None:
        remember()
        fill()

    return finish_page


def _box(number: int) -> DeltaGenerator:
    """A place of its own for each lesson, so that nothing of another one is left in it."""
    places = [st.empty() for _ in LESSONS]
    return places[number - 1].container()


def _picker(number: int) -> None:
    """The short titles of all lessons; a tick on those whose question was answered."""
    key = f"lesson-{number}"

    def choose() -> None:
        open_lesson(widget_value(key))

    st.pills(
        f"{len(done())} of {len(LESSONS)} answered",
        range(1, len(LESSONS) + 1),
        default=number,
        required=True,
        format_func=_name,
        key=key,
        on_change=choose,
        wrap=True,
    )


def _name(number: int) -> str:
    """3 Activation ✓. A lesson whose text is spoiled has its number only."""
    name = LESSONS[number - 1]
    try:
        words = f"{number} {read_lesson(name).short}"
    except TextError:
        words = str(number)
    return f"{words} ✓" if name in done() else words


def _lesson(number: int, places: Places) -> Callable[[], None]:
    """The words of a lesson; returns what fills the places for what is touched and revealed."""
    name = LESSONS[number - 1]
    try:
        lesson = read_lesson(name)
    except TextError as problem:
        with places.words:
            st.header(f"Lesson {number}", anchor=False)
            st.warning(unmarked(str(problem)), icon=":material/edit_note:")
        return lambda: None
    with places.words:
        st.header(f"{number} · {lesson.title}", anchor=False)
        st.markdown(lesson.text)
    with places.guess:
        show_guess(name, lesson)
    with places.on:
        _link(number, lesson)
    return lambda: _fill(name, lesson, places)


def _fill(name: str, lesson: Lesson, places: Places) -> None:
    """What the lesson lets people touch, or why it cannot; after the guess, what comes of it."""
    with places.thing:
        place = st.empty()
    bar = ProgressBar(place, "Getting the lesson ready")
    from core.pretrained import PretrainedError

    try:
        if name not in WITHOUT_DIGITS:
            server.lesson_digits(bar.tell_share)
        place.empty()
        with places.thing:
            scene(name).show()
        if guessed(name, lesson):
            with places.reveal:
                st.markdown(lesson.more)
                scene(name).reveal()
    except PretrainedError as problem:
        with places.thing:
            st.warning(unmarked(str(problem)), icon=":material/error:")


def _link(number: int, lesson: Lesson) -> None:
    """To where the app uses the idea: the experiment of the lesson, or another page."""
    page = shell.PAGES[lesson.page]
    config = EXPERIMENTS.get(LESSONS[number - 1]) if lesson.page == "train" else None
    if st.button(lesson.link, icon=page.icon, width="stretch", key=f"lesson-link-{number}"):
        if config is None:
            shell.go(lesson.page)
        else:
            st.switch_page(page.path, query_params=modes() | experiment(config, number))


def _way_on(number: int) -> None:
    """The one button that leads on; blue, unless the lesson has a button to press before."""
    last = number == len(LESSONS)
    first_step = LESSONS[number - 1] == "loop" and visit().learn.stepper is None
    pressed = st.button(
        "On to Data" if last else "Next lesson",
        type="secondary" if first_step else "primary",
        icon=":material/arrow_forward:",
        on_click=None if last else open_lesson,
        args=(number + 1,),
        width="stretch",
        key="lesson-on",
    )
    if last and pressed:
        shell.go("data")
