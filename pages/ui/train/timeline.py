"""The timeline of a run: back to any moment that is remembered, without a round trip.

What it looks like and does is in pages/ui/frontend/timeline.js; what it stands at is shown by the
chart and by the network at work. The film of the run goes to the browser apart from the looks at
the run: once for each time that the page is built.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.ui import shell
from pages.ui.frontend.components import fetched_component
from pages.ui.state import server
from pages.ui.state.networks import ask_moment
from pages.ui.train.at_work import wall_of

if TYPE_CHECKING:  # an empty timeline needs no torch
    from core.runs.snapshot import JobSnapshot

KEY = "timeline"
CLEARED = "The way back of this run was cleared to make room for other runs."
GONE = "The way back of this run is gone: it is kept only for a while."

_timeline = fetched_component("timeline")
_film = fetched_component("film", "moments.js")


def show_timeline(seen: JobSnapshot | None) -> None:
    """The timeline of the run as it is now; None: an empty one. Its button leads to Predict."""
    remembered = remembered_moments(seen.id) if seen else []
    data = {
        "total": seen.total_iterations if seen else 0,
        "remembered": remembered,
    }
    pressed = _timeline(key=KEY, data=data, on_against_change=lambda: None).against
    if seen and (gone := what_is_gone(seen)):
        st.caption(gone)
    if seen and pressed in remembered:
        ask_moment(seen.id, pressed)
        shell.go("predict")


def remembered_moments(run_id: str) -> list[int]:
    """After which iterations the server still has the network of this run."""
    job = server.board().get(run_id)
    return [moment.iteration for moment in job.memory.moments()] if job else []


def what_is_gone(seen: JobSnapshot) -> str:
    """Why the run cannot be gone back in, if it could be once."""
    job = server.board().get(seen.id)
    if job is None:
        return GONE
    return CLEARED if job.memory.cleared else ""


def show_film(run_id: str) -> None:
    """Hand the run's moments so far to the browser. Outside of what is looked at again and again,
    and last on the page: to look at them all takes a third of a second, for large networks two."""
    job = server.board().get(run_id)
    film = None
    if job and len(wall := wall_of(job.config.dataset)):
        job.memory.film.take(job.config, job.memory.moments(), wall)
        film = job.memory.film.to_dict() | {"run": run_id}
    _film("film", {"film": film}, packed=True)
