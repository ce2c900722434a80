"""The parts that a repeat and a sweep share: begin, stop, what it will cost, and room for results.

All keep their place. What is trained is in core/runs/series, what came of it in repeat.py and
sweep.py, what was trained earlier in earlier.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import streamlit as st

from core.background import Refused, Task
from core.config import TrainingConfig
from core.runs.series import cluster
from core.runs.series.budget import check_budget, seconds_of
from core.runs.series.compute import Runs, run_series
from core.runs.series.kept import DamagedSeries
from core.runs.series.plan import Plan
from pages.ui.state import server
from pages.ui.widgets.task import POLL, is_going, look_again, say_why, show_bar
from pages.ui.words.glossary import tip
from pages.ui.words.numbers import counted, duration, unmarked


def key_of(plan: Plan) -> str:
    """Its name among the tasks: nobody else sees or stops it."""
    return f"{plan.id}-{len(plan.configs)}"


def task_of(plan: Plan | None) -> Task | None:
    """The task that trains it, if it is remembered."""
    return server.tasks().get(key_of(plan)) if plan else None


def in_memory(plan: Plan) -> Runs:
    """The runs that the task has told of; without curves, where only scores are wanted."""
    task = task_of(plan)
    return (task.partial or {}) if task else {}


def runs_of(plan: Plan) -> Runs:
    """The runs that are over so far, from memory or from disk. Raises DamagedSeries."""
    if found := in_memory(plan):
        return found
    store = server.series()
    return server.kept().get_or_make((key_of(plan), store.stamp(plan)), lambda: store.runs(plan))


def is_unfinished(plan: Plan | None) -> bool:
    """Whether some of its runs are over and others are not, and nothing goes on."""
    if plan is None or is_going(task_of(plan)):
        return False
    try:
        return 0 < len(runs_of(plan)) < len(plan.configs)
    except DamagedSeries:
        return False


def begin(plan: Plan, known: Runs) -> None:
    """Train all of these that are not known, here or on disk."""
    store = server.series()
    store.begin(plan)
    with suppress(DamagedSeries):  # what cannot be read is trained again: somebody asked for it
        on_disk = store.runs(plan)
        for run in known.values():
            if run.config not in on_disk:
                store.keep(plan, run)
        known = known | on_disk
    work = partial(
        run_series,
        configs=plan.configs,
        shelf=server.board().shelf,
        known=known,
        with_losses=plan.kind == "repeat",
        keep=partial(store.keep, plan),
    )
    server.tasks().begin(key_of(plan), work)


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


def buttons(
    kind: str,
    label: str,
    last: Plan | None,
    wanted: Plan | None,
    start: Callable[[Plan], None],
) -> None:
    """Begin, Stop, and Go on, side by side. last: the series looked at; wanted: None where there is
    nothing that may begin."""
    task = task_of(last)
    going = is_going(task)
    with st.container(horizontal=True, gap="small"):
        st.button(
            label,
            type="primary",
            icon=":material/play_arrow:",
            on_click=start,
            args=(wanted,),
            key=f"{kind}-begin",
            disabled=going or wanted is None,
        )
        st.button(
            "Stop",
            icon=":material/stop:",
            on_click=task.stop if going else None,
            help=tip("stop"),
            key=f"{kind}-stop",
            disabled=not going,
        )
        st.button(
            "Go on",
            icon=":material/resume:",
            on_click=start,
            args=(last,),
            key=f"{kind}-go-on",
            disabled=not is_unfinished(last),
        )


def room(kind: str, plan: Plan | None, what: str, show: Callable[[], Any]) -> None:
    """How far the task is, and below it what `show` shows, again and again while it goes on."""

    def look() -> None:
        task = task_of(plan)
        with st.container(key=f"{kind}-progress"):
            place = st.empty()
        if is_going(task):
            show_bar(place, what, task)
        elif task is not None and not task.done:
            with place.container():
                say_why(task)
        try:
            show()
        except DamagedSeries as problem:
            said = f"{unmarked(str(problem))} Nothing of it was deleted."
            st.warning(said, icon=":material/warning:")

    with st.container(key=f"{kind}-room"):
        going = is_going(task_of(plan))
        look_again(look, lambda: is_going(task_of(plan)), POLL if going else None)
