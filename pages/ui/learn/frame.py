"""The frame of the lessons: the picker, one lesson at a time with its words, the way back and on.

What a lesson lets people touch comes last: it may take seconds, and the page stands before.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import shell
from pages.ui.learn.course import LESSONS, WITHOUT_DIGITS, Lesson, read_lesson, show_lesson
from pages.ui.learn.lessons_done import done, finish, remember
from pages.ui.state import server
from pages.ui.state.address import lesson_number, open_lesson
from pages.ui.state.visit import visit, widget_value
from pages.ui.widgets.progress_bar import ProgressBar
from pages.ui.words.text_files import TextError


def show_lessons() -> Callable[[], None]:
    """The picker, the open lesson, the way back and on.

    Returns what is still to be done: call it when all the rest of the page is there.
    """
    number = lesson_number(len(LESSONS))
    with _box(number):
        _picker(number)
        fill = _lesson(number)
        _back_and_next(number)

    def finish_page() -> None:
        remember()
        fill()

    return finish_page


def _box(number: int) -> DeltaGenerator:
    """A place of its own for each lesson, so that nothing of another one is left in it."""
    places = [st.empty() for _ in LESSONS]
    return places[number - 1].container()


def _picker(number: int) -> None:
    """Ten numbers; a tick on those done."""
    key = f"lesson-{number}"

    def choose() -> None:
        open_lesson(widget_value(key))

    st.pills(
        f"Lesson · {len(done())} of {len(LESSONS)} done",
        range(1, len(LESSONS) + 1),
        default=number,
        required=True,
        format_func=lambda each: f"{each} ✓" if LESSONS[each - 1] in done() else str(each),
        key=key,
        on_change=choose,
    )


def _lesson(number: int) -> Callable[[], None]:
    """The words of a lesson; returns what fills the box between them."""
    name = LESSONS[number - 1]
    try:
        lesson = read_lesson(name)
    except TextError as problem:
        st.subheader(f"Lesson {number}", anchor=False)
        st.warning(str(problem), icon=":material/edit_note:")
        return lambda: None
    st.subheader(f"{number} · {lesson.title}", anchor=False)
    st.markdown(lesson.text)
    with st.container(border=True):
        st.markdown(f":material/touch_app: **Try it.** {lesson.task}")
        touch = st.container()
    _question(name, lesson)
    page = shell.PAGES[lesson.page]
    shell.link(page, f"{lesson.link} ({page.label})", page.icon)
    return lambda: _fill(name, touch)


def _fill(name: str, touch: DeltaGenerator) -> None:
    """What the lesson lets people touch, or why it cannot."""
    place = touch.empty()
    bar = ProgressBar(place, "Getting the lesson ready")
    from core.pretrained import PretrainedError

    try:
        if name not in WITHOUT_DIGITS:
            server.lesson_digits(bar.tell_share)
        place.empty()
        with touch:
            show_lesson(name)
    except PretrainedError as problem:
        with touch:
            st.warning(str(problem), icon=":material/error:")


def _question(name: str, lesson: Lesson) -> None:
    """The question; its answer when asked for."""
    st.markdown(f":material/help: **Think first.** {lesson.question}")
    shown = visit().learn.answers_shown
    if name in shown:
        st.success(lesson.answer, icon=":material/lightbulb:")
        return

    def reveal() -> None:
        visit().learn.answers_shown = shown | {name}
        finish(name)

    st.button("Show the answer", key=f"answer-{name}", on_click=reveal)


def _back_and_next(number: int) -> None:
    """The buttons under a lesson."""

    def go_on() -> None:
        finish(LESSONS[number - 1])
        if number < len(LESSONS):
            open_lesson(number + 1)

    with st.container(horizontal=True, gap="small"):
        if number > 1:
            st.button(
                "Back",
                icon=":material/arrow_back:",
                on_click=open_lesson,
                args=(number - 1,),
            )
        st.button(
            "Next lesson" if number < len(LESSONS) else "Finish",
            type="primary",
            icon=":material/arrow_forward:" if number < len(LESSONS) else ":material/check:",
            on_click=go_on,
        )
    if len(done()) == len(LESSONS):
        st.success("All ten lessons are done.", icon=":material/check:")
