"""The parts that a repeat and a sweep share: begin, stop, what it will cost, and room for results.

All keep their place. What is trained is in core/runs/series, what came of it in repeat.py and
sweep.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from core.background import Refused, Task
from core.config import TrainingConfig
from core.runs.series import cluster
from core.runs.series.budget import check_budget, seconds_of
from core.runs.series.compute import Runs, run_series
from pages.ui.state import owner, server
from pages.ui.widgets.task import POLL, is_going, look_again, say_why, show_bar
from pages.ui.words.glossary import tip
from pages.ui.words.numbers import counted, duration


def key_of(kind: str, *what: Hashable) -> str:
    """The name of a series of this visitor among the tasks: nobody else sees or stops it."""
    content = repr((owner.ids()[0], what)).encode()
    return f"{kind}-{hashlib.sha256(content).hexdigest()[:16]}"


def task_of(key: str | None) -> Task | None:
    """The task of this name, if it is remembered."""
    return server.tasks().get(key) if key else None


def found_by(key: str | None) -> Runs:
    """The runs that are over so far."""
    task = task_of(key)
    return (task.partial or {}) if task else {}


def begin(key: str, configs: Sequence[TrainingConfig], known: Runs, with_losses: bool) -> None:
    """Train all of these that are not known."""
    work = partial(
        run_series,
        configs=configs,
        shelf=server.board().shelf,
        known=known,
        with_losses=with_losses,
    )
    server.tasks().begin(key, work)


def price(configs: Sequence[TrainingConfig]) -> tuple[str, bool]:
    """How much there is to train, in words, and whether that may be."""
    many = counted(len(configs), "run")
    try:
        check_budget(len(configs), 0)
        seconds = seconds_of(configs, lambda config: server.cost_of(config).seconds)
        check_budget(len(configs), seconds)
    except Refused as problem:
        return str(problem), False
    where = ", shared among the workers of a cluster" if cluster.address() else ""
    return f"{many}, {duration(seconds)} on one processor core{where}.", True


def buttons(kind: str, label: str, task: Task | None, start: Callable[[], None] | None) -> None:
    """Begin and Stop, side by side. start: None where there is nothing that may begin."""
    going = is_going(task)
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Go on" if task is not None and task.stopped else label,
            type="primary",
            icon=":material/play_arrow:",
            on_click=start,
            key=f"{kind}-begin",
            disabled=going or start is None,
        )
        st.button(
            "Stop",
            icon=":material/stop:",
            on_click=task.stop if going else None,
            help=tip("stop"),
            key=f"{kind}-stop",
            disabled=not going,
        )


def room(kind: str, key: str | None, what: str, show: Callable[[], Any]) -> None:
    """How far the task is, and below it what `show` shows, again and again while it goes on."""

    def look() -> None:
        task = task_of(key)
        with st.container(key=f"{kind}-progress"):
            place = st.empty()
        if is_going(task):
            show_bar(place, what, task)
        elif task is not None and not task.done:
            with place.container():
                say_why(task)
        show()

    with st.container(key=f"{kind}-room"):
        going = is_going(task_of(key))
        look_again(look, lambda: is_going(task_of(key)), POLL if going else None)
