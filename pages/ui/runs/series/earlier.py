"""Repeats and sweeps of this visitor that are kept: to look at again, to take home, to delete.

They lie on the server's disk (core/runs/series/kept.py), so a closed tab or a restart of the server
takes none of them away.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from core.config import TrainingConfig
from core.runs.kept.run import RunError
from core.runs.series.kept import MOST_OF_ONE, DamagedSeries
from core.runs.series.plan import LONGEST_NAME, Plan
from core.runs.series.results import Runs, as_csv, as_json
from core.runs.series.sweep import AXES
from pages.ui.runs.actions import offer_undo, take_problem
from pages.ui.runs.listing import NEARLY
from pages.ui.runs.series.task_room import key_of, runs_of, task_of
from pages.ui.state import owner, server
from pages.ui.state.visit import visit
from pages.ui.widgets.choosing.dropdown import dropdown
from pages.ui.widgets.task import is_going
from pages.ui.words.numbers import counted, unmarked

FILES: dict[str, Callable[[Plan, Runs], str]] = {"csv": as_csv, "json": as_json}


def plan_now(name: str, config: TrainingConfig, **what) -> Plan:
    """A series of this visitor that would begin at this moment; what: its seeds or its values."""
    begun = datetime.now(UTC).isoformat(timespec="seconds")
    return Plan(name[:LONGEST_NAME], config, owner.ids()[0], begun, **what)


def kept(kind: str) -> list[Plan]:
    """Those of this visitor, the newest first."""
    return [each for each in _all() if isinstance(each, Plan) and each.kind == kind]


def shown(kind: str) -> list[Plan]:
    """The last two repeats, or the last sweep: of this visit, else of those that are kept."""
    here = visit().looked_at
    most = 2 if kind == "repeat" else 1
    return here.series.get(kind) or kept(kind)[:most][::-1]


def show_now(plan: Plan) -> None:
    """Look at this one; of repeats the one looked at before stays beside it."""
    others = [each for each in shown(plan.kind) if each.id != plan.id]
    most = 2 if plan.kind == "repeat" else 1
    visit().looked_at.series[plan.kind] = [*others, plan][-most:]


def offer_earlier(kind: str) -> None:
    """Below the results: which of those that are kept to look at, files of it, and Delete."""
    now, everything = shown(kind), _all()
    all_kept = [each for each in everything if isinstance(each, Plan) and each.kind == kind]
    with st.container(horizontal=True, gap="small", key=f"{kind}-earlier"):
        if now and now[-1] in all_kept:
            offer_files(now[-1])
            options = [now[-1], *(each for each in all_kept if each != now[-1])]
            dropdown("Kept", options, now[-1], show_now, f"{kind}-kept", format_func=in_words)
    if problem := take_problem():
        st.error(unmarked(problem), icon=":material/error:")
    if gone := visit().looked_at.deleted_series.get(kind):
        offer_undo(gone.name, undo, gone)
    for each in everything:
        if isinstance(each, DamagedSeries) and each.id.startswith(kind):
            said = f"{unmarked(str(each))} Nothing of it was deleted."
            st.warning(said, icon=":material/warning:")
    if now and (problem := server.series().problems.get(now[-1].id)):
        st.warning(unmarked(problem), icon=":material/warning:")
    if len(everything) >= NEARLY * MOST_OF_ONE:
        st.caption(
            f"You keep {len(everything)} of {MOST_OF_ONE} repeats and sweeps. Then the oldest "
            "makes room for the next."
        )


def offer_files(plan: Plan) -> None:
    """Its results as files, and how to be rid of it."""
    for ending, make in FILES.items():
        st.download_button(
            f".{ending}",
            partial(file_of, plan, make),
            f"{plan.kind}.{ending}",
            key=f"{plan.kind}-{ending}",
            icon=":material/download:",
            on_click="ignore",
        )
    st.button(
        "Delete",
        icon=":material/delete:",
        on_click=delete,
        args=(plan,),
        key=f"{plan.kind}-delete",
        disabled=is_going(task_of(plan)),
    )


def file_of(plan: Plan, make: Callable[[Plan, Runs], str]) -> str:
    """What is in a file. Called when its button is pressed, outside the page."""
    return make(plan, runs_of(plan))


def delete(plan: Plan) -> None:
    """Take it away, with a way back."""
    if not owner.is_mine(plan.owner) or is_going(task_of(plan)):
        return
    here = visit().looked_at
    try:
        server.series().delete(plan)
    except RunError as problem:
        here.problem = str(problem)
        return
    server.tasks().forget(key_of(plan))
    here.series[plan.kind] = [each for each in shown(plan.kind) if each.id != plan.id]
    here.deleted_series[plan.kind] = plan


def undo(plan: Plan) -> None:
    """Bring back what was deleted last, and look at it."""
    here = visit().looked_at
    here.deleted_series.pop(plan.kind, None)
    try:
        server.series().restore(plan)
        show_now(plan)
    except RunError as problem:
        here.problem = str(problem)


def in_words(plan: Plan) -> str:
    """What was trained, and when it was begun."""
    what = counted(plan.seeds, "seed")
    if plan.values:
        what = " × ".join(AXES[name].label.lower() for name, _ in plan.values)
    return f"{plan.name}, {what}, {plan.begun[:10]}"


def _all() -> list[Plan | DamagedSeries]:
    return server.series().of(owner.ids())
