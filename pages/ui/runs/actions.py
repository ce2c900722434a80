"""What a visitor can do with a kept run. What cannot be done is told in a sentence on the page.

Nothing of it happens to a run that is not theirs, whatever the browser asks for.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from core.background import Refused
from core.runs.kept.store import RunError, RunSummary
from pages.ui.runs.listing import is_going, is_mine
from pages.ui.state import server
from pages.ui.state.address import current_run_id, follow_run, leave_run
from pages.ui.state.networks import ask_network
from pages.ui.state.visit import visit

NOT_YOURS = "This run was started in another browser: only there can it be changed."


def change(run: RunSummary, what: str, value: str | bool) -> None:
    """Put it into the run's label; what: name, note or pinned."""
    if what == "name":
        value = value.strip()
        own = replace(run, label=replace(run.label, name="")).name
        value = "" if value == own else value
    try:
        _check_mine(run)
        server.board().relabel(run.id, replace(run.label, **{what: value}))
        server.forget_saved(run.id)
    except RunError as problem:
        visit().looked_at.problem = str(problem)


def delete(run: RunSummary) -> None:
    """Take it away, with a way back."""
    here = visit()
    try:
        _check_mine(run)
        if is_going(run.id):
            raise RunError("This run is still going. Stop it on Train, then delete it.")
        server.board().store.delete(run.id)
    except RunError as problem:
        here.looked_at.problem = str(problem)
        return
    if current_run_id() == run.id:
        leave_run()
    here.runs = [each for each in here.runs if each != run.id]
    here.looked_at.chosen = []
    here.looked_at.deleted = (run.id, run.name)
    server.forget_saved(run.id)


def undo(run_id: str) -> None:
    """Bring back what was deleted last."""
    here = visit().looked_at
    here.deleted = None
    try:
        server.board().store.restore(run_id)
        here.chosen = [run_id]
    except RunError as problem:
        here.problem = str(problem)


def offer_undo(name: str, bring_back: Callable[..., None], *deleted: Any) -> None:
    """The way back for what was just deleted: a run, a repeat or a sweep."""
    with st.container(horizontal=True, vertical_alignment="center", key="runs-deleted"):
        st.html(f"{html.escape(name)} is deleted.", width="content")
        st.button("Undo", icon=":material/undo:", on_click=bring_back, args=deleted, key="undo")


def take_problem() -> str:
    """Why something could not be done, once."""
    here = visit().looked_at
    problem, here.problem = here.problem, ""
    return problem


def use(run_id: str) -> None:
    """Let its network be the one in use on every page."""
    here = visit()
    if run_id not in here.runs:
        here.runs = [run_id, *here.runs]  # not the newest: Train stays with what it shows
    ask_network(run_id)


def go_on(run: RunSummary) -> bool:
    """Go on with it, and follow it; False where it cannot."""
    try:
        _check_mine(run)
        server.go_on(run.id)
    except (RunError, Refused) as problem:
        visit().looked_at.problem = str(problem)
        return False
    follow_run(run.id)
    return True


def _check_mine(run: RunSummary) -> None:
    if not is_mine(run):
        raise RunError(NOT_YOURS)
