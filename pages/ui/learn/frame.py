"""The lessons: their words, from pages/ui/words/lessons, and the frame that shows one at a time.

What a lesson lets people touch is in pages/ui/learn/lessons/<name>.py, one file each: `show()` is
there at once, `measure()` trains networks and comes after everything else on the page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import shell, state
from pages.ui.learn.browser_memory import keep_in_browser
from pages.ui.widgets.progress_bar import ProgressBar
from pages.ui.words.text_files import TextError, read_text_file, unusable, words_of

# In this order. The name is that of the text, of the module, and of the lesson in the progress.
LESSONS = (
    *("tensors", "network", "activation", "forward", "loss"),
    *("gradient", "batches", "loop", "result", "code"),
)


@dataclass(frozen=True)
class Lesson:
    """The words of a lesson. `page` is a key of shell.PAGES: where the app uses the idea."""

    title: str
    text: str
    task: str
    question: str
    answer: str
    page: str
    link: str


def read_lesson(name: str) -> Lesson:
    """The words of the lesson of this name. Raises TextError."""
    file = f"lessons/{name}.toml"
    keys = tuple(Lesson.__dataclass_fields__)
    lesson = Lesson(**words_of(file, read_text_file(file), keys))
    if lesson.page not in shell.PAGES:
        raise unusable(file, f"leads astray: “{lesson.page}” is no page ({', '.join(shell.PAGES)})")
    return lesson


def show_lessons() -> Callable[[], None]:
    """The picker, the open lesson, the way back and on.

    Returns what is still to be done: call it when all the rest of the page is there.
    """
    number = state.lesson_number(len(LESSONS))
    with _box(number):
        _picker(number)
        fill = _show_lesson(number)
        _back_and_next(number)

    def finish_page() -> None:
        _remember()
        fill()

    return finish_page


def _box(number: int) -> DeltaGenerator:
    """A place of its own for each lesson, so that nothing of another one is left in it."""
    places = [st.empty() for _ in LESSONS]
    return places[number - 1].container()


def done() -> set[str]:
    """The names of the lessons that this visitor has done."""
    return state.recall("lessons-done", set())


def finish(name: str) -> None:
    """Count a lesson as done: its answer was looked at, or the visitor went on."""
    state.keep("lessons-done", done() | {name})


def _remember() -> None:
    """Keep what is done in the visitor's browser too, which may know of more."""

    def hear(numbers: set[int]) -> None:
        state.keep("lessons-done", done() | {LESSONS[number - 1] for number in numbers})

    keep_in_browser((LESSONS.index(name) + 1 for name in done()), len(LESSONS), hear)


def _picker(number: int) -> None:
    """Ten numbers; a tick on those done."""
    key = f"lesson-{number}"

    def choose() -> None:
        state.open_lesson(state.widget_value(key))

    st.pills(
        f"Lesson · {len(done())} of {len(LESSONS)} done",
        range(1, len(LESSONS) + 1),
        default=number,
        required=True,
        format_func=lambda each: f"{each} ✓" if LESSONS[each - 1] in done() else str(each),
        key=key,
        on_change=choose,
    )


def _show_lesson(number: int) -> Callable[[], None]:
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
        touch, measured = st.container(), st.container()
    _question(name, lesson)
    page = shell.PAGES[lesson.page]
    shell.link(page, f"{lesson.link} ({page.label})", page.icon)
    return lambda: _fill(name, touch, measured)


def _fill(name: str, touch: DeltaGenerator, measured: DeltaGenerator) -> None:
    """What the lesson lets people touch and what it measures, or why it cannot."""
    place = touch.empty()
    bar = ProgressBar(place, "Getting the lesson ready")
    from core.pretrained import PretrainedError

    parts = import_module(f"pages.ui.learn.lessons.{name}")
    try:
        if name != "code":  # the only lesson that needs no digits
            state.lesson_digits(bar.tell_share)
        place.empty()
        if hasattr(parts, "show"):
            with touch:
                parts.show()
        if hasattr(parts, "measure"):
            with measured:
                parts.measure()
    except PretrainedError as problem:
        with touch:
            st.warning(str(problem), icon=":material/error:")


def _question(name: str, lesson: Lesson) -> None:
    """The question; its answer when asked for."""
    st.markdown(f":material/help: **Think first.** {lesson.question}")
    shown = state.recall("answers-shown", set())
    if name in shown:
        st.success(lesson.answer, icon=":material/lightbulb:")
        return

    def reveal() -> None:
        state.keep("answers-shown", shown | {name})
        finish(name)

    st.button("Show the answer", key=f"answer-{name}", on_click=reveal)


def _back_and_next(number: int) -> None:
    """The buttons under a lesson."""

    def go_on() -> None:
        finish(LESSONS[number - 1])
        if number < len(LESSONS):
            state.open_lesson(number + 1)

    with st.container(horizontal=True, gap="small"):
        if number > 1:
            st.button(
                "Back",
                icon=":material/arrow_back:",
                on_click=state.open_lesson,
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
