"""A task on the page: how far it is, a button to stop it, and what came of it.

`wait_for` is for what the rest of the page needs: it comes back with the result. `follow` looks at
a task again and again while the page can be used. What is measured is the business of core.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.background import Refused, Task, Tasks
from pages.ui.state import server
from pages.ui.state.visit import visit
from pages.ui.widgets.progress_bar import show_progress
from pages.ui.words.numbers import unmarked

if TYPE_CHECKING:
    from torch import nn

    from core.data import Digits
    from core.exam.sitting import Exam

POLL = 0.4  # seconds between two looks at a task that goes on
PATIENCE = 0.5  # seconds that a page waits for a result before it shows a bar
BLINK = 0.1  # seconds between two looks while it waits on

Work = Callable[[Task], Any]


def wait_for(
    key: Hashable, what: str, work: Work, *, tasks: Tasks | None = None, icon: str = "info"
) -> Any | None:
    """The result of `work`, done once for everybody; None, and why, where there is none.

    what: goes on, in words; icon: of Material, stands beside the reason of a Refused.
    """
    tasks = tasks or server.tasks()
    place = st.empty()
    task = tasks.get(key) or tasks.begin(key, work)
    if not task.wait(PATIENCE):
        with place.container():
            bar = st.empty()
            _stop_button(task, key)
            while not task.over:
                show_bar(bar, what, task)
                task.wait(BLINK)
        place.empty()
    if task.done:
        return task.result()
    with place.container():
        _offer_again(task, lambda: tasks.begin(key, work), key, icon)
    return None


def wait_for_exam(model: nn.Module, digits: Digits, on: str) -> Exam | None:
    """What a network says to each image, once for all pages; None, and why, where it does not.

    on: tells these digits from others.
    """
    return wait_for(
        exam_key(model, on),
        f"The network reads {len(digits):,} images",
        lambda task: sit(model, digits, task),
    )


def begin_exam(model: nn.Module, digits: Digits, on: str) -> Task:
    """The same for who does not wait on a page: the exam as a task that goes on, or is over."""
    key = exam_key(model, on)
    return server.tasks().get(key) or server.tasks().begin(
        key, lambda task: sit(model, digits, task)
    )


def exam_key(model: nn.Module, on: str) -> Hashable:
    from core.model import fingerprint

    return "exam", fingerprint(model), on


def sit(model: nn.Module, digits: Digits, task: Task) -> Exam:
    from core.exam.sitting import sit_exam

    return sit_exam(model, digits, task.tell)


def follow(
    key: Hashable,
    what: str,
    work: Work,
    show: Callable[[Any], None],
    *,
    begin: str = "",
    on_begin: Callable[[], None] = lambda: None,
) -> None:
    """Show the task of this name: how far it is, then what came of it, with `show`.

    It begins at once, or, where `begin` is the label of a button, when that is pressed; `on_begin`
    is called then, before. What there is of the result so far (`Task.partial`) is shown as well.
    """
    tasks = server.tasks()

    def start() -> None:
        on_begin()
        tasks.begin(key, work)

    if tasks.get(key) is None and not begin:
        start()

    def look() -> None:
        task = tasks.get(key)
        if is_going(task):
            show_bar(st.empty(), what, task)
            _stop_button(task, key)
        elif task is None or not task.done:
            _offer_again(task, start, key, "info", begin)
        if task is not None and (found := task.result() if task.done else task.partial) is not None:
            show(found)

    look_again(look, lambda: is_going(tasks.get(key)), POLL if is_going(tasks.get(key)) else None)


def is_going(task: Task | None) -> bool:
    """Whether there is a task that is not over."""
    return task is not None and not task.over


def look_again(
    look: Callable[[], None], state: Callable[[], Hashable], every: float | None
) -> None:
    """Show what `look` shows, again and again: every so many seconds, and when a widget in it is
    used. The whole page is built anew once `state()` is another than now, for it changes with it.

    every: None where nothing goes on by itself; longer where many look, see `paced`.
    """
    before, pace = state(), paced(every)

    def look_or_begin_anew() -> None:
        if state() != before or paced(every) != pace:
            st.rerun()
        look()

    st.fragment(look_or_begin_anew, run_every=pace)()


def paced(every: float | None) -> float | None:
    """Seconds between two looks of this visitor, who would look every so many: longer where many
    look, lest those who draw wait for their answers."""
    return every and server.looks().interval(id(visit()), every)


def notice_change(state: Callable[[], Hashable]) -> None:
    """Show nothing, and have the whole page built anew once `state()` is another than now: for what
    stands still until somebody presses a button, perhaps in another tab."""
    look_again(lambda: None, state, POLL)


def show_bar(place: DeltaGenerator, what: str, task: Task) -> None:
    """How far a task is; what: goes on, in words."""
    doing = "Waiting for a free place on the server" if task.place_in_line else what
    show_progress(place, doing, task.share, task.seconds_left)


def _stop_button(task: Task, key: Hashable) -> None:
    st.button("Stop", icon=":material/stop:", on_click=task.stop, key=f"stop-{key}")


def say_why(task: Task, icon: str = "info") -> None:
    """Why a task has no result, if that is known."""
    if isinstance(task.error, Refused):
        st.info(unmarked(str(task.error)), icon=f":material/{icon}:")
    elif task.error:
        st.warning(
            "The app made a mistake while it measured. Measure again, or go on without.",
            icon=":material/warning:",
        )


def _offer_again(
    task: Task | None, start: Callable[[], Any], key: Hashable, icon: str, label: str = ""
) -> None:
    """Why there is no result, if that is known, and a button to measure."""
    if task is not None:
        say_why(task, icon)
    if task is not None and isinstance(task.error, Refused):
        return
    st.button(
        label or "Measure",
        type="primary" if label else "secondary",
        icon=":material/play_arrow:",
        on_click=start,
        key=f"measure-{key}",
    )
